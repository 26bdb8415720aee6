import { type Dropped, droppedReservation } from '../../core/command/dropped-reservation.ts';
import { namesDroppedReservations } from '../../core/ocpp/protocol.ts';
import { latestCommands } from '../connection/latest-commands.ts';
import { latestSessions } from '../connection/latest-sessions.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { SharedThing } from '../roaming/partner-message.ts';
import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import type { Command } from '../store/commands/command-item.ts';
import type { Database } from '../store/table/client.ts';

type Telling = {
  readonly database: Database;
  readonly push: SendOutbound;
  readonly send: SendPartnerMessages;
  /** Epoch ms. */
  readonly now: () => number;
};

type Drop = Extract<SharedThing, { readonly kind: 'reservation' | 'released' }>;

/** Seconds after which a reservation is looked at again that is being taken back: a charger has 30 to answer. */
const lookAgainSeconds = 45;

const isOver = ({ request }: Command, now: number): boolean =>
  request.type !== 'reserve' || Date.parse(request.expiresAt) <= now;

/**
 * Has the partner that reserved get that its reservation is no more, if the charger dropped one of a partner. OCPP 2 has a message for that:
 * only in 1.6 a connector that is free again says it. While the reservation is being taken back it is looked at again: that may fail.
 */
export async function tellDropped(
  { database, push, send, now }: Telling,
  operatorId: string,
  thing: Drop,
): Promise<void> {
  const { chargerKey } = thing;
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  if (charger === undefined) return;
  const isSaid = connection === undefined || namesDroppedReservations(connection.protocol);
  if (thing.kind === 'released' && isSaid) return;
  const commands = await latestCommands(database, charger);
  // Most connectors were not reserved by a partner.
  if (!commands.some(({ request, orderedBy }) => request.type === 'reserve' && orderedBy)) return;
  const sessions = await latestSessions(database, operatorId, chargerKey);
  const dropped: Dropped = thing;
  const found = droppedReservation(commands, sessions, dropped);
  if (found?.command.orderedBy === undefined) return;
  const { command, isBeingCancelled } = found;
  if (isBeingCancelled) {
    if (isOver(command, now())) return;
    return await send([{ kind: 'look', operatorId, thing }], lookAgainSeconds);
  }
  const { sequence } = command;
  const { partnerId } = found.command.orderedBy;
  await push([
    {
      kind: 'result',
      operatorId,
      partnerId,
      chargerKey,
      sequence,
      isDropped: true,
      waitSeconds: 0,
    },
  ]);
}

/** Has that partner get it too whose reservation an operator's command could not take back, because the charger has it no more. */
export async function tellUnknown(
  telling: Telling,
  operatorId: string,
  { request, state, outcome, orderedBy, chargerKey, finishedAt: at }: Command,
): Promise<void> {
  if (request.type !== 'cancel-reservation' || state !== 'rejected' || at === undefined) return;
  // A partner gets the result of its own command.
  if (orderedBy !== undefined) return;
  if (outcome?.kind !== 'rejected' || outcome.reason === 'not-supported') return;
  const { reservationId: number } = request;
  await tellDropped(telling, operatorId, { kind: 'reservation', chargerKey, number, at });
}
