import type { Quantity } from './quantity.ts';

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Quantity<'ms since 1970'>;

/** A length of time in milliseconds. */
export type Duration = Quantity<'ms'>;

/** Takes milliseconds since 1970-01-01T00:00:00Z as a point in time. */
export const instant = (epochMs: bigint): Instant => epochMs as Instant;

/** Takes a number of milliseconds as a length of time. */
export const duration = (ms: bigint): Duration => ms as Duration;

/** The time from `from` to `to`; negative when `to` is earlier. */
export const between = (from: Instant, to: Instant): Duration => duration(to - from);

/** The later of two instants. */
export function laterOf(a: Instant, b: Instant): Instant {
  if (a < b) return b;
  return a;
}

/** The earlier of two instants. */
export function earlierOf(a: Instant, b: Instant): Instant {
  if (a < b) return a;
  return b;
}

/** Writes an instant as ISO 8601 in UTC with milliseconds, as in `2026-04-14T16:30:00.000Z`. */
export const isoInstant = (at: Instant): string => new Date(Number(at)).toISOString();
