import type { Event } from '../../../core/event/event.ts';
import type { LogPosition } from '../../../core/event/event-id.ts';
import type { Database } from '../table/client.ts';
import { readChunks, readHead } from './append-events.ts';
import { type Chunk, eventAt, eventsKeptFor } from './logged-event.ts';

const chunksAtOnce = 25;
/** Requests for one span: one of which little is wanted ends early. */
const mostRequests = 4;

/** The part of a log that is asked for, the latest event first. */
export type BackwardsQuery = {
  /** The place before which to read; undefined for the end of the log. */
  readonly before: LogPosition | undefined;
  readonly limit: number;
  /** When the first event was logged that is asked for, epoch ms by our clock: the time of a change itself may be rough. */
  readonly loggedFrom: number;
  readonly isWanted: (event: Event) => boolean;
  /** Epoch ms. */
  readonly now: number;
};

/** Reads an event by its place; undefined where it is not kept (any more). */
export async function readEvent(
  database: Database,
  operatorId: string,
  position: LogPosition,
): Promise<Event | undefined> {
  const [chunk] = await readChunks(database, operatorId, [position.chunk]);
  const event = chunk?.events[position.index];
  return event && eventAt(operatorId, position, event);
}

const eventsIn = (
  operatorId: string,
  chunks: readonly Chunk[],
  before: LogPosition | undefined,
): readonly Event[] =>
  chunks
    .flatMap(({ number: chunk, events }) =>
      events.flatMap((event, index) =>
        before !== undefined && chunk === before.chunk && index >= before.index
          ? []
          : [eventAt(operatorId, { chunk, index }, event)],
      ),
    )
    .reverse();

/** A span of a log, read backwards. */
export type BackwardsSpan = {
  readonly events: readonly Event[];
  /** The event before which the list goes on, null at its end. */
  readonly next: string | null;
  /** When the earliest was logged that was looked at, epoch ms; undefined where there was none. */
  readonly readTo: number | undefined;
};

/** Reads events of an operator from the latest one on: those of one span, which may have few that are wanted. */
export async function readLogBackwards(
  database: Database,
  operatorId: string,
  { before, limit, loggedFrom, isWanted, now }: BackwardsQuery,
): Promise<BackwardsSpan> {
  const found: Event[] = [];
  let last = before?.chunk ?? (await readHead(database, operatorId)) + 2;
  let passed: Event | undefined;
  let readTo: number | undefined;
  for (let request = 0; request < mostRequests && last > 0 && found.length <= limit; request += 1) {
    const first = Math.max(1, last - chunksAtOnce + 1);
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const chunks = await readChunks(database, operatorId, numbers);
    const kept = chunks.filter(
      ({ writtenAt }) => writtenAt >= Math.max(loggedFrom, now - eventsKeptFor),
    );
    const events = eventsIn(operatorId, kept, before);
    passed = events.at(-1) ?? passed;
    readTo = kept[0]?.writtenAt ?? readTo;
    found.push(...events.filter(isWanted));
    // Older ones have expired, or are not asked for.
    const isEnd = kept.length === 0 || kept.length < chunks.length;
    last = isEnd ? 0 : first - 1;
  }
  const events = found.slice(0, limit);
  if (found.length > limit) return { events, next: events.at(-1)?.id ?? null, readTo };
  return { events, next: last > 0 ? (passed?.id ?? null) : null, readTo };
}
