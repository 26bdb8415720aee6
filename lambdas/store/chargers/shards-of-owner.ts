import type { Database } from '../table/client.ts';
import type { ListOwner } from '../table/list-owner.ts';
import { readCharger } from './chargers.ts';

/**
 * Those of an operator's shards that can have entries of an owner: of a charger its own, or all of them where it is not registered
 * or was registered again, perhaps in another shard. An operator with up to 10,000 chargers has one, and nothing is read.
 */
export async function shardsOfOwner(
  database: Database,
  owner: ListOwner,
  shards: readonly number[],
): Promise<readonly number[]> {
  if (shards.length <= 1 || owner.kind !== 'charger') return shards;
  const charger = await readCharger(database, owner.chargerKey);
  return charger === undefined || charger.renewedAt !== undefined ? shards : [charger.shard];
}
