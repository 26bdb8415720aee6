import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable } from '../../../core/metering/energy/is-more.ts';
import { measure } from '../../../core/metering/measure.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { asShown } from '../../../core/session/shown-energy.ts';
import { ascending } from '../../../core/units/ascending.ts';
import { arbitraryReadings, runningFacts } from './arbitrary-readings.ts';
import { endAt, measured, type Taken } from './measured-by-minute.ts';

const runs = { numRuns: 400 };
const jitter = 10_000n;
const quarterHour = 15 * 60_000;

const energies = (readings: readonly MeterReading[], facts = runningFacts): readonly bigint[] =>
  readings.map((_, index) => measure(pointsOf(readings.slice(0, index + 1)), facts, []).energy);

const { maxPowerW: _none, ...unregistered } = runningFacts;

/** A report of a charger: an interval, its register, or both. */
type Told = 'interval' | 'register' | 'both';

/** A session of which intervals are reported, and registers here and there. */
type WithIntervals = {
  readonly steps: readonly (readonly [Told, number])[];
  readonly pace: number;
  readonly context: string;
  readonly isCounter: boolean;
  readonly hasStart: boolean;
  readonly hasStop: boolean;
  readonly maxPowerW: number | undefined;
};

const sessionWithIntervals: fc.Arbitrary<WithIntervals> = fc.record({
  steps: fc.array(
    fc.tuple(
      fc.constantFrom<Told>('interval', 'interval', 'register', 'both'),
      fc.integer({ min: 0, max: 3000 }),
    ),
    { minLength: 1, maxLength: 12 },
  ),
  pace: fc.integer({ min: 9, max: 15 }),
  context: fc.constantFrom('Sample.Periodic', 'Sample.Clock'),
  isCounter: fc.constantFrom(false, false, false, true),
  hasStart: fc.boolean(),
  hasStop: fc.boolean(),
  maxPowerW: fc.constantFrom(undefined, 22_000),
});

const risenTo = ({ steps }: WithIntervals, n: number): number =>
  steps.slice(0, n + 1).reduce((sum, [, rise]) => sum + rise, 0);

const takenOf = (one: WithIntervals): readonly Taken[] =>
  one.steps.flatMap(([told, rise], n): readonly Taken[] => {
    const minutes = (n + 1) * one.pace;
    const fields = { measurand: 'Energy.Active.Import.Interval', context: one.context };
    const interval: Taken = [minutes, String(one.isCounter ? risenTo(one, n) : rise), fields];
    const register: Taken = [minutes, String(100_000 + risenTo(one, n))];
    return [...(told === 'register' ? [] : [interval]), ...(told === 'interval' ? [] : [register])];
  });

const endsOf = (one: WithIntervals) => {
  const { steps, pace, hasStart, hasStop, maxPowerW } = one;
  const facts = {
    start: endAt(0, hasStart ? 100_000 : undefined),
    ...(maxPowerW !== undefined && { maxPowerW }),
  };
  const register = hasStop ? 100_000 + risenTo(one, steps.length) : undefined;
  return { facts, stop: endAt(steps.length * pace, register) };
};

/** The most energy that a CDR bills, or proposes to bill where it is held. */
const mostSaid = ({ energy, hold, candidates = [] }: Metered): bigint => {
  const said = hold ? candidates.map((one) => one.energy) : [];
  return [energy, ...said].toSorted(ascending).at(-1) ?? 0n;
};

