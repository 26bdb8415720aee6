import type { OpeningTimes } from '../ocpi/model/location.ts';
import { earlierOf, type Instant, instant, laterOf } from '../units/instant.ts';
import { localTime } from '../units/local-time.ts';
import { instantsAtLocal, zoneOffset } from '../units/time-zone.ts';
import type { Span } from './span.ts';

const dayLength = 86_400_000;

const timeOfDay = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
};

/** When a clock in a zone shows a local time; in the hour that spring skips, when it has skipped it. */
function instantOf(local: number, zone: string): Instant {
  const [first] = instantsAtLocal(BigInt(local), zone);
  return first ?? instant(BigInt(local) - zoneOffset(instant(BigInt(local - dayLength)), zone));
}

const spanOf = (period: { periodBegin: string; periodEnd: string }): Span => ({
  from: instant(BigInt(Date.parse(period.periodBegin))),
  to: instant(BigInt(Date.parse(period.periodEnd))),
});

/** The part of a span within a window; one that ends before it begins where it has none. */
const within = (span: Span, window: Span): Span => ({
  from: laterOf(span.from, window.from),
  to: earlierOf(span.to, window.to),
});

/** The regular hours of every local day that a window touches. */
function regularSpans(hours: OpeningTimes, zone: string, { from, to }: Span): readonly Span[] {
  const [first, last] = [localTime(from, zone).day, localTime(to, zone).day];
  const days = Array.from({ length: last - first + 1 }, (_none, index) => first + index);
  return days.flatMap((day) => {
    // 1970-01-01 was a Thursday, and 1 is Monday.
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
    return hours.regularHours
      .filter((one) => one.weekday === weekday)
      .map(({ periodBegin, periodEnd }) => ({
        from: instantOf(day * dayLength + timeOfDay(periodBegin), zone),
        to: instantOf(day * dayLength + timeOfDay(periodEnd), zone),
      }));
  });
}

/** When a location is closed within a window; never where its hours are unknown or it is always open. */
export function closedSpans(
  hours: OpeningTimes | undefined,
  zone: string,
  window: Span,
): readonly Span[] {
  if (hours === undefined) return [];
  const closings = hours.exceptionalClosings.map((one) => within(spanOf(one), window));
  const closed = closings.filter(({ from, to }) => from < to);
  if (hours.twentyfourseven || hours.regularHours.length === 0) return closed;
  const open = [
    ...regularSpans(hours, zone, window),
    ...hours.exceptionalOpenings.map(spanOf),
  ].toSorted((a, b) => Number(a.from - b.from));
  return [...gapsBetween(open, window), ...closed];
}

/** The rest of a window between spans that are in the order of their begins. */
function gapsBetween(open: readonly Span[], { from, to }: Span): readonly Span[] {
  const gaps: Span[] = [];
  let since = from;
  for (const span of open) {
    if (span.from > since) gaps.push({ from: since, to: earlierOf(span.from, to) });
    since = laterOf(since, span.to);
    if (since >= to) return gaps;
  }
  if (since < to) gaps.push({ from: since, to });
  return gaps;
}
