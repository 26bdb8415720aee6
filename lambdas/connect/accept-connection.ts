import type { ChargerContext } from '../connection/charger-context.ts';
import type { CloseConnection } from '../connection/close-connection.ts';
import { isCurrentConnection, takeOver } from '../store/chargers/connections.ts';
import type { Database } from '../store/table/client.ts';

/** The effects of a handshake outside the tables. */
export type ConnectionHelpers = {
  readonly close: CloseConnection;
  /** Resolves after so many ms. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Ms after which a connection is old enough that its handshake has ended: API Gateway gives a function 29 seconds. */
const longestHandshake = 30_000;

/** Ms between the attempts to close a connection whose handshake may not have ended. */
const pauses = [100, 300, 900, 2_700] as const;

/**
 * Makes a connection the charger's own. The last one wins: the one before it is ended, also where its own handshake is still
 * under way, and a connection that was taken over from before it was let in is not let in. Refused where the charger was
 * deleted while it connected.
 */
export async function acceptConnection(
  database: Database,
  { close, wait }: ConnectionHelpers,
  charger: ChargerContext,
  connectionId: string,
  connectedAt: string,
): Promise<'accepted' | 'taken-over' | 'deleted'> {
  const { chargerKey, protocol } = charger;
  const connection = { connectionId, protocol, connectedAt };
  const taken = await takeOver(database, chargerKey, connection);
  if (taken === 'deleted') return taken;
  const { previous } = taken;
  if (previous === undefined) return await outcomeOf(database, chargerKey, connectionId);
  let closed = await close(previous.connectionId);
  const isOpening = Date.parse(connectedAt) - Date.parse(previous.connectedAt) < longestHandshake;
  // The gateway opens a connection only after its function has answered: until then nobody can close it.
  for (const pause of isOpening ? pauses : []) {
    if (closed === 'closed') break;
    await wait(pause);
    closed = await close(previous.connectionId);
  }
  return await outcomeOf(database, chargerKey, connectionId);
}

async function outcomeOf(
  database: Database,
  chargerKey: string,
  connectionId: string,
): Promise<'accepted' | 'taken-over'> {
  const isCurrent = await isCurrentConnection(database, chargerKey, connectionId);
  return isCurrent ? 'accepted' : 'taken-over';
}
