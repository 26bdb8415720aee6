import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  interval,
  intervalSession,
  isRight,
  measuredBy,
  trueEnergy,
  trueReports,
} from './interval-sessions.ts';
import { endAt, measured, type Taken } from './measured-by-minute.ts';

const minutes = Array.from({ length: 13 }, (_, n) => n * 5);

/** An hour of charging at the outlet, read each 5 minutes there and at another place. */
const hourOf = (wh: number, location: string, beside: (minute: number) => number) => {
  const taken = minutes.flatMap((minute): readonly Taken[] => [
    [minute, String(100_000 + Math.round((minute * wh) / 60))],
    [minute, String(Math.round(beside(minute))), { location }],
  ]);
  const facts = { start: endAt(0, 100_000), stop: endAt(60, 100_000 + wh), maxPowerW: 22_000 };
  return measured(facts, ...taken);
};

const energy = fc.integer({ min: 1000, max: 22_000 });

describe('a register that shows more than what all of its energy came through', () => {
  it('a session is held where the meter of the inlet, the body or the cable shows less than half of its register', () => {
    const place = fc.constantFrom('Inlet', 'Body', 'Cable');
    fc.assert(
      fc.property(energy, place, fc.integer({ min: 10, max: 50 }), (wh, location, percent) => {
        const result = hourOf(wh, location, (minute) => 7e5 + (minute * wh * percent) / 6000);
        if ((wh * percent) / 100 < 100) return;
        const beyond = (wh * 11) / 12 - (wh * percent * 1.25) / 100 - 250;
        // Readings are whole Wh.
        if (Math.abs(beyond) > 10) expect(result.hold).toBe(beyond > 0);
      }),
      { examples: [[14_000, 'Inlet', 50]] },
    );
  });

  it('a session is held where the vehicle shows less than a third of its register and 1 kWh less, but not for what is lost on the way', () => {
    for (const [percent, isHeld] of [
      [10, true],
      [20, true],
      [50, false],
      [90, false],
    ] as const) {
      const result = hourOf(14_000, 'EV', (minute) => 9e5 + (minute * 14_000 * percent) / 6000);
      expect([percent, result.hold]).toEqual([percent, isHeld]);
    }
  });

  it('a session is not held for a meter on the way that shows at most 15 % less, is a reading late, counts in steps or stands still', () => {
    const place = fc.constantFrom('Inlet', 'Body', 'Cable', 'EV');
    const step = fc.constantFrom(1, 10, 100, 1000);
    fc.assert(
      fc.property(
        energy,
        place,
        fc.integer({ min: 86, max: 115 }),
        fc.nat(5),
        step,
        (wh, location, percent, late, size) => {
          const shown = (minute: number) =>
            Math.floor((5e5 + (Math.max(minute - late, 0) * wh * percent) / 6000) / size) * size;
          expect(hourOf(wh, location, shown)).toMatchObject({
            energy: BigInt(wh) * 1000n,
            hold: false,
          });
          expect(hourOf(wh, location, () => 5e5).hold).toBe(false);
        },
      ),
    );
  });
});

describe('a register that shows more than intervals without a gap', () => {
  it('a session is held where its register shows a half more and 1 kWh than the intervals of the same place, whatever its charger can deliver', () => {
    const more = fc.record({ one: intervalSession, times: fc.integer({ min: 3, max: 10 }) });
    fc.assert(
      fc.property(more, ({ one, times }) => {
        const wh = Math.round(trueEnergy(one));
        const meterStop = 100_000 + Math.round(wh * (times / 2)) + 1000;
        const ends = { meterStart: 100_000, meterStop };
        const result = measuredBy({ ...one, maxPowerW: undefined }, trueReports(one), ends);
        expect(result.hold).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('a session is not held for honest intervals: late, coarse, in kWh, of which the first or the last is missing, or that are 0 throughout', () => {
    const told = fc.record({
      one: intervalSession,
      size: fc.constantFrom(1, 10, 100),
      lost: fc.constantFrom('none', 'first', 'last', 'all'),
      isInKwh: fc.boolean(),
      lag: fc.constantFrom(0, 1),
    });
    fc.assert(
      fc.property(told, ({ one, size, lost, isInKwh, lag }) => {
        const whs = one.percents.map((percent) => (one.watts * one.pace * percent) / 360_000);
        const reports = trueReports(one).map(([seconds], n) => {
          const wh = Math.floor((whs[n - lag] ?? 0) / size) * size;
          return [seconds, interval(0, { value: String(isInKwh ? wh / 1000 : wh) })] as const;
        });
        const kept = {
          none: reports,
          first: reports.slice(1),
          last: reports.slice(0, -1),
          all: reports.map(([seconds]) => [seconds, interval(0)] as const),
        }[lost];
        const ends = { meterStart: 100_000, meterStop: 100_000 + Math.round(trueEnergy(one)) };
        const result = measuredBy({ ...one, maxPowerW: 22_000 * 3 }, kept, ends);
        expect([result.hold, isRight(result, trueEnergy(one))]).toEqual([false, true]);
      }),
      { numRuns: 300 },
    );
  });
});
