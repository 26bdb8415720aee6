import { instant, isoInstant } from '../../units/instant.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import { readTimestamp } from './read-timestamp.ts';

/** A charger's timestamp as ISO 8601 in UTC with milliseconds; the time of receipt where it gave no readable one. */
export const isoTimeOf = (
  timestamp: string | undefined,
  receivedAt: number,
  zone?: string,
): string =>
  timestamp === undefined
    ? new Date(receivedAt).toISOString()
    : isoInstant(readTimestamp(timestamp, receivedAt, true, zone).at);

/** The same, but never in the future: what a clock that runs ahead says must not outlast what comes after it. */
export const pastTimeOf = (
  timestamp: string | undefined,
  receivedAt: number,
  zone?: string,
): string =>
  new Date(Math.min(Date.parse(isoTimeOf(timestamp, receivedAt, zone)), receivedAt)).toISOString();

/** The same, but of a clock that was never set as well: a message that is repeated has the same time each time. */
export const ownTimeOf = (timestamp: string | undefined, receivedAt: number): string => {
  const parsed = parseInstant(timestamp ?? '');
  switch (parsed.kind) {
    case 'instant':
      return isoInstant(parsed.at);
    case 'no-zone':
      return isoInstant(instant(parsed.local));
    case 'malformed':
      return isoTimeOf(undefined, receivedAt);
    default:
      return parsed satisfies never;
  }
};

/** True if a charger's timestamp says when something was: there is one, it can be read, and its clock was set. */
export const isTimed = (timestamp: string | undefined): boolean => {
  const { notes } = readTimestamp(timestamp ?? '', 0, true);
  return !notes.includes('TS_UNPARSEABLE') && !notes.includes('TS_EPOCH');
};