describe('the energy of a running session', () => {
  it.each([
    ['a charger of 22 kW', runningFacts],
    ['a charger of which nothing is registered', unregistered],
  ])(
    'the energy of an active session never falls, whatever quirks the readings of %s have',
    (_words, facts) => {
      fc.assert(
        fc.property(arbitraryReadings, (readings) => {
          const course = energies(readings, { ...runningFacts, ...facts });
          for (const [index, energy] of course.entries()) {
            expect(energy).toBeGreaterThanOrEqual(course[index - 1] ?? 0n);
          }
        }),
        runs,
      );
    },
  );

  it('the energy of an active session never falls, whatever zone the clock of its charger shows', () => {
    let shifted = 0;
    const quarters = fc.integer({ min: -56, max: 56 });
    fc.assert(
      fc.property(arbitraryReadings, quarters, (readings, offset) => {
        const elsewhere = (timestamp: string) =>
          new Date(Date.parse(timestamp) + offset * quarterHour).toISOString();
        const taken = readings.map((reading) => ({
          ...reading,
          timestamp: elsewhere(reading.timestamp),
          receivedAt: Date.parse(reading.timestamp) + 500,
        }));
        const { start } = runningFacts;
        const facts = {
          ...runningFacts,
          start: { ...start, timestamp: elsewhere(start.timestamp) },
        };
        const course = energies(taken, facts);

        for (const [index, energy] of course.entries()) {
          expect(energy).toBeGreaterThanOrEqual(course[index - 1] ?? 0n);
        }
        const { anomalies } = measure(pointsOf(taken), facts, []);
        if (anomalies.some(({ code }) => code === 'TS_CONST_OFFSET')) shifted += 1;
      }),
      runs,
    );
    expect(shifted).toBeGreaterThan(100);
  });

  it('the energy that is shown of an active session never falls and never exceeds what the CDR bills, in whatever order its readings arrive', () => {
    const { start } = runningFacts;
    const { registerWh: _unknown, ...startWithout } = start;
    const known = fc.constantFrom(runningFacts, unregistered, {
      ...unregistered,
      start: startWithout,
    });
    const delays = fc.array(fc.nat(8), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(arbitraryReadings, delays, known, fc.nat(200), (taken, late, facts, rise) => {
        const arrived = taken
          .map((reading, n) => ({ reading, at: n + (late[n] ?? 0) }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ reading }) => reading);
        let shown = 0n;
        for (const n of arrived.keys()) {
          const sofar = measure(pointsOf(arrived.slice(0, n + 1)), facts, []);
          const { energy, series } = asShown(sofar, shown);
          expect(energy).toBeGreaterThanOrEqual(shown);
          if (energy > 0n) expect(series.at(-1)?.energy).toBe(energy);
          shown = energy;
        }
        const end = Date.parse(start.timestamp) + (taken.length + 1) * 60_000;
        const stop = {
          timestamp: new Date(end).toISOString(),
          receivedAt: end,
          registerWh: registerAfter(taken) + rise,
        };
        const final = measure(pointsOf(taken), { ...facts, stop }, []);
        if (!final.hold) expect(shown).toBeLessThanOrEqual(final.energy + jitter);
      }),
      runs,
    );
  });

  it('the energy of an active session never exceeds what the CDR bills', () => {
    fc.assert(
      fc.property(arbitraryReadings, fc.nat(200), (readings, rise) => {
        const last = registerAfter(readings) + rise;
        const end = Date.parse(runningFacts.start.timestamp) + (readings.length + 1) * 60_000;
        const stop = {
          timestamp: new Date(end).toISOString(),
          receivedAt: end,
          registerWh: last,
        };
        const final = measure(pointsOf(readings), { ...runningFacts, stop }, []);

        fc.pre(!final.hold);
        const running = measure(pointsOf(readings), runningFacts, []).energy;
        expect(running).toBeLessThanOrEqual(final.energy + jitter);
      }),
      runs,
    );
  });

  it('the energy of an active session never falls, whatever shows energy before the register does', () => {
    const measurands = fc.constantFrom(
      'Power.Active.Import',
      'Energy.Active.Import.Interval',
      'Energy.Active.Import.Register',
      'Current.Import',
    );
    const taken = fc.array(fc.tuple(measurands, fc.integer({ min: 0, max: 200 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(taken, fc.integer({ min: 2, max: 15 }), (steps, pace) => {
        let register = 100_000;
        const at = (index: number) =>
          Date.parse(runningFacts.start.timestamp) + (index + 1) * pace * 60_000;
        const readings = steps.map(([measurand, rise], index) => {
          register += rise;
          const value = measurand.endsWith('Register') ? register : rise * 20;
          return readingOf(at(index), measurand, value);
        });
        const course = energies(readings);
        for (const [index, energy] of course.entries()) {
          expect(energy).toBeGreaterThanOrEqual(course[index - 1] ?? 0n);
        }
        const end = at(steps.length);
        const stop = {
          timestamp: new Date(end).toISOString(),
          receivedAt: end,
          registerWh: register,
        };
        const hasIntervals = steps.some(([measurand]) => measurand.endsWith('Interval'));
        const final = measure(pointsOf(readings), { ...runningFacts, stop }, []);
        if (!hasIntervals) expect(course.at(-1)).toBeLessThanOrEqual(final.energy + jitter);
      }),
      runs,
    );
  });

  it('the energy that is shown of an active session never exceeds what the CDR bills or proposes where intervals come before the register, whatever is known of its ends', () => {
    let held = 0;
    let sealed = 0;
    fc.assert(
      fc.property(sessionWithIntervals, (one) => {
        const taken = takenOf(one);
        const { facts, stop } = endsOf(one);
        let shown = 0n;
        for (const n of taken.keys()) {
          shown = asShown(measured(facts, ...taken.slice(0, n + 1)), shown).energy;
        }
        const final = measured({ ...facts, stop }, ...taken);
        const most = mostSaid(final);
        // Two quantities of one meter are only compared from 100 Wh on, and a tenth is within their faults.
        const slack = one.hasStart ? most / 10n + comparable : comparable;
        expect(shown).toBeLessThanOrEqual(most + slack);
        if (final.hold) held += 1;
        else sealed += 1;
      }),
      runs,
    );
    expect(sealed).toBeGreaterThan(20);
    expect(held).toBeGreaterThan(20);
  });

  it('the energy of an active session never exceeds what was charged where some of its readings are in kWh and say Wh', () => {
    const mixed = fc.record({
      from: fc.constantFrom(100_000, 7_654_321, 40_000_000),
      watts: fc.integer({ min: 1400, max: 22_000 }),
      every: fc.constantFrom(5, 15),
      inKwh: fc.array(fc.boolean(), { minLength: 2, maxLength: 8 }),
      decimals: fc.constantFrom(0, 3),
    });
    fc.assert(
      fc.property(mixed, ({ from, watts, every, inKwh, decimals }) => {
        const registerAt = (minutes: number) => from + Math.floor((watts * minutes) / 60);
        const taken = inKwh.map((isKwh, n): Taken => {
          const register = registerAt((n + 1) * every);
          return [
            (n + 1) * every,
            isKwh ? (Math.floor(register) / 1000).toFixed(decimals) : String(register),
          ];
        });
        const facts = { start: endAt(0, from) };
        const course = taken.map((_, n) => measured(facts, ...taken.slice(0, n + 1)).energy);
        const truth = registerAt(inKwh.length * every) - from;

        for (const energy of course) expect(energy).toBeLessThanOrEqual(BigInt(truth) * 1000n);
      }),
    );
  });

  it('the energy of an active session rises evenly if two registers of one meter are reported in turn', () => {
    const at = (minutes: number) => Date.parse(runningFacts.start.timestamp) + minutes * 60_000;
    const readings = [
      [10, 101_166],
      [15, 101_750],
      [20, 2333],
      [25, 102_917],
      [30, 3500],
    ].map(([minutes = 0, value = 0]) =>
      readingOf(at(minutes), 'Energy.Active.Import.Register', value),
    );

    expect(energies(readings).map((energy) => Number(energy) / 1000)).toEqual([
      1166, 1750, 1750, 2917, 3500,
    ]);
  });
});

/** A reading of one value that was received as it was taken, in epoch ms. */
const readingOf = (at: number, measurand: string, value: number): MeterReading => ({
  timestamp: new Date(at).toISOString(),
  receivedAt: at,
  offline: false,
  sampledValues: [
    {
      value: String(value),
      context: 'Sample.Periodic',
      measurand,
      location: 'Outlet',
      multiplier: 0,
      format: 'raw',
    },
  ],
});

/** The true register after readings a minute apart: the highest of those that can be true. */
const registerAfter = (readings: readonly MeterReading[]): number =>
  Math.max(
    100_000,
    ...readings
      .flatMap(({ sampledValues }) => sampledValues)
      .filter(({ measurand }) => measurand === 'Energy.Active.Import.Register')
      .map(({ value, unit }) => Number(value.replace(',', '.')) * (unit === 'kWh' ? 1000 : 1))
      .filter((wh) => wh < 200_000)
      // The session's own counter counts from zero, and never as far as this.
      .map((wh) => Math.floor(wh < 10_000 ? wh + 100_000 : wh)),
  );
