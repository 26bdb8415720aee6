import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

/** Whole Wh after some minutes. */
const delivered = (watts: number, minutes: number): number => Math.floor((watts * minutes) / 60);

describe('a start whose register is far below that of the readings', () => {
  it('a start that the first readings cannot have gone on from is held, also where later ones could have by then', () => {
    fc.assert(
      fc.property(
        fc.record({
          from: fc.constantFrom(10_000, 123_456, 4_567_890),
          below: fc.integer({ min: 3000, max: 9000 }),
          watts: fc.integer({ min: 1400, max: 11_000 }),
          minutes: fc.integer({ min: 30, max: 300 }),
        }),
        ({ from, below, watts, minutes }) => {
          const taken = Array.from(
            { length: minutes - 1 },
            (_, n): Taken => [n + 1, String(from + delivered(watts, n + 1))],
          );
          const stop = endAt(minutes, from + delivered(watts, minutes));
          const result = measured(
            { maxPowerW: 22_000, start: endAt(0, from - below), stop },
            ...taken,
          );

          expect(codes(result)).not.toContain('TWO_COUNTERS');
          expect(result.hold).toBe(true);
        },
      ),
    );
  });
});

describe('a start at 0 of which one reading is all that follows', () => {
  it('a register of years is not billed as a session, whether the stop shows it or nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1),
        fc.integer({ min: 40_000, max: 290_000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (start, lifetime, minutes, isStopKnown) => {
          const stop = endAt(60, isStopKnown ? lifetime : undefined);
          const result = measured({ start: endAt(0, start), stop }, [minutes, String(lifetime)]);

          expect(result.hold).toBe(true);
        },
      ),
    );
  });
});

describe('a start or a stop that is a mark of "unknown"', () => {
  it.each([65_535, 2_147_483_647, 4_294_967_295])(
    'a stop of %i that no reading is near to is unknown, and the session is held without readings',
    (mark) => {
      const from = mark - 40_000;
      const result = measured({ start: endAt(0, from), stop: endAt(60, mark) });

      expect(codes(result)).toEqual(['NO_METER_DATA', 'NO_VALUE']);
      expect(result.energy).toBe(0n);
    },
  );

  it.each([1_000_000_000, 4_294_967_296])(
    'a stop at 0 a little before a register runs over at %i Wh is more likely "unknown" than that moment, and held',
    (modulus) => {
      const run = (to: number) =>
        measured({ maxPowerW: 22_000, start: endAt(0, modulus - 5000), stop: endAt(60, to) });

      expect(codes(run(0))).toContain('REG_RESET');
      expect(run(0).hold).toBe(true);
      expect(run(1)).toMatchObject({ hold: false, energy: 5_001_000n });
    },
  );

  it.each([
    ['a reading and the stop', [[59, '0']], 0],
    [
      'two readings and no register of the stop',
      [
        [55, '0'],
        [59, '0'],
      ],
      undefined,
    ],
  ] as const)(
    'a register that is 0 to the end next to where it runs over is as unknown as at one 0, and held: %s',
    (_which, last, stop) => {
      const begin = 999_995_000;
      const facts = { maxPowerW: 22_000, start: endAt(0, begin), stop: endAt(60, stop) };
      const result = measured(facts, [30, String(begin + 2000)], ...last);

      expect(codes(result)).not.toContain('REG_ROLLOVER');
      expect(result.hold).toBe(true);
    },
  );

  it('a stop or a reading that states the same mark as a start which is unknown is unknown, too, however near to it the register is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(65_535, 2_147_483_647, 4_294_967_295),
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 500, max: 20_000 }),
        fc.constantFrom([], [59]),
        (mark, below, energy, late) => {
          const to = mark - below;
          const readings = [0, 1, 2, 3, 4].map(
            (n): Taken => [2 + n * 14, String(to - energy + Math.floor((energy * n) / 4))],
          );
          const marked = late.map((minute): Taken => [minute, String(mark)]);
          const result = measured(
            { start: endAt(0, mark), stop: endAt(60, mark) },
            ...readings,
            ...marked,
          );

          expect(result.energy).toBeLessThanOrEqual(BigInt(energy) * 1000n);
          expect(codes(result)).toContain('NO_VALUE');
        },
      ),
    );
  });

  it('a register that passes 65535 Wh is billed at it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.boolean(), (energy, isStart) => {
        const [from, to] = isStart ? [65_535, 65_535 + energy] : [65_535 - energy, 65_535];
        const result = measured({ start: endAt(0, from), stop: endAt(60, to) });

        expect(result.energy).toBe(BigInt(energy) * 1000n);
        expect(codes(result)).not.toContain('NO_VALUE');
      }),
    );
  });
});
