import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { optionalText } from '../table/item.ts';
import { chargerItemKey, connectionKey } from '../table/keys/charger-keys.ts';
import { chargerFrom } from './chargers.ts';
import { type Connection, connectionFrom } from './connections.ts';

/** Where a charger's commands go. */
export type Destination = {
  readonly connection: Connection | undefined;
  /** True while the charger is deleted. */
  readonly isDeleted: boolean;
  /** When another charger was registered under the id of a deleted one, ISO 8601 in UTC: commands before that are not for it. */
  readonly renewedAt?: string | undefined;
};

/** Reads where a charger's commands go, as of now, in one request. */
export async function readDestination(
  database: Database,
  chargerKey: string,
): Promise<Destination> {
  const keys = [chargerItemKey(chargerKey), connectionKey(chargerKey)];
  const [charger, connection] = await getItems(database, keys, true);
  return {
    connection: connectionFrom(connection),
    isDeleted: connection !== undefined && optionalText(connection, 'deletedAt') !== undefined,
    renewedAt: charger && chargerFrom(charger).renewedAt,
  };
}

/** Whether a command is for a charger that was deleted since. */
export const isForDeleted = (
  { isDeleted, renewedAt = '' }: Destination,
  { createdAt }: { readonly createdAt: string },
): boolean => isDeleted || createdAt < renewedAt;
