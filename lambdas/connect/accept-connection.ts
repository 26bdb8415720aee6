import type { ChargerContext } from '../connection/charger-context.ts';
import { takeOver } from '../store/connections.ts';
import type { Database } from '../store/table/client.ts';

/** Ends a connection; one that is already gone needs nothing. */
export type CloseConnection = (connectionId: string) => Promise<void>;

/** Makes a connection the charger's own. The last one wins: the one before it is ended, as far as it still exists. */
export async function acceptConnection(
  database: Database,
  close: CloseConnection,
  charger: ChargerContext,
  connectionId: string,
  connectedAt: string,
): Promise<void> {
  const { chargerKey, protocol } = charger;
  const { previousConnectionId } = await takeOver(database, chargerKey, {
    connectionId,
    protocol,
    connectedAt,
  });
  if (previousConnectionId !== undefined) await close(previousConnectionId);
}
