import { type Instant, instant } from './instant.ts';
import type { OffsetSpan } from './offset-span.ts';
import { zoneOffset } from './time-zone.ts';

/** A local date and time of day. */
export type LocalTime = {
  /** Days since 1970-01-01 of the local calendar. */
  readonly day: number;
  /** 0 is Monday, 6 is Sunday. */
  readonly weekday: number;
  /** Milliseconds since local midnight as the clock shows it. */
  readonly timeOfDay: number;
};

const dayLength = 86_400_000n;

/** The local date and time at an instant in a place that is `offset` ahead of UTC. */
export const localTimeAtOffset = (at: Instant, offset: bigint): LocalTime => {
  const local = at + offset;
  const timeOfDay = ((local % dayLength) + dayLength) % dayLength;
  const day = Number((local - timeOfDay) / dayLength);
  // 1970-01-01 was a Thursday.
  return { day, weekday: (((day + 3) % 7) + 7) % 7, timeOfDay: Number(timeOfDay) };
};

/** The local date and time at an instant in a time zone. Throws on an unknown zone. */
export const localTime = (at: Instant, zone: string): LocalTime =>
  localTimeAtOffset(at, zoneOffset(at, zone));

/** Days since 1970-01-01 of a calendar date `YYYY-MM-DD`; undefined for a date that does not exist. */
export const dayOfDate = (date: string): number | undefined => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : undefined;
  if (at === undefined || Number.isNaN(at.getTime())) return undefined;
  return at.toISOString().startsWith(date) ? at.getTime() / 86_400_000 : undefined;
};

const boundariesInSpan = (
  span: OffsetSpan,
  end: Instant,
  times: readonly number[],
): readonly bigint[] => {
  const found: bigint[] = [];
  const firstMidnight = BigInt(localTimeAtOffset(span.from, span.offset).day) * dayLength;
  for (let midnight = firstMidnight - span.offset; midnight < end; midnight += dayLength) {
    found.push(...times.map((time) => midnight + BigInt(time)));
  }
  // The start of a span is a boundary itself: there the wall clock jumps.
  return [span.from, ...found.filter((at) => at > span.from && at < end)];
};

/**
 * Every instant after the start of the first of `spans` and before `to` at which the wall clock reaches one of `times`
 * (milliseconds since midnight), or jumps because of a clock change; ascending, in no instant twice. A time that a
 * change skips is met at the jump, one that repeats is met twice.
 */
export const localBoundaries = (
  spans: readonly OffsetSpan[],
  to: Instant,
  times: readonly number[],
): readonly Instant[] => {
  const found = spans.flatMap((span, index) =>
    boundariesInSpan(span, spans[index + 1]?.from ?? to, times),
  );
  return [...new Set(found.slice(1))].toSorted((a, b) => Number(a - b)).map(instant);
};
