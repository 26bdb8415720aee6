import type { CommandMessage } from '../connection/command-message.ts';
import { markOffline } from '../store/chargers/connections.ts';
import { readDestination } from '../store/chargers/destination.ts';
import type { Sender } from './sender.ts';

const minute = 60_000;

/** Seconds for which the queue can hold back a message. */
const longestDelay = 900;

/**
 * Notes that a charger is offline, once it has had no connection for as long as its operator waits; looks again later where that is not
 * over yet. One that came back since, or was deleted, is left alone.
 */
export async function noteOffline(
  { database, send, now }: Sender,
  message: Extract<CommandMessage, { kind: 'offline' }>,
): Promise<void> {
  const { chargerKey, connectionId, minutes } = message;
  const { connection, isDeleted } = await readDestination(database, chargerKey);
  if (isDeleted || connection?.connectionId !== connectionId) return;
  const { disconnectedAt: since } = connection;
  if (since === undefined) return;
  const left = Date.parse(since) + minutes * minute - now();
  if (left > 0) {
    await send(message, Math.min(longestDelay, Math.ceil(left / 1000)));
    return;
  }
  const offlineAt = new Date(now()).toISOString();
  await markOffline(database, chargerKey, connectionId, { since, offlineAt });
}
