import { decimalOf } from '../../units/decimal.ts';
import { dayOfDate } from '../../units/local-time.ts';
import type { TariffRestrictions, Weekday } from '../model/tariff.ts';

/** From `from` (inclusive) up to `until` (exclusive), each open when absent. */
export type Window<Value> = { readonly from?: Value; readonly until?: Value };

/** When an element holds, ready to be compared: the restrictions of a tariff element as scaled integers. */
export type Conditions = {
  /** Milliseconds since local midnight. */
  readonly clock: Window<number>;
  /** Days since 1970-01-01, local. */
  readonly date: Window<number>;
  /** 0 is Monday; absent: any day. */
  readonly weekdays?: ReadonlySet<number>;
  /** mWh since the session's start. */
  readonly energy: Window<bigint>;
  /** Milliseconds since the session's start. */
  readonly elapsed: Window<bigint>;
  /** µA, summed over the phases. */
  readonly current: Window<bigint>;
  /** mW. */
  readonly power: Window<bigint>;
  readonly reservation?: 'RESERVATION' | 'RESERVATION_EXPIRES';
};

/** The days of the week in order; the index is the weekday of `LocalTime`. */
export const weekdays: readonly Weekday[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

const windowOf = <Stated, Value>(
  from: Stated | undefined,
  until: Stated | undefined,
  read: (stated: Stated) => Value,
): Window<Value> => ({
  ...(from === undefined ? {} : { from: read(from) }),
  ...(until === undefined ? {} : { until: read(until) }),
});

/** A time of day `HH:MM` in milliseconds since midnight. */
const timeOfDay = (text: string): number =>
  (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * 60_000;

const dayOf = (date: string): number => {
  const day = dayOfDate(date);
  if (day === undefined) throw new Error(`"${date}" is not a date.`);
  return day;
};

const millionths = (text: string): bigint => decimalOf(text, 6);
const milliseconds = (seconds: number): bigint => BigInt(seconds) * 1000n;

/** Reads the restrictions of a validated tariff element; none given means that it always holds. */
export const conditionsOf = (stated: TariffRestrictions = {}): Conditions => ({
  clock: windowOf(stated.startTime, stated.endTime, timeOfDay),
  date: windowOf(stated.startDate, stated.endDate, dayOf),
  energy: windowOf(stated.minKwh, stated.maxKwh, millionths),
  elapsed: windowOf(stated.minDuration, stated.maxDuration, milliseconds),
  current: windowOf(stated.minCurrent, stated.maxCurrent, millionths),
  power: windowOf(stated.minPower, stated.maxPower, millionths),
  ...(stated.dayOfWeek === undefined || stated.dayOfWeek.length === 0
    ? {}
    : { weekdays: new Set(stated.dayOfWeek.map((day) => weekdays.indexOf(day))) }),
  ...(stated.reservation === undefined ? {} : { reservation: stated.reservation }),
});
