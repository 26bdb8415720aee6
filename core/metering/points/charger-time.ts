import { type Instant, instant, isoInstant } from '../../units/instant.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import { instantsAtLocal, zoneOffset } from '../../units/time-zone.ts';
import { clockTolerance, longestKept, readTimestamp } from './read-timestamp.ts';

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

/**
 * The same, but of a clock that was never set as well, and of an hour that happens twice always the first: a message that is repeated
 * has the same time each time.
 */
export const ownTimeOf = (
  timestamp: string | undefined,
  receivedAt: number,
  zone: string,
): string => {
  const parsed = parseInstant(timestamp ?? '');
  switch (parsed.kind) {
    case 'instant':
      return isoInstant(parsed.at);
    case 'no-zone':
      return isoInstant(firstAtLocal(parsed.local, zone));
    case 'malformed':
      return isoTimeOf(undefined, receivedAt);
    default:
      return parsed satisfies never;
  }
};

/**
 * The time by which what a connector reports belongs to a session, both by the same rule: the charger's, or that of the receipt where
 * the charger gave no readable one, its clock was never set, or the time is more than 5 minutes in the future or older than any
 * charger keeps a message.
 */
export const reportTimeOf = (
  timestamp: string | undefined,
  receivedAt: number,
  zone: string,
): string => {
  const at = isoTimeOf(timestamp, receivedAt, zone);
  const lag = BigInt(receivedAt) - BigInt(Date.parse(at));
  return lag < -clockTolerance || lag > longestKept ? isoTimeOf(undefined, receivedAt) : at;
};

const firstAtLocal = (local: bigint, zone: string): Instant =>
  instantsAtLocal(local, zone)[0] ?? instant(local - zoneOffset(instant(local), zone));

/** True if a charger's timestamp says when something was: there is one, it can be read, and its clock was set. */
export const isTimed = (timestamp: string | undefined): boolean => {
  const { notes } = readTimestamp(timestamp ?? '', 0, true);
  return !notes.includes('TS_UNPARSEABLE') && !notes.includes('TS_EPOCH');
};

/**
 * True if a charger's timestamp can be when something was that we received at `receivedAt` (epoch ms): it can be read, its clock was set, and
 * it is not older than any charger keeps a message. One that cannot be says the same after each restart of such a clock.
 */
export const isPossibleTime = (
  timestamp: string | undefined,
  receivedAt: number,
  zone: string,
): boolean =>
  isTimed(timestamp) &&
  BigInt(receivedAt) - BigInt(Date.parse(isoTimeOf(timestamp, receivedAt, zone))) <= longestKept;
