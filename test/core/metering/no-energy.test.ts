import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metered } from '../../../core/metering/model/metered.ts';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

const runs = { numRuns: 400 };

/** A register that rises by at least 2 kWh in the hour, at up to 22 kW, read from the first minute to the last. */
const course: fc.Arbitrary<readonly Taken[]> = fc
  .record({
    from: fc.constantFrom(0, 1, 40_000, 100_000, 65_000, 3_000_000),
    rises: fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 3, maxLength: 12 }),
  })
  .filter(({ rises }) => rises.reduce((sum, rise) => sum + rise, 0) >= 2000)
  .map(({ from, rises }) => {
    let register = from;
    return [0, ...rises].map((rise, index): Taken => {
      register += rise;
      return [1 + index * 4, String(register)];
    });
  });

const fields = fc.constantFrom(
  {},
  { location: 'Inlet' },
  { location: 'Body' },
  { measurand: 'Energy.Active.Net' },
  { context: 'Trigger' },
);

const register = fc.constantFrom(
  undefined,
  -1,
  0,
  1,
  5,
  40_000,
  65_535,
  2_147_483_647,
  4_294_967_295,
);

/** Start and stop register in Wh, if the messages state them. */
const ends = fc
  .tuple(register, fc.nat(90))
  .map(
    ([start, more]) => [start, start === undefined || start < 0 ? start : start + more] as const,
  );

const power = fc.constantFrom({}, { maxPowerW: 22_000 });

/** True if nothing about a register contradicts it: it shows at least a third of something else, which of intervals is as much, give or take a quarter and 250 Wh. */
const agree = (wh: number, others: number, isNet: boolean): boolean =>
  others <= wh * 3 && (isNet || wh <= others * 1.25 + 250);

/** A place whose register stands still, beside the one that rises. */
const beside = (start: number | undefined): readonly Taken[] =>
  [0, 30, 60].map((minutes): Taken => [minutes, String(start ?? 0)]);

/** Expects what is measured as next to nothing to be held; says whether it was. */
const expectHeldIfSmall = ({ energy, hold }: Metered): number => {
  if (energy >= 100_000n) return 0;
  expect(hold).toBe(true);
  return 1;
};

