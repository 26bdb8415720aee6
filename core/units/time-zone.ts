import { type Duration, duration, type Instant, instant } from './instant.ts';
import type { OffsetSpan } from './offset-span.ts';
import { spansOfZone } from './zone-table.ts';

/** Says whether a name is a time zone of the IANA database (`Europe/Berlin`, `UTC`), in any spelling of case. */
export const isTimeZone = (zone: string): boolean => spansOfZone(zone) !== undefined;

/**
 * Writes offsets that were recorded as a zone, which can be used wherever the name of one can: `<ms since 1970>/<ms ahead of
 * UTC>` for each span, as in `1774742400000/7200000`.
 */
export const zoneOfSpans = (spans: readonly OffsetSpan[]): string =>
  spans.map(({ from, offset }) => `${from}/${offset}`).join(' ');

const recorded = /^-?\d+\/-?\d+( -?\d+\/-?\d+)*$/;
const fixed = /^([+-])(\d\d):(\d\d)$/;

/** The spans of a zone: of the IANA database, an offset such as `+02:00`, or recorded offsets. Throws on any other text. */
const spansOf = (zone: string): readonly OffsetSpan[] => {
  const spans = spansOfZone(zone);
  if (spans !== undefined) return spans;
  const [, sign, hours = '', minutes = ''] = fixed.exec(zone) ?? [];
  if (sign !== undefined) {
    const ahead = (BigInt(hours) * 60n + BigInt(minutes)) * 60_000n;
    return [{ from: instant(0n), offset: duration(sign === '-' ? -ahead : ahead) }];
  }
  if (!recorded.test(zone)) throw new Error(`"${zone}" is no time zone.`);
  return zone.split(' ').map((span) => {
    const [from = '', offset = ''] = span.split('/');
    return { from: instant(BigInt(from)), offset: duration(BigInt(offset)) };
  });
};

/** The index of the span that holds at an instant: the first one also before it begins. */
const indexAt = (spans: readonly OffsetSpan[], at: Instant): number => {
  let [low, high] = [0, spans.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const span = spans[middle];
    if (span !== undefined && span.from <= at) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** How far local time is ahead of UTC at an instant; negative in the west. Throws on an unknown zone. */
export const zoneOffset = (at: Instant, zone: string): Duration => {
  const spans = spansOf(zone);
  return spans[indexAt(spans, at)]?.offset ?? duration(0n);
};

/**
 * The offsets that a zone has from `from` to `to`, ascending, the first at `from`; each later one begins at a clock
 * change.
 */
export const offsetSpans = (from: Instant, to: Instant, zone: string): readonly OffsetSpan[] => {
  const spans = spansOf(zone);
  const index = indexAt(spans, from);
  const first = { from, offset: spans[index]?.offset ?? duration(0n) };
  return [first, ...spans.slice(index + 1).filter((span) => span.from <= to)];
};

const day = 86_400_000n;

/**
 * The instants at which a wall clock in a zone shows a local time (milliseconds as if it were UTC), ascending:
 * one as a rule, none in the hour that spring skips, two in the hour that autumn repeats.
 */
export const instantsAtLocal = (local: bigint, zone: string): readonly Instant[] => {
  const around = [local - day, local + day].map((at) => zoneOffset(instant(at), zone));
  const candidates = [...new Set(around)].map((offset) => instant(local - offset));
  // An hour repeats only where the offset falls, and the larger offset is the earlier instant.
  return candidates.filter((at) => at + zoneOffset(at, zone) === local);
};
