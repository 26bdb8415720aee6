import { type Instant, instant } from './instant.ts';

/** The result of reading a timestamp: a point in time, or why there is none. */
export type ParsedInstant =
  | { readonly kind: 'instant'; readonly at: Instant }
  /** A date and time that says not where: never guessed; `local` is its wall-clock time as milliseconds. */
  | { readonly kind: 'no-zone'; readonly local: bigint }
  | { readonly kind: 'malformed' };

const shape =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;
const malformed: ParsedInstant = { kind: 'malformed' };

const offsetMinutes = (zone: string): number | undefined => {
  // A part that is not there is an empty string, which counts 0: both of them for Z.
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
};

/** The beginning of a date, in ms; undefined for one that no calendar has. */
const midnightOf = (year: number, month: number, day: number): number | undefined => {
  const midnight = Date.UTC(year, month - 1, day);
  // Date rolls 31 April over to 1 May instead of refusing it, and no two digits reach the same month again.
  const exists = new Date(midnight).getUTCMonth() === month - 1;
  return exists && year >= 100 ? midnight : undefined;
};

/** The time since midnight, in ms; undefined for one that no clock shows. */
const timeOfDay = (hour: number, minute: number, second: number): number | undefined => {
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  const exists = (hour < 24 || endOfDay) && minute < 60 && second <= 60;
  return exists ? ((hour * 60 + minute) * 60 + second) * 1000 : undefined;
};

/**
 * Reads an ISO 8601 date and time with a zone (`Z`, `+02`, `+0200`, `+02:00`) and any number of decimals, of which
 * milliseconds are kept. A leap second is the second after it. Errors: `no-zone`, `malformed` (impossible dates too).
 */
export const parseInstant = (text: string): ParsedInstant => {
  const match = shape.exec(text.trim());
  if (match === null) return malformed;
  const [, year, month, day, hour, minute, second = 0, fraction = '', zone] = match;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  const time = timeOfDay(Number(hour), Number(minute), Number(second));
  if (midnight === undefined || time === undefined) return malformed;
  const local = midnight + time + Number(`${fraction}000`.slice(0, 3));
  if (zone === undefined) return { kind: 'no-zone', local: BigInt(local) };
  const minutes = offsetMinutes(zone);
  if (minutes === undefined) return malformed;
  return { kind: 'instant', at: instant(BigInt(local - minutes * 60_000)) };
};
