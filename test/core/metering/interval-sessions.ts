import fc from 'fast-check';
import { measure } from '../../../core/metering/measure.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import type {
  ConnectorState,
  MeterReading,
  SampledValue,
} from '../../../core/metering/model/reading.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { statePointsOf } from '../../../core/metering/points/state-points.ts';

const start = Date.UTC(2026, 2, 10, 9);

const timeOf = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** Values that were reported a number of seconds after the start. */
export type Report = readonly [seconds: number, ...values: readonly Partial<SampledValue>[]];

/** A session of which energy is reported by interval. */
export type IntervalSession = {
  readonly watts: number;
  /** Seconds between two reports. */
  readonly pace: number;
  /** The power of each interval in percent of the watts. */
  readonly percents: readonly number[];
  /** How late each report is, in percent of the pace. */
  readonly late: readonly number[];
  readonly maxPowerW: number | undefined;
};

/** Sessions of a vehicle that charges steadily, give or take a tenth, until it is full. */
export const intervalSession: fc.Arbitrary<IntervalSession> = fc
  .record({
    watts: fc.integer({ min: 3000, max: 22_000 }),
    pace: fc.constantFrom(60, 300, 900),
    percents: fc.array(fc.integer({ min: 90, max: 100 }), { minLength: 10, maxLength: 40 }),
    rest: fc.integer({ min: 0, max: 10 }),
    late: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 50, maxLength: 50 }),
    headroom: fc.constantFrom(undefined, 1, 1.5, 3),
  })
  .map(({ rest, headroom, ...one }) => ({
    ...one,
    percents: [...one.percents, ...new Array<number>(rest).fill(0)],
    maxPowerW: headroom === undefined ? undefined : one.watts * headroom,
  }));

/** The energy in Wh up to the end of an interval, which are numbered from 1. */
export const energyAt = ({ watts, pace, percents }: IntervalSession, n: number): number =>
  percents.slice(0, n).reduce((sum, percent) => sum + (watts * pace * percent) / 360_000, 0);

/** All of the energy in Wh. */
export const trueEnergy = (one: IntervalSession): number => energyAt(one, one.percents.length);

/** When the report of an interval comes; the last one comes with the stop. */
export const reportedAt = ({ pace, percents, late }: IntervalSession, n: number): number =>
  n * pace + (n === percents.length ? 0 : Math.floor(((late[n] ?? 0) * pace) / 100));

/** An interval of so many Wh, in whole ones. */
export const interval = (
  wh: number,
  fields: Partial<SampledValue> = {},
): Partial<SampledValue> => ({
  value: String(Math.round(wh)),
  measurand: 'Energy.Active.Import.Interval',
  ...fields,
});

/** The energy from the end of one interval to that of another. */
export const between = (one: IntervalSession, from: number, to: number): number =>
  energyAt(one, to) - energyAt(one, from);

/** The reports of a session as they should be: each interval once. */
export const trueReports = (one: IntervalSession): readonly Report[] =>
  one.percents.map((_, n) => [reportedAt(one, n + 1), interval(between(one, n, n + 1))]);

/** Readings of some reports, each received at once. */
const readingsOf = (reports: readonly Report[]): readonly MeterReading[] =>
  reports.map(([seconds, ...values]) => ({
    timestamp: timeOf(seconds),
    receivedAt: start + seconds * 1000,
    offline: false,
    sampledValues: values.map((value) => ({
      value: '',
      context: 'Sample.Periodic',
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      multiplier: 0,
      format: 'raw',
      ...value,
    })),
  }));

/** Start and stop of a session, as their messages state them. */
export type StatedEnds = { readonly meterStart?: number; readonly meterStop?: number };

/** The measurement of a session by some reports, and by the states that its connector had from the start on. */
export const measuredBy = (
  { pace, percents, maxPowerW }: IntervalSession,
  reports: readonly Report[],
  { meterStart, meterStop }: StatedEnds = {},
  says: readonly ConnectorState['status'][] = [],
): Metered => {
  const lasted = pace * percents.length;
  const end = (seconds: number, registerWh: number | undefined) => ({
    timestamp: timeOf(seconds),
    receivedAt: start + seconds * 1000,
    ...(registerWh !== undefined && { registerWh }),
  });
  const facts = {
    start: end(0, meterStart),
    stop: end(lasted, meterStop),
    ...(maxPowerW !== undefined && { maxPowerW }),
  };
  const states = says.map((status) => ({ timestamp: timeOf(0), receivedAt: start, status }));
  return measure(pointsOf(readingsOf(reports)), facts, statePointsOf(states, 'UTC'));
};

/** Whether an energy is that of so many Wh, give or take a tenth and 100 Wh. */
export const isAbout = (energy: bigint, wh: number): boolean =>
  Math.abs(Number(energy) / 1000 - wh) <= wh / 10 + 100;

/** Whether a bill is right: its energy is about the true one, or it is held. */
export const isRight = ({ energy, hold }: Metered, wh: number): boolean =>
  hold || isAbout(energy, wh);

/** Whether one of the energies between which an operator chooses is about the true one. */
export const proposes = ({ candidates = [] }: Metered, wh: number): boolean =>
  candidates.some((one) => isAbout(one.energy, wh));