describe('a session that is billed for no energy, or next to none', () => {
  it('a session is billed for no energy only without readings of a rising register, whatever start and stop show', () => {
    let held = 0;
    fc.assert(
      fc.property(course, fields, ends, power, (taken, field, [start, stop], bound) => {
        const readings = taken.map(([minutes, value]): Taken => [minutes, value, field]);
        const facts = { start: endAt(0, start), stop: endAt(60, stop), ...bound };
        held += expectHeldIfSmall(measured(facts, ...readings));
        const isOfOutlet = !('location' in field);
        if (!isOfOutlet) held += expectHeldIfSmall(measured(facts, ...readings, ...beside(start)));
      }),
      runs,
    );
    expect(held).toBeGreaterThan(10);
  });

  it('a session is billed for no energy only without power and intervals that contradict it', () => {
    let held = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('Power.Active.Import', 'Energy.Active.Import.Interval'),
        fc.integer({ min: 1500, max: 3000 }),
        register,
        (measurand, value, wh) => {
          const taken = [10, 20, 30, 40, 50, 60].map(
            (minutes): Taken => [
              minutes,
              String(value),
              { measurand, unit: measurand.startsWith('Power') ? 'W' : 'Wh' },
            ],
          );
          const facts = { start: endAt(0, wh), stop: endAt(60, wh), maxPowerW: 22_000 };
          held += expectHeldIfSmall(measured(facts, ...taken));
        },
      ),
      runs,
    );
    expect(held).toBeGreaterThan(10);
  });

  it('a session is billed for little energy only without intervals and a net register that show more than three times as much', () => {
    let held = 0;
    const minutes = [10, 20, 30, 40, 50, 60];
    const unit = { unit: 'Wh' };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_500 }),
        fc.integer({ min: 0, max: 3_000 }),
        fc.boolean(),
        power,
        (wh, value, isNet, bound) => {
          const measurand = isNet ? 'Energy.Active.Net' : 'Energy.Active.Import.Interval';
          const taken = minutes.map(
            (minute, index): Taken => [
              minute,
              String(isNet ? value * index : value),
              { measurand, ...unit },
            ],
          );
          const still = minutes.map(
            (minute, index): Taken => [
              minute,
              String(50_000 + Math.floor((wh * (index + 1)) / minutes.length)),
              unit,
            ],
          );
          const facts = { start: endAt(0, 50_000), stop: endAt(60, 50_000 + wh), ...bound };
          const { hold, anomalies } = measured(facts, ...still, ...taken);

          const isContradicted = anomalies.some(({ code }) => code === 'ENERGY_CONTRADICTED');
          if (value * 5 > wh * 3 + 1_000) expect([isContradicted, hold]).toEqual([true, true]);
          if (agree(wh, value * 6, isNet)) expect(isContradicted).toBe(false);
          held += isContradicted ? 1 : 0;
        },
      ),
      runs,
    );
    expect(held).toBeGreaterThan(50);
  });

  it.each([
    ['Power.Active.Import', 'W', 11_000],
    ['Current.Import', 'A', 32],
  ])(
    '%s contradicts no energy, and little, however rarely it is read',
    (measurand, unit, value) => {
      let held = 0;
      const often = fc.integer({ min: 1, max: 90 });
      fc.assert(
        fc.property(often, fc.integer({ min: 0, max: 300 }), power, (every, wh, bound) => {
          const minutes = Array.from({ length: 4 }, (_, n) => n * every);
          const taken = minutes.map((n): Taken => [n, String(value), { measurand, unit }]);
          const facts = {
            start: endAt(0, 100_000),
            stop: endAt(every * 3, 100_000 + wh),
            ...bound,
          };
          const result = measured(facts, ...taken);
          if (every >= 20) expect(result.hold).toBe(true);
          held += result.hold ? 1 : 0;
        }),
        { numRuns: 60 },
      );
      expect(held).toBeGreaterThan(10);
    },
  );

  it('a vehicle that charged at some readings of its power, hours apart, and was full in between is billed by its register', () => {
    const taken = [0, 180, 360, 540].map(
      (minutes): Taken => [
        minutes,
        minutes === 180 ? '0' : '11000',
        { measurand: 'Power.Active.Import', unit: 'W' },
      ],
    );
    const facts = { start: endAt(0, 0), stop: endAt(540, 9000), maxPowerW: 22_000 };

    expect(measured(facts, ...taken)).toMatchObject({ energy: 9_000_000n, hold: false });
  });

  it.each([
    ['Outlet', 'Cable', 1600, true],
    ['Outlet', 'EV', 1600, true],
    ['Outlet', 'EV', 1150, false],
    ['Outlet', 'Inlet', 4000, false],
    ['Outlet', 'Inlet', 6000, true],
    ['Outlet', 'Body', 6000, true],
  ])(
    'a register of %s of 1 kWh beside one of %s of %i Wh is held: %s',
    (billed, beside, wh, isHeld) => {
      const at = (minutes: number, register: number, location: string): Taken => [
        minutes,
        String(register),
        { location, unit: 'Wh' },
      ];
      const taken = [0, 20, 40, 60].flatMap((minutes) => [
        at(minutes, 100_000 + Math.round((minutes * 1000) / 60), billed),
        at(minutes, 5000 + Math.round((minutes * wh) / 60), beside),
      ]);
      const facts = { start: endAt(0, 100_000), stop: endAt(60, 101_000), maxPowerW: 22_000 };

      expect(measured(facts, ...taken)).toMatchObject({ energy: 1_000_000n, hold: isHeld });
    },
  );

  it('power over a part of the session contradicts a register that shows a ninth of it', () => {
    const taken = [0, 6, 12, 18, 24].map(
      (minutes): Taken => [minutes, '11000', { measurand: 'Power.Active.Import', unit: 'W' }],
    );
    const facts = { start: endAt(0, 100_000), stop: endAt(60, 100_500), maxPowerW: 22_000 };

    expect(measured(facts, ...taken).hold).toBe(true);
  });

  it('a session is billed for no energy if everything agrees', () => {
    const still = [10, 20, 30].map((minutes): Taken => [minutes, '40000']);
    const facts = { start: endAt(0, 40_000), stop: endAt(60, 40_000), maxPowerW: 22_000 };

    expect(codes(measured(facts, ...still))).toEqual(['ZERO_ENERGY']);
  });
});
