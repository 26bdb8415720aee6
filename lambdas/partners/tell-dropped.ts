import { type Dropped, droppedReservation } from '../../core/command/dropped-reservation.ts';
import { namesDroppedReservations } from '../../core/ocpp/protocol.ts';
import { latestCommands } from '../connection/latest-commands.ts';
import { latestSessions } from '../connection/latest-sessions.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import type { Database } from '../store/table/client.ts';

type Telling = { readonly database: Database; readonly push: SendOutbound };

/**
 * Has the partner that reserved get that its reservation is no more, if the charger dropped one of a partner. OCPP 2 has a message for that:
 * only in 1.6 a connector that is free again says it.
 */
export async function tellDropped(
  { database, push }: Telling,
  operatorId: string,
  chargerKey: string,
  dropped: Dropped,
): Promise<void> {
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  if (charger === undefined) return;
  if (
    !('number' in dropped) &&
    (connection === undefined || namesDroppedReservations(connection.protocol))
  )
    return;
  const commands = await latestCommands(database, charger);
  // Most connectors were not reserved by a partner.
  if (!commands.some(({ request, orderedBy }) => request.type === 'reserve' && orderedBy)) return;
  const sessions = await latestSessions(database, operatorId, chargerKey);
  const command = droppedReservation(commands, sessions, dropped);
  if (command?.orderedBy === undefined) return;
  const { orderedBy, sequence } = command;
  const { partnerId } = orderedBy;
  await push([
    {
      ...{ kind: 'result', operatorId, partnerId, chargerKey, sequence },
      ...{ isDropped: true, waitSeconds: 0 },
    },
  ]);
}
