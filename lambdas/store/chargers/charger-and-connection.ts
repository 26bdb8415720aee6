import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { chargerItemKey, connectionKey } from '../table/keys/charger-keys.ts';
import { type Charger, chargerFrom } from './chargers.ts';
import { type Connection, connectionFrom } from './connections.ts';

/** Reads a charger's registration and its latest connection at once; each undefined where there is none. */
export async function readChargerAndConnection(
  database: Database,
  chargerKey: string,
): Promise<{
  readonly charger: Charger | undefined;
  readonly connection: Connection | undefined;
}> {
  const keys = [chargerItemKey(chargerKey), connectionKey(chargerKey)];
  const [charger, connection] = await getItems(database, keys);
  return {
    charger: charger === undefined ? undefined : chargerFrom(charger),
    connection: connectionFrom(connection),
  };
}
