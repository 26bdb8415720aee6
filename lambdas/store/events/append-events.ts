import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Event } from '../../../core/event/event.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { eventChunkKey, eventLogHeadKey } from '../table/keys/event-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { type Chunk, chunkAttributes, chunkFrom, eventAt, type NewEvent } from './logged-event.ts';
import {
  type LogNote,
  type NotedChunk,
  notedChunk,
  noteFrom,
  packNote,
  sourceHash,
} from './noted-chunks.ts';

/** How far the clocks of two functions, and of the database that dates a change to the second, may differ, ms. */
const clockTolerance = 30_000;

/** Writers that may have come before us in a row. */
const mostAttempts = 50;

/** Characters of a chunk at most: an item has 400 KB, and packing gains more than UTF-8 loses. */
const mostCharacters = 150_000;
const mostEvents = 200;

/** The newest chunks of each operator's log as this process knows them, the oldest one first and without gaps. */
const known = new Map<string, readonly NotedChunk[]>();
const mostOperators = 200;

/** Chunks of a log that are known: more than are written in the time for which a writer has to know them, or it would read the others each time. */
const mostKnown = 2_000;

const readNote = async (database: Database, operatorId: string): Promise<LogNote> =>
  noteFrom(await getItem(database, eventLogHeadKey(operatorId), true));

/** The number of the last chunk of an operator's log, as far as it has been noted: later ones may exist already. */
export const readHead = async (database: Database, operatorId: string): Promise<number> =>
  (await readNote(database, operatorId)).last;

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

/** All chunks up to the last one that is known of, from one on that was written before a time. */
async function recentChunks(
  database: Database,
  operatorId: string,
  noted: LogNote,
  since: number,
): Promise<NotedChunk[]> {
  const ours = known.get(operatorId) ?? [];
  const isOursNewer = (ours.at(-1)?.number ?? 0) >= noted.last;
  const [chunks, others] = isOursNewer ? [[...ours], noted.chunks] : [[...noted.chunks], ours];
  // Of the chunks before a number, those that are known without a gap; else as many as are read at once.
  const before = async (end: number, most: number): Promise<readonly NotedChunk[]> => {
    const older = others.filter(({ number }) => number < end);
    const last = older.at(-1)?.number ?? 0;
    if (last === end - 1) return older;
    const numbers = range(Math.max(1, end - most, last + 1), end - 1);
    return (await readChunks(database, operatorId, numbers)).map(notedChunk);
  };
  if (chunks.length === 0) chunks.push(...(await before(noted.last + 1, 10)));
  let oldest = chunks[0];
  while (oldest !== undefined && oldest.number > 1 && oldest.writtenAt >= since) {
    const more = await before(oldest.number, 50);
    if (more.length === 0) break;
    chunks.unshift(...more);
    oldest = chunks[0];
  }
  return chunks;
}

function remember(operatorId: string, chunks: readonly NotedChunk[], since: number): void {
  // One that is older stays as the proof that nothing before it matters.
  const first = Math.max(0, chunks.findIndex(({ writtenAt }) => writtenAt >= since) - 1);
  if (known.size >= mostOperators && !known.has(operatorId)) known.clear();
  known.set(operatorId, chunks.slice(Math.max(first, chunks.length - mostKnown)));
}

/** The events that were logged already, by what they were derived from: of the chunks whose hashes say so, as they are written. */
async function placesOf(
  database: Database,
  operatorId: string,
  events: readonly NewEvent[],
  chunks: readonly NotedChunk[],
): Promise<ReadonlyMap<string, Event>> {
  const wanted = new Set(events.map(({ source }) => sourceHash(source)));
  const numbers = chunks
    .filter(({ hashes }) => hashes.some((hash) => wanted.has(hash)))
    .map(({ number }) => number);
  const found = numbers.length === 0 ? [] : await readChunks(database, operatorId, numbers);
  return placesIn(operatorId, found);
}

const placesIn = (operatorId: string, chunks: readonly Chunk[]): ReadonlyMap<string, Event> =>
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

/** Notes the last chunks; a later one that was noted already stays. */
async function note(
  database: Database,
  operatorId: string,
  chunks: readonly NotedChunk[],
): Promise<void> {
  const last = chunks.at(-1)?.number ?? 0;
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(eventLogHeadKey(operatorId)),
        UpdateExpression: 'SET kind = :kind, chunk = :chunk, newest = :newest',
        ConditionExpression: 'attribute_not_exists(chunk) OR chunk < :chunk',
        ExpressionAttributeValues: {
          ':kind': { S: 'EVENTHEAD' },
          ':chunk': { N: String(last) },
          ':newest': { B: packNote(chunks) },
        },
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
  const noted = await readNote(database, operatorId);
  const chunks = await recentChunks(database, operatorId, noted, from);
  const places = new Map(await placesOf(database, operatorId, events, chunks));
  let attempt = 0;
  while (attempt < mostAttempts) {
    const open = events.filter(({ source }) => !places.has(source));
    const last = chunks.at(-1) ?? { number: noted.last, writtenAt: 0 };
    if (open.length === 0) {
      if (last.number > noted.last) await note(database, operatorId, chunks);
      remember(operatorId, chunks, from);
      return events.flatMap(({ source }) => places.get(source) ?? []);
    }
    const next = await put(database, operatorId, {
      number: last.number + 1,
      writtenAt: Math.max(now(), last.writtenAt),
      events: fitting(open),
    });
    attempt = next.isOurs ? 0 : attempt + 1;
    chunks.push(notedChunk(next.chunk));
    for (const [source, event] of placesIn(operatorId, [next.chunk])) places.set(source, event);
  }
  throw new ConcurrentUpdateError('The event log kept growing while events were logged');
}
