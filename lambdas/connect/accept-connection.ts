import type { ChargerContext } from '../connection/charger-context.ts';
import { type ConnectionHelpers, closeWhenOpen } from '../connection/close-when-open.ts';
import { chargerOfToken } from '../store/chargers/connection-tokens.ts';
import { endConnection, isCurrentConnection, takeOver } from '../store/chargers/connections.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Makes a connection the charger's own. The last one wins: the one before it is ended, also where its own handshake is still
 * under way, and a connection that was taken over from before it was let in is not let in. Refused where the charger was
 * deleted, or the connection token revoked, while it connected.
 */
export async function acceptConnection(
  database: Database,
  helpers: ConnectionHelpers,
  charger: ChargerContext,
  connectionId: string,
  connectedAt: string,
  connectionTokenHash?: string,
): Promise<'accepted' | 'taken-over' | 'deleted' | 'revoked'> {
  const { chargerKey, protocol } = charger;
  const connection = { connectionId, protocol, connectedAt, connectionTokenHash };
  const taken = await takeOver(database, chargerKey, connection);
  if (taken === 'deleted') return taken;
  const { previous } = taken;
  if (previous !== undefined) await closeWhenOpen(helpers, previous, connectedAt);
  // After the connection was noted: whoever revokes the token later finds it and closes it.
  const [isCurrent, owner] = await Promise.all([
    isCurrentConnection(database, chargerKey, connectionId),
    connectionTokenHash === undefined
      ? chargerKey
      : chargerOfToken(database, connectionTokenHash, true),
  ]);
  if (isCurrent && owner === chargerKey) return 'accepted';
  await endConnection(database, chargerKey, connectionId, connectedAt);
  return isCurrent ? 'revoked' : 'taken-over';
}
