import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

/** Whole Wh that a power delivers in some minutes. */
const delivered = (watts: number, minutes: number): number => Math.floor((watts * minutes) / 60);

/** An hour of charging, read every five minutes, from a register on. */
const taken = (from: number, watts: number): readonly Taken[] =>
  Array.from({ length: 11 }, (_, n) => [(n + 1) * 5, String(from + delivered(watts, (n + 1) * 5))]);

describe('one step of a session that is far steeper than the others', () => {
  it.each([0, 40, undefined])(
    'a start of %s Wh before a register of years holds the CDR, and the running energy does not show that',
    (meterStart) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 25_000, max: 5_000_000 }),
          fc.integer({ min: 0, max: 22_000 }),
          (from, watts) => {
            const readings = taken(from, watts);
            const stop = endAt(60, from + delivered(watts, 60));
            const result = measured({ start: endAt(0, meterStart), stop }, ...readings);
            const running = measured({ start: endAt(0, meterStart) }, ...readings);

            if (meterStart !== undefined) expect(result.hold).toBe(true);
            expect(running.energy).toBeLessThanOrEqual(BigInt(delivered(watts, 60)) * 1000n);
          },
        ),
        { numRuns: 50 },
      );
    },
  );

  it('a session counter that becomes the register of the meter on the way holds the CDR', () => {
    const readings: readonly Taken[] = [
      [15, '2565'],
      [30, '42565'],
      [45, '42565'],
    ];

    expect(codes(measured({ start: endAt(0, 0), stop: endAt(60, 42_565) }, ...readings))).toEqual([
      'ENERGY_CONTRADICTED',
    ]);
  });

  it('a vehicle that begins or goes on up to three times as fast is billed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 50_000, max: 150_000 }), { minLength: 4, maxLength: 12 }),
        fc.integer({ min: 1, max: 15 }),
        (powers, every) => {
          let register = 500_000;
          const readings = powers.map((watts, n): Taken => {
            register += delivered(watts, every);
            return [(n + 1) * every, String(register)];
          });
          const minutes = (powers.length + 1) * every;
          fc.pre(register - 500_000 < 300_000);
          const ends = { start: endAt(0, 500_000), stop: endAt(minutes, register) };

          expect(codes(measured(ends, ...readings))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
