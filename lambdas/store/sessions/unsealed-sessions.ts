import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItems } from '../table/get-item.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';
import { lists } from '../table/keys/lists.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { list } from '../table/listing.ts';
import { updateOf } from '../table/update.ts';
import { type StoredSession, storedSessionFrom } from './session-item.ts';

/** Which ended sessions are asked for: by their start, ISO 8601 in UTC. */
export type UnsealedQuery = {
  readonly operatorId: string;
  readonly shard: number;
  readonly from: string;
  readonly to: string;
  /** The states of CDRs with which a session is not asked for. */
  readonly states: readonly Cdr['state'][];
};

type Entry = { readonly sort: string; readonly key: Key };

/** Entries of the index read by one request: about 250 KB, or 32 read units. */
const entriesAtOnce = 1_000;

async function* entriesOf(
  database: Database,
  partition: string,
  span: { readonly from: string; readonly to?: string },
): AsyncGenerator<Entry> {
  let after: string | undefined;
  for (;;) {
    const page = await list(database, {
      steps: [[partition]],
      order: 'ascending',
      limit: entriesAtOnce,
      after,
      ...span,
    });
    yield* page.entries;
    after = page.entries.at(-1)?.sort;
    if (!page.more || after === undefined) return;
  }
}

const day = 24 * 3_600_000;

/** A session is looked for among the CDRs until this long after the span, ms; of one that took longer the item is read. */
const longest = day;

/** CDRs are listed by the end of their session, which is not before its start, and by their id. */
async function sessionsWithCdr(
  database: Database,
  { operatorId, shard, from, to: latestStart, states }: UnsealedQuery,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const to = new Date(Date.parse(latestStart) + longest).toISOString();
  for (const state of states) {
    for await (const { sort } of entriesOf(database, lists.cdrs(operatorId, state, shard), {
      from,
      to,
    })) {
      const parts = readCdrId(sort.slice(sort.indexOf('#') + 1));
      if (parts !== undefined) known.add(sessionKey(parts.sessionId).pk);
    }
  }
  return known;
}

/**
 * Reads the ended sessions of a shard for which no CDR of some states is listed, or only one that ended more than a day
 * after the span. The lists of sessions and CDRs are compared by their keys alone, so that nothing is read of nearly all
 * sessions that have one.
 */
export async function readUnsealedSessions(
  database: Database,
  query: UnsealedQuery,
): Promise<readonly StoredSession[]> {
  const { operatorId, shard, from, to } = query;
  const ended: Key[] = [];
  for await (const { key } of entriesOf(database, lists.sessions(operatorId, 'ended', shard), {
    from,
    to,
  })) {
    ended.push(key);
  }
  if (ended.length === 0) return [];
  const known = await sessionsWithCdr(database, query);
  const items = await getItems(
    database,
    ended.filter(({ pk }) => !known.has(pk)),
  );
  return items.flatMap((item) => (item === undefined ? [] : [storedSessionFrom(item)]));
}

/** Writes to an ended session so that its stream hands it to the step that makes CDRs; a sealed one stays as it is. */
export async function askForCdr(
  database: Database,
  sessionId: string,
  now: string,
): Promise<'asked' | 'sealed'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(sessionId)),
        ...updateOf({ set: { cdrAskedAt: now }, names: ['cdrSequence'] }),
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#cdrSequence)',
      }),
    ),
  );
  return update.kind === 'written' ? 'asked' : 'sealed';
}
