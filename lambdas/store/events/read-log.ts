import type { Event } from '../../../core/event/event.ts';
import { eventId, type LogPosition } from '../../../core/event/event-id.ts';
import type { Database } from '../table/client.ts';
import { readChunks, readHead } from './append-events.ts';
import { type Chunk, eventAt, eventsKeptFor } from './logged-event.ts';

/** The part of a log that is asked for. */
export type LogQuery = {
  /** The place after which to read; undefined for everything that is kept. */
  readonly after: LogPosition | undefined;
  readonly limit: number;
  /** Whether an event is wanted. */
  readonly isWanted: (event: Event) => boolean;
  /** Epoch ms. */
  readonly now: number;
};

/** A span of a log; or that events after the given place are gone. */
export type LogSpan =
  | {
      readonly kind: 'events';
      readonly events: readonly Event[];
      /** The place up to which the log has been read, wanted or not; undefined in an empty log. */
      readonly readTo: string | undefined;
      /** Whether the log continues after it. */
      readonly more: boolean;
    }
  | { readonly kind: 'gone' };

/** Requests for one span: a span of which little is wanted ends early, and its reader goes on from there. */
const mostRequests = 4;
const chunksAtOnce = 25;

const isKept = (chunk: Chunk | undefined, now: number): boolean =>
  chunk !== undefined && chunk.writtenAt >= now - eventsKeptFor;

/** The first chunk that is kept; one after the last where none is. Older ones may have been removed, the younger ones never. */
async function firstKept(
  database: Database,
  operatorId: string,
  head: number,
  now: number,
): Promise<number> {
  let low = 1;
  let high = head + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [chunk] = await readChunks(database, operatorId, [middle]);
    if (isKept(chunk, now)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Chunks from one on, up to the last one or to as many as are read at once. */
async function chunksFrom(
  database: Database,
  operatorId: string,
  first: number,
  head: number,
): Promise<readonly Chunk[]> {
  // The note of the last chunk may lag behind by those that are being written at this moment.
  const last = Math.min(first + chunksAtOnce - 1, Math.max(first, head) + 2);
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const chunks = await readChunks(database, operatorId, numbers);
  // Items are not read at one moment: a chunk may be missing that was written while the one after it was read.
  const gap = chunks.findIndex(({ number }, index) => number !== first + index);
  return gap < 0 ? chunks : chunks.slice(0, gap);
}

type Start = { readonly chunk: number; readonly index: number } | { readonly kind: 'gone' };

/** The first place to read: that after a given one, or the first that is kept. */
async function startOf(
  database: Database,
  operatorId: string,
  { after, now }: LogQuery,
  head: number,
): Promise<Start> {
  if (after === undefined) {
    return { chunk: await firstKept(database, operatorId, head, now), index: 0 };
  }
  const [own] = await readChunks(database, operatorId, [after.chunk]);
  if (own === undefined && after.chunk > head) return { kind: 'gone' };
  const isLast = own === undefined || after.index >= own.events.length - 1;
  const start = isLast
    ? { chunk: after.chunk + 1, index: 0 }
    : { chunk: after.chunk, index: after.index + 1 };
  if (start.chunk > head) return start;
  const [first] = isLast ? await readChunks(database, operatorId, [start.chunk]) : [own];
  return isKept(first, now) ? start : { kind: 'gone' };
}

type Taken = {
  readonly events: Event[];
  readTo: LogPosition | undefined;
};

type Place = { readonly position: LogPosition; readonly event: Event };

const placesIn = (operatorId: string, chunks: readonly Chunk[], start: LogPosition): Place[] =>
  chunks.flatMap(({ number: chunk, events }) =>
    events.flatMap((event, index) =>
      chunk === start.chunk && index < start.index
        ? []
        : [{ position: { chunk, index }, event: eventAt(operatorId, { chunk, index }, event) }],
    ),
  );

/** Takes the wanted ones of some events; false where there are more of them than fit. */
function takeWanted(taken: Taken, places: readonly Place[], query: LogQuery): boolean {
  for (const { position, event } of places) {
    const isWanted = query.isWanted(event);
    if (isWanted && taken.events.length === query.limit) return false;
    if (isWanted) taken.events.push(event);
    taken.readTo = position;
  }
  return true;
}

/** Reads events of an operator in the order of its log. */
export async function readLog(
  database: Database,
  operatorId: string,
  query: LogQuery,
): Promise<LogSpan> {
  const head = await readHead(database, operatorId);
  const start = await startOf(database, operatorId, query, head);
  if ('kind' in start) return start;
  const taken: Taken = { events: [], readTo: query.after };
  let first = start.chunk;
  for (let request = 0; request < mostRequests; request += 1) {
    const chunks = await chunksFrom(database, operatorId, first, head);
    const hasRoom = takeWanted(taken, placesIn(operatorId, chunks, start), query);
    if (!hasRoom || chunks.length < chunksAtOnce) return spanOf(taken, !hasRoom);
    first += chunks.length;
  }
  return spanOf(taken, true);
}

const spanOf = ({ events, readTo }: Taken, more: boolean): LogSpan => ({
  kind: 'events',
  events,
  readTo: readTo === undefined ? undefined : eventId(readTo),
  more,
});
