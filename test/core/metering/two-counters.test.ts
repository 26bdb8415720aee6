import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

const runs = { numRuns: 200 };
const power = fc.constantFrom({}, { maxPowerW: 22_000 });

/** Two registers that are read in turn, from different numbers on, each by its own energy in Wh over an hour. */
const inTurn = (low: number, lowWh: number, high: number, highWh: number): readonly Taken[] =>
  [5, 10, 15, 20, 25, 30, 35, 40, 45].map((minutes, n): Taken => {
    const [from, wh] = n % 2 === 0 ? [low, lowWh] : [high, highWh];
    return [minutes, String(from + Math.round((wh * minutes) / 60))];
  });

describe('two counters that a charger reports in turn', () => {
  it('two counters that show different energies are held, whichever of them start and stop state', () => {
    let contradicted = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 0, max: 9000 }),
        fc.boolean(),
        power,
        (low, high, isLow, bound) => {
          const [from, wh] = isLow ? [40_000, low] : [140_000, high];
          const facts = { ...bound, start: endAt(0, from), stop: endAt(60, from + wh) };
          const { hold, energy } = measured(facts, ...inTurn(40_000, low, 140_000, high));
          const other = isLow ? high : low;
          if (hold) contradicted += 1;
          // Over half of the hour, with its rounding.
          else if (other > 500) expect(other).toBeLessThan((Number(energy) / 1000) * 1.4 + 600);
        },
      ),
      runs,
    );
    expect(contradicted).toBeGreaterThan(100);
  });

  it('two counters of one energy are billed as one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 9000 }), (wh) => {
        const facts = {
          maxPowerW: 22_000,
          start: endAt(0, 40_000),
          stop: endAt(60, 40_000 + wh),
        };
        const result = measured(facts, ...inTurn(40_000, wh, 140_000, wh));

        expect(result).toMatchObject({ energy: BigInt(wh) * 1000n, hold: false });
        expect(codes(result)).toContain('TWO_COUNTERS');
      }),
      { numRuns: 50 },
    );
  });

  it('a register that some readings show in kWh, beside a start of 0, is not billed for all that it shows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 40_000 }),
        fc.integer({ min: 100, max: 9000 }),
        fc.subarray([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], { minLength: 2 }),
        (from, wh, inKwh) => {
          const taken = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110].map((minutes): Taken => {
            const register = from * 1000 + Math.round((wh * minutes) / 120);
            return [minutes, String(inKwh.includes(minutes) ? register / 1000 : register)];
          });
          const facts = { maxPowerW: 22_000, start: endAt(0, 0), stop: endAt(120, -1) };
          const { hold, energy } = measured(facts, ...taken);

          if (!hold && inKwh.length < 11) expect(Number(energy)).toBeLessThan(wh * 1150 + 200_000);
        },
      ),
      runs,
    );
  });

  it.each([65_535, 2_147_483_647, 4_294_967_295])(
    'a start and a stop of %i Wh without a reading are unknown, not a session without energy',
    (mark) => {
      const result = measured({ start: endAt(0, mark), stop: endAt(60, mark) });

      expect(result.hold).toBe(true);
      expect(codes(result)).toEqual(['NO_METER_DATA', 'NO_VALUE']);
    },
  );

  it('one end of 65535 Wh that is not near the other is unknown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_001, max: 60_000 }), fc.boolean(), (far, isStart) => {
        const [start, stop] = isStart ? [65_535, 65_535 + far] : [65_535 - far, 65_535];
        const result = measured({ start: endAt(0, start), stop: endAt(180, stop) });

        expect(result.hold).toBe(true);
        expect(codes(result)).toContain('NO_VALUE');
      }),
      { numRuns: 30 },
    );
  });
});
