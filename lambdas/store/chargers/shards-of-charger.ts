import type { Database } from '../table/client.ts';
import { readCharger } from './chargers.ts';

/**
 * Those of an operator's shards that can have entries of a charger: its own, or all of them where it is not registered or was
 * registered again, perhaps in another shard. An operator with up to 10,000 chargers has one, and nothing is read.
 */
export async function shardsOfCharger(
  database: Database,
  chargerKey: string,
  shards: readonly number[],
): Promise<readonly number[]> {
  if (shards.length <= 1) return shards;
  const charger = await readCharger(database, chargerKey);
  return charger === undefined || charger.renewedAt !== undefined ? shards : [charger.shard];
}
