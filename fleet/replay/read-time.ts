import { Temporal } from 'temporal-polyfill';

/** The order of day and month in a date with slashes. */
export type DateOrder = 'DMY' | 'MDY';

/** A moment that was read (epoch milliseconds), or why none was. */
export type ReadTime =
  | { readonly kind: 'time'; readonly at: number }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'unreadable' };

/** The forms that are read, as they are shown to whoever wrote another one. */
export const timeForms = '2026-03-05T09:00:00Z, 2026-03-05 09:00 or 05.03.2026 09:00';

const numeric = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})[ T]+(\d{1,2}:\d\d(?::\d\d)?)$/;
const withZone = /(Z|[+-]\d\d(:?\d\d)?)$/i;

/** Reads date and time. Without a zone of their own they are those of `timeZone`; slashes need an order. */
export function readTime(text: string, timeZone: string, dateOrder?: DateOrder): ReadTime {
  const match = numeric.exec(text);
  if (match === null) return readIso(text.replace(/^(\S+) (\d):/, '$1 0$2:'), timeZone);
  const [, first = '', separator, second = '', year = '', time = ''] = match;
  if (separator === '/' && dateOrder === undefined) return { kind: 'ambiguous' };
  const isMonthFirst = separator === '/' && dateOrder === 'MDY';
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  const two = (digits: string): string => digits.padStart(2, '0');
  return readIso(`${year}-${two(month)}-${two(day)}T${time.padStart(5, '0')}`, timeZone);
}

function readIso(text: string, timeZone: string): ReadTime {
  // A date alone would be read as midnight, which nobody has said.
  if (!/\d{4}-\d\d-\d\d[ T]\d\d:?\d\d/i.test(text)) return { kind: 'unreadable' };
  try {
    const at = withZone.test(text.slice(10))
      ? Temporal.Instant.from(text).epochMilliseconds
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    return { kind: 'time', at };
  } catch {
    return { kind: 'unreadable' };
  }
}
