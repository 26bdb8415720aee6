import type { Event, EventType } from '../../../core/event/event.ts';
import { eventId, type LogPosition } from '../../../core/event/event-id.ts';
import { type Item, number } from '../table/item.ts';
import { packedText, unpackedText } from '../table/packed-text.ts';

/** An event that is to be logged. */
export type NewEvent = {
  readonly type: EventType;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The change it was derived from, as one text: the same change gives the same text whenever it is delivered. */
  readonly source: string;
};

/** A chunk of an operator's log: events that were logged together, in order. */
export type Chunk = {
  /** Its number, counted from 1 without gaps. */
  readonly number: number;
  /** When it was written, epoch ms; never before the chunk before it. */
  readonly writtenAt: number;
  readonly events: readonly NewEvent[];
};

/** Days for which events are kept. */
const keptDays = 7;

/** How long events can be read, ms. */
export const eventsKeptFor = keptDays * 86_400_000;

/** The dictionary that events are packed with: theirs are the words of sessions and CDRs. */
const dictionary = 2;

/** The attributes of a chunk, besides its key. */
export const chunkAttributes = ({ number: chunk, writtenAt, events }: Chunk): Item => ({
  kind: { S: 'EVENTS' },
  chunk: { N: String(chunk) },
  writtenAt: { N: String(writtenAt) },
  events: packedText(JSON.stringify(events), dictionary),
  removeAt: { N: String(Math.ceil((writtenAt + eventsKeptFor) / 1000)) },
});

/** Reads a chunk from its item. */
export const chunkFrom = (item: Item): Chunk => ({
  number: number(item, 'chunk'),
  writtenAt: number(item, 'writtenAt'),
  // This store alone writes it, and never changes it.
  events: JSON.parse(unpackedText(item, 'events')) as readonly NewEvent[],
});

/** An event with its id, as it is delivered. */
export const eventAt = (
  operatorId: string,
  position: LogPosition,
  { type, at, data }: NewEvent,
): Event => ({ type, id: eventId(position), at, operatorId, data });
