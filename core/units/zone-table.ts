import { duration, instant } from './instant.ts';
import type { OffsetSpan } from './offset-span.ts';
import data from './time-zone-data.json' with { type: 'json' };

/** The version of the IANA database that all prices are computed with, as in `2026c`. It is ours, whatever Node runs us. */
export const timeZoneVersion: string = data.version;

const minute = 60_000n;
const quarter = 15n * minute;

/** The line of each zone, by its name in lower case; a line is shared by all zones with the same offsets. */
const lines: ReadonlyMap<string, string> = new Map(
  data.zones.flatMap((line) => {
    const [names = '', history = ''] = line.split('|');
    return names.split(' ').map((name) => [name.toLowerCase(), history] as const);
  }),
);

const known = new Map<string, readonly OffsetSpan[]>();

/** Reads `<offset>( <minutes since the last change, base 36>:<offset>)*`, offsets in quarters of an hour. */
const spansOf = (history: string): readonly OffsetSpan[] => {
  const [first = '', ...changes] = history.split(' ');
  let at = BigInt(Date.parse(data.from));
  const offsetOf = (quarters: string) => duration(BigInt(quarters) * quarter);
  const spans: OffsetSpan[] = [{ from: instant(at), offset: offsetOf(first) }];
  for (const change of changes) {
    const [minutes = '', quarters = ''] = change.split(':');
    at += BigInt(Number.parseInt(minutes, 36)) * minute;
    spans.push({ from: instant(at), offset: offsetOf(quarters) });
  }
  return spans;
};

/**
 * The offsets of a zone of the IANA database since 2010, ascending, by its name in any spelling of case; undefined for any
 * other name. The first span also holds for the time before.
 */
export const spansOfZone = (name: string): readonly OffsetSpan[] | undefined => {
  const history = lines.get(name.toLowerCase());
  if (history === undefined) return undefined;
  const spans = known.get(history) ?? spansOf(history);
  known.set(history, spans);
  return spans;
};
