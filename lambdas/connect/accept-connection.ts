import type { ChargerContext } from '../connection/charger-context.ts';
import type { CloseConnection } from '../connection/close-connection.ts';
import { takeOver } from '../store/connections.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Makes a connection the charger's own. The last one wins: the one before it is ended, as far as it still exists. Refused
 * where the charger was deleted while it connected.
 */
export async function acceptConnection(
  database: Database,
  close: CloseConnection,
  charger: ChargerContext,
  connectionId: string,
  connectedAt: string,
): Promise<'accepted' | 'deleted'> {
  const { chargerKey, protocol } = charger;
  const connection = { connectionId, protocol, connectedAt };
  const taken = await takeOver(database, chargerKey, connection);
  if (taken === 'deleted') return taken;
  if (taken.previousConnectionId !== undefined) await close(taken.previousConnectionId);
  return 'accepted';
}
