import type { TariffRestrictions } from '../tariff/model/tariff.ts';
import { weekdays } from '../tariff/rate/conditions.ts';
import { dayOfDate } from '../units/local-time.ts';
import {
  decimalText,
  type Field,
  fieldOf,
  isAbsent,
  itemsOf,
  oneOf,
  refuse,
  textOf,
  wholeNumber,
} from './document-field.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A time of day; seconds, which OCPI does not have, are dropped when they are 0, and 24:00 is the end of the day. */
const timeIn = (field: Field): string | undefined => {
  const text = textOf(field);
  if (text === undefined) return undefined;
  const time = text.replace(/^(\d\d:\d\d):00$/, '$1').replace(/^24:00$/, '00:00');
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return time;
  refuse(field, `"${text}" is not a time of day as in 17:30.`);
  return undefined;
};

const dateIn = (field: Field): string | undefined => {
  const text = textOf(field);
  if (text === undefined || dayOfDate(text) !== undefined) return text;
  refuse(field, `"${text}" is not a calendar date (YYYY-MM-DD).`);
  return undefined;
};

const texts = [
  ['startTime', 'start_time', timeIn],
  ['endTime', 'end_time', timeIn],
  ['startDate', 'start_date', dateIn],
  ['endDate', 'end_date', dateIn],
] as const;

const decimals = [
  ['minKwh', 'min_kwh'],
  ['maxKwh', 'max_kwh'],
  ['minCurrent', 'min_current'],
  ['maxCurrent', 'max_current'],
  ['minPower', 'min_power'],
  ['maxPower', 'max_power'],
] as const;

const durations = [
  ['minDuration', 'min_duration'],
  ['maxDuration', 'max_duration'],
] as const;

const readWindows = (field: Field): Mutable<TariffRestrictions> => {
  const read: Mutable<TariffRestrictions> = {};
  for (const [ours, theirs, readText] of texts) {
    const text = readText(fieldOf(field, theirs));
    if (text !== undefined) read[ours] = text;
  }
  for (const [ours, theirs] of decimals) {
    const decimal = decimalText(fieldOf(field, theirs), 6);
    if (decimal !== undefined) read[ours] = decimal;
  }
  for (const [ours, theirs] of durations) {
    const seconds = wholeNumber(fieldOf(field, theirs));
    if (seconds !== undefined) read[ours] = seconds;
  }
  return read;
};

/** Reads the restrictions of an OCPI tariff element of any version; undefined when there are none. */
export const readRestrictions = (field: Field): TariffRestrictions | undefined => {
  if (isAbsent(field)) return undefined;
  const read = readWindows(field);
  const days = itemsOf(fieldOf(field, 'day_of_week'), 'optional')
    .map((item) => oneOf(item, weekdays))
    .filter((day) => day !== undefined);
  if (days.length > 0) read.dayOfWeek = days;
  const reservation = oneOf(fieldOf(field, 'reservation'), [
    'RESERVATION',
    'RESERVATION_EXPIRES',
  ] as const);
  if (reservation !== undefined) read.reservation = reservation;
  return read;
};
