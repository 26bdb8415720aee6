import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../core/metering/measure.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { at } from './by-minute.ts';
import { codes, endAt, iso, readings, type Taken } from './measured-by-minute.ts';

const runs = { numRuns: 150 };
const power = { maxPowerW: 22_000 };

/** 7 kWh in an hour from 100000 Wh on, read at these minutes. */
const read = (...minutes: readonly number[]): readonly MeterReading[] =>
  readings(...minutes.map((n): Taken => [n, String(registerAt(n))]));

const registerAt = (minutes: number): number => 100_000 + Math.round((minutes * 7000) / 60);

const kWh = ({ energy }: Metered): number => Number(energy) / 1e6;

const metered = (taken: readonly MeterReading[], facts: MeteringFacts): Metered =>
  measure(pointsOf(taken), { ...power, ...facts }, []);

/** The same, dated by a clock that shows another year. */
const datedIn = (year: number, taken: readonly MeterReading[]): readonly MeterReading[] =>
  taken.map((reading) => ({
    ...reading,
    timestamp: reading.timestamp.replace('2026-03-02T10', `${year}-01-01T00`),
  }));

const years = fc.constantFrom(1970, 2010, 2014, 2015, 2016, 2019, 2022, 2025);

describe('readings of a clock that was not set', () => {
  it('a reading of a running session counts by its receipt, whatever year before that its clock shows', () => {
    fc.assert(
      fc.property(years, fc.subarray([0, 1, 2, 3, 4]), (year, wrong) => {
        const minutes = [1, 15, 30, 45, 59];
        const taken = minutes.flatMap((n, index) =>
          wrong.includes(index) ? datedIn(year, read(n)) : read(n),
        );
        const known = metered(taken, { start: endAt(0, 100_000), stop: endAt(60, 107_000) });
        const open = metered(taken, { start: endAt(0, 100_000), stop: endAt(60) });
        const unknown = metered(taken, { start: endAt(0), stop: endAt(60, 107_000) });

        expect([kWh(known), known.hold]).toEqual([7, false]);
        expect([kWh(open), open.hold]).toEqual([6.883, false]);
        expect([kWh(unknown), unknown.hold]).toEqual([6.883, false]);
        if (wrong.length > 0) expect(codes(known)).toContain('TS_EPOCH');
      }),
      runs,
    );
  });

  it('a session whose ends say that nothing flowed is held by readings of any year', () => {
    fc.assert(
      fc.property(years, (year) => {
        const taken = datedIn(year, read(15, 30, 45, 59));
        const result = metered(taken, { start: endAt(0, 100_000), stop: endAt(60, 100_000) });

        expect([kWh(result), result.hold]).toEqual([6.883, true]);
      }),
      { numRuns: 20 },
    );
  });

  it('readings that were kept for days without a connection are billed by their own times', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 40_000 }), (late) => {
        const received = Number(at(late));
        const taken = read(1, 15, 30, 45, 59).map((one) => ({ ...one, receivedAt: received }));
        const ends = {
          start: { ...endAt(0, 100_000), receivedAt: received },
          stop: { ...endAt(60, 107_000), receivedAt: received },
        };
        const result = metered(taken, ends);

        expect([kWh(result), result.hold]).toEqual([7, false]);
        expect(result.series.map(({ at: time }) => new Date(Number(time)).toISOString())).toEqual(
          [0, 1, 15, 30, 45, 59, 60].map(iso),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a reading that is dated too early, but not by more than an hour, takes no energy away', () => {
    fc.assert(
      fc.property(fc.integer({ min: -59, max: 54 }), fc.boolean(), (dated, isKnown) => {
        const [last] = read(59);
        if (last === undefined) return;
        const taken = [...read(1, 15, 30, 45), { ...last, timestamp: iso(dated) }];
        const bound = isKnown ? {} : { maxPowerW: 350_000 };
        const result = metered(taken, { start: endAt(0, 100_000), stop: endAt(60, -1), ...bound });

        if (!result.hold) expect(kWh(result)).toBeGreaterThan(6.2);
      }),
      runs,
    );
  });
});

describe('a stop that is dated too early', () => {
  const early = (minutes: number, wh: number, received = 60) => ({
    ...endAt(minutes, wh),
    receivedAt: Number(at(received)),
  });

  it('readings that name the session and were received before its stop hold it where they show more than it bills', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 59 }),
        fc.constantFrom('same', 'unknown', 'last'),
        fc.constantFrom(0, 3000),
        fc.constantFrom<NonNullable<Taken[2]>>({}, { location: 'Inlet' }),
        (stopped, register, offline, fields) => {
          const minutes = [1, 10, 20, 30, 40, 50, 59];
          const taken = minutes.map((n): Taken => [n, String(registerAt(n)), fields]);
          const heard = (one: MeterReading): MeterReading =>
            offline > 0 ? { ...one, receivedAt: Number(at(offline)) } : one;
          const stated = {
            same: 100_000,
            unknown: -1,
            last: registerAt(minutes.findLast((n) => n <= stopped) ?? 0),
          };
          const start = {
            ...endAt(0, 100_000),
            ...(offline > 0 && { receivedAt: Number(at(offline)) }),
          };
          const stop = early(stopped, stated[register as keyof typeof stated], offline || 60);
          const result = metered(readings(...taken).map(heard), { start, stop });

          if (!result.hold) expect(kWh(result)).toBeGreaterThan(6.883 * 0.85);
        },
      ),
      runs,
    );
  });

  it.each(['Power.Active.Import', 'Energy.Active.Import.Interval'])(
    '%s after the stop contradicts a register that hardly rose',
    (measurand) => {
      const taken = [10, 20, 30, 40, 50].map((n): Taken => [n, '7000', { measurand }]);
      const result = metered(readings([1, '100100'], ...taken), {
        start: endAt(0, 100_000),
        stop: early(5, 100_100),
      });

      expect(result.hold).toBe(true);
      expect(codes(result)).toContain('ENERGY_CONTRADICTED');
    },
  );

  it('what a charger measures after the stop, or receives after it, is no other time of what was measured before', () => {
    const ends = { start: endAt(0, 100_000), stop: endAt(30, registerAt(30)) };
    const later = metered(read(10, 20, 30, 40, 50), ends);
    const standby = metered(readings([10, '101167'], [35, '103540']), {
      start: endAt(0, 100_000),
      stop: early(30, 103_500),
    });

    expect([kWh(later), later.hold]).toEqual([3.5, false]);
    expect([kWh(standby), standby.hold]).toEqual([3.5, false]);
  });

  it('the energy by all receipts is offered where it is more', () => {
    const result = metered(read(1, 30, 59), {
      start: endAt(0, 100_000),
      stop: early(5, 100_117),
    });

    expect(result.candidates?.map(({ by, energy }) => [by, Number(energy)])).toContainEqual([
      'receipts',
      6_883_000,
    ]);
  });
});
