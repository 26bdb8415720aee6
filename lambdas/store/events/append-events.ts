import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Event } from '../../../core/event/event.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { optionalNumber } from '../table/item.ts';
import { eventChunkKey, eventLogHeadKey, keyAttributes } from '../table/keys.ts';
import { type Chunk, chunkAttributes, chunkFrom, eventAt, type NewEvent } from './logged-event.ts';

/** How far the clocks of two functions, and of the database that dates a change to the second, may differ, ms. */
const clockTolerance = 30_000;

/** Writers that may have come before us in a row. */
const mostAttempts = 50;

/** Characters of a chunk at most: an item has 400 KB, and packing gains more than UTF-8 loses. */
const mostCharacters = 150_000;
const mostEvents = 200;

/** The newest chunks of each operator's log as this process knows them, the oldest one first and without gaps. */
const known = new Map<string, Chunk[]>();
const mostKnown = 200;

/** The number of the last chunk of an operator's log, as far as it has been noted: later ones may exist already. */
export async function readHead(database: Database, operatorId: string): Promise<number> {
  const item = await getItem(database, eventLogHeadKey(operatorId), true);
  return (item === undefined ? undefined : optionalNumber(item, 'chunk')) ?? 0;
}

/** Reads chunks by their numbers, in that order; those that do not exist (any more) are left out. */
export async function readChunks(
  database: Database,
  operatorId: string,
  numbers: readonly number[],
): Promise<readonly Chunk[]> {
  const keys = numbers.map((one) => eventChunkKey(operatorId, one));
  const items = await getItems(database, keys, true);
  return items.flatMap((item) => (item === undefined ? [] : [chunkFrom(item)]));
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const chunksAhead = 2;

/** The chunks that follow one without a gap, as other writers have written them meanwhile. */
async function chunksAfter(
  database: Database,
  operatorId: string,
  last: number,
): Promise<readonly Chunk[]> {
  const found: Chunk[] = [];
  for (;;) {
    const next = last + found.length + 1;
    const chunks = await readChunks(database, operatorId, range(next, next + chunksAhead - 1));
    const gap = chunks.findIndex(({ number }, index) => number !== next + index);
    found.push(...(gap < 0 ? chunks : chunks.slice(0, gap)));
    if (gap >= 0 || chunks.length < chunksAhead) return found;
  }
}

/** All chunks from one that was written before a time up to the last one, which may be found to be later than `head`. */
async function recentChunks(
  database: Database,
  operatorId: string,
  head: number,
  since: number,
): Promise<Chunk[]> {
  const before =
    known.get(operatorId) ??
    (await readChunks(database, operatorId, range(Math.max(1, head - 9), head)));
  const chunks = [...before, ...(await chunksAfter(database, operatorId, head))];
  let oldest = chunks[0];
  while (oldest !== undefined && oldest.number > 1 && oldest.writtenAt >= since) {
    const before = range(Math.max(1, oldest.number - 50), oldest.number - 1);
    const more = await readChunks(database, operatorId, before);
    if (more.length === 0) break;
    chunks.unshift(...more);
    oldest = chunks[0];
  }
  return chunks;
}

function remember(operatorId: string, chunks: readonly Chunk[], since: number): void {
  // One that is older stays as the proof that nothing before it matters.
  const first = Math.max(0, chunks.findIndex(({ writtenAt }) => writtenAt >= since) - 1);
  if (known.size >= mostKnown && !known.has(operatorId)) known.clear();
  known.set(operatorId, chunks.slice(Math.max(first, chunks.length - mostKnown)));
}

const placesOf = (operatorId: string, chunks: readonly Chunk[]): ReadonlyMap<string, Event> =>
  new Map(
    chunks.flatMap(({ number, events }) =>
      events.map((event, index) => [
        event.source,
        eventAt(operatorId, { chunk: number, index }, event),
      ]),
    ),
  );

async function put(
  database: Database,
  operatorId: string,
  chunk: Chunk,
): Promise<{ readonly chunk: Chunk; readonly isOurs: boolean }> {
  const written = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: {
          ...keyAttributes(eventChunkKey(operatorId, chunk.number)),
          ...chunkAttributes(chunk),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  if (written.kind === 'written') return { chunk, isOurs: true };
  if (written.item === undefined) throw new Error('The chunk with this number was not returned');
  return { chunk: chunkFrom(written.item), isOurs: false };
}

/** Notes the last chunk; a later one that was noted already stays. */
async function noteHead(database: Database, operatorId: string, chunk: number): Promise<void> {
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(eventLogHeadKey(operatorId)),
        UpdateExpression: 'SET kind = :kind, chunk = :chunk',
        ConditionExpression: 'attribute_not_exists(chunk) OR chunk < :chunk',
        ExpressionAttributeValues: { ':kind': { S: 'EVENTHEAD' }, ':chunk': { N: String(chunk) } },
      }),
    ),
  );
}

/** As many of the events as fit into one chunk. */
function fitting(events: readonly NewEvent[]): readonly NewEvent[] {
  let characters = 0;
  const over = events.findIndex((event, index) => {
    characters += JSON.stringify(event).length;
    return index > 0 && (index >= mostEvents || characters > mostCharacters);
  });
  return over < 0 ? events : events.slice(0, over);
}

/**
 * Logs events of an operator, in their order, and gives them all with their ids. One that was logged before is found, by what it
 * was derived from, and keeps its id: `since` is when the oldest of the changes was stored, epoch ms, and none of them can have
 * been logged before. Chunks have consecutive numbers and each is written only once there is nothing after the one before it, so that
 * whoever has read a place has missed nothing in front of it.
 */
export async function appendEvents(
  database: Database,
  operatorId: string,
  events: readonly NewEvent[],
  { since, now = Date.now }: { readonly since: number; readonly now?: () => number },
): Promise<readonly Event[]> {
  const from = since - clockTolerance;
  const noted = known.get(operatorId)?.at(-1)?.number ?? (await readHead(database, operatorId));
  let chunks: readonly Chunk[] = await recentChunks(database, operatorId, noted, from);
  let attempt = 0;
  while (attempt < mostAttempts) {
    const places = placesOf(operatorId, chunks);
    const open = events.filter(({ source }) => !places.has(source));
    const last = chunks.at(-1) ?? { number: noted, writtenAt: 0 };
    if (open.length === 0) {
      if (last.number > noted) await noteHead(database, operatorId, last.number);
      remember(operatorId, chunks, from);
      return events.flatMap(({ source }) => places.get(source) ?? []);
    }
    const next = await put(database, operatorId, {
      number: last.number + 1,
      writtenAt: Math.max(now(), last.writtenAt),
      events: fitting(open),
    });
    attempt = next.isOurs ? 0 : attempt + 1;
    chunks = [...chunks, next.chunk];
  }
  throw new ConcurrentUpdateError('The event log kept growing while events were logged');
}
