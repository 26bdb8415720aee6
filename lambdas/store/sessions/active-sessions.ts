import type { Database } from '../table/client.ts';
import { getItems } from '../table/get-item.ts';
import { lists } from '../table/keys/lists.ts';
import { list } from '../table/listing.ts';
import { type StoredSession, storedSessionFrom } from './session-item.ts';

/** Which running sessions of an operator are asked for: by their start, ISO 8601 in UTC, `from` included and `to` not. */
export type ActiveSessionQuery = {
  readonly operatorId: string;
  readonly shards: readonly number[];
  readonly from?: string;
  readonly to?: string;
};

/** Lists running sessions one by one, the oldest start first. */
export async function* listActiveSessions(
  database: Database,
  { operatorId, shards, from, to }: ActiveSessionQuery,
): AsyncGenerator<StoredSession> {
  const partitions = shards.map((shard) => lists.sessions(operatorId, 'active', shard));
  let after: string | undefined;
  for (;;) {
    const page = await list(database, {
      steps: [partitions],
      order: 'ascending',
      limit: 100,
      after,
      from,
      to,
    });
    const items = await getItems(
      database,
      page.entries.map(({ key }) => key),
    );
    for (const item of items) {
      if (item !== undefined) yield storedSessionFrom(item);
    }
    after = page.entries.at(-1)?.sort;
    if (!page.more || after === undefined) return;
  }
}
