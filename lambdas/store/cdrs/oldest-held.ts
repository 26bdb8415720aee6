import type { Database } from '../table/client.ts';
import { lists } from '../table/keys/lists.ts';
import { list } from '../table/listing.ts';

/** The earliest end of a session of an operator whose CDR is held, ISO 8601 in UTC; undefined where none is. One entry of each shard is read. */
export async function oldestHeld(
  database: Database,
  operatorId: string,
  shards: readonly number[],
): Promise<string | undefined> {
  const { entries } = await list(database, {
    steps: [shards.map((shard) => lists.cdrs(operatorId, 'held', shard))],
    order: 'ascending',
    limit: 1,
  });
  // CDRs are listed by the end of their session, and by their id.
  return entries[0]?.sort.split('#')[0];
}
