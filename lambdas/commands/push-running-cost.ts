import { readRunningCost } from '../billing/read-running-cost.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import { readChargerAndConnection } from '../store/chargers/charger-and-connection.ts';
import { readSession } from '../store/sessions/sessions.ts';
import { makeCommandOnce } from './make-command.ts';
import type { Sender } from './sender.ts';

/** Ms in which a session's cost is sent once, and after which one that could not be sent is not worth sending any more. */
const between = 60_000;

/**
 * Sends a charger what a session costs by now, to be shown (OCPP 2.0.1 CostUpdated, use case I02). Once a minute and session at most, so
 * that readings of every few seconds do not fill its line; nothing where it is offline, or where no cost may be said yet.
 */
export async function pushRunningCost(
  sender: Sender,
  { chargerKey, sessionId, foundAt }: Extract<CommandMessage, { readonly kind: 'cost' }>,
): Promise<void> {
  const { database } = sender;
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  if (charger === undefined || connection === undefined) return;
  if (connection.disconnectedAt !== undefined) return;
  const session = (await readSession(database, sessionId))?.session;
  const running = await readRunningCost(database, session);
  if (session === undefined || running === undefined) return;
  const { transactionId, evseId } = session;
  const minute = Math.floor(Date.parse(foundAt) / between) * between;
  await makeCommandOnce(
    sender,
    { charger, connection },
    { type: 'cost-updated', fields: { totalCost: Number(running.totalCost), transactionId } },
    // Sessions of one charger have different EVSEs.
    { mark: 'cost', at: minute + evseId, seconds: between / 1000 },
  );
}
