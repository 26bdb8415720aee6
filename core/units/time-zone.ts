import { type Duration, duration, type Instant, instant } from './instant.ts';

/** A span of time in which a zone keeps one offset from UTC; it ends where the next begins. */
export type OffsetSpan = { readonly from: Instant; readonly offset: Duration };

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

const makeFormatter = (zone: string): Intl.DateTimeFormat | undefined => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    return undefined;
  }
};

const formatterOf = (zone: string): Intl.DateTimeFormat | undefined => {
  if (!formatters.has(zone)) formatters.set(zone, makeFormatter(zone));
  return formatters.get(zone);
};

/** Says whether a name is a time zone of the IANA database (`Europe/Berlin`, `UTC`), in any spelling of case. */
export const isTimeZone = (zone: string): boolean =>
  !/^[+-]/.test(zone) && formatterOf(zone) !== undefined;

/** How far local time is ahead of UTC at an instant; negative in the west. Throws on an unknown zone. */
export const zoneOffset = (at: Instant, zone: string): Duration => {
  const formatter = formatterOf(zone);
  if (formatter === undefined) throw new Error(`"${zone}" is no time zone.`);
  // Whole seconds only: the formatter has none smaller, and no offset has either.
  const seconds = at / 1000n - (at % 1000n < 0n ? 1n : 0n);
  const field: Record<string, number> = {};
  for (const part of formatter.formatToParts(Number(seconds) * 1000)) {
    field[part.type] = Number(part.value);
  }
  const local = Date.UTC(
    field['year'] ?? 0,
    (field['month'] ?? 1) - 1,
    field['day'] ?? 1,
    field['hour'] ?? 0,
    field['minute'] ?? 0,
    field['second'] ?? 0,
  );
  return duration(BigInt(local) - seconds * 1000n);
};

const day = 86_400_000n;

const transitionBetween = (from: Instant, to: Instant, zone: string): Instant => {
  const before = zoneOffset(from, zone);
  let [low, high]: [bigint, bigint] = [from, to];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (zoneOffset(instant(middle), zone) === before) low = middle;
    else high = middle;
  }
  return instant(high);
};

/**
 * The offsets that a zone has from `from` to `to`, ascending, the first at `from`; each later one begins at a clock
 * change. Looks once a day, which finds every change of the IANA database that lasts longer than that.
 */
export const offsetSpans = (from: Instant, to: Instant, zone: string): readonly OffsetSpan[] => {
  const spans: OffsetSpan[] = [{ from, offset: zoneOffset(from, zone) }];
  for (let at: bigint = from; at < to; at += day) {
    const next = instant(at + day < to ? at + day : to);
    const offset = zoneOffset(next, zone);
    if (offset === spans.at(-1)?.offset) continue;
    spans.push({ from: transitionBetween(instant(at), next, zone), offset });
  }
  return spans;
};

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
