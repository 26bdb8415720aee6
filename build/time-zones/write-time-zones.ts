import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Writes the offsets of all time zones, from those that the Node of `npm ci` knows, into the file that everything is priced
 * with: `node build/time-zones/write-time-zones.ts`. The names are those of the IANA database, old ones included.
 */
const target = resolve(import.meta.dirname, '../../core/units/time-zone-data.json');
const names: readonly string[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'names.json'), 'utf8'),
);

const minute = 60_000;
const quarter = 15 * minute;
const day = 24 * 60 * minute;
const first = Date.UTC(2010, 0, 1);
const last = Date.UTC(2040, 0, 1);
/** No zone has changed its offset and gone back within so few days since 2010. */
const step = 3 * day;

type OffsetAt = (at: number) => number;

/** How far local time is ahead of UTC in a zone, in ms, as Node knows it. */
const offsetsOf = (timeZone: string): OffsetAt => {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const text = format.format(at);
    const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
  };
};

/** The minute of a change of offset between two times. */
const changeBetween = (offsetAt: OffsetAt, from: number, to: number): number => {
  let [low, high] = [from, to];
  while (high - low > minute) {
    const middle = Math.floor((low + high) / 2 / minute) * minute;
    if (offsetAt(middle) === offsetAt(from)) low = middle;
    else high = middle;
  }
  return high;
};

const quarters = (offset: number): number => {
  if (offset % quarter !== 0) throw new Error(`${offset} ms are no whole quarters of an hour`);
  return offset / quarter;
};

/** `<offset>` at first, then ` <minutes since the last change, base 36>:<offset>` for each change; offsets in quarters of an hour. */
const historyOf = (offsetAt: OffsetAt): string => {
  let [text, before, offset] = [String(quarters(offsetAt(first))), first, offsetAt(first)];
  for (let at = first; at < last; at += step) {
    const next = offsetAt(at + step);
    if (next === offset) continue;
    const change = changeBetween(offsetAt, at, at + step);
    text += ` ${((change - before) / minute).toString(36)}:${quarters(next)}`;
    [before, offset] = [change, next];
  }
  return text;
};

const namesByHistory = new Map<string, string[]>();
for (const name of names) {
  const history = historyOf(offsetsOf(name));
  namesByHistory.set(history, [...(namesByHistory.get(history) ?? []), name]);
}
const zones = [...namesByHistory].map(([history, known]) => `${known.join(' ')}|${history}`);
const data = { version: process.versions['tz'], from: new Date(first).toISOString(), zones };
writeFileSync(target, `${JSON.stringify(data, null, 2)}\n`);
