import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milliWattHours } from '../../../core/units/energy.ts';
import { codes, endAt, measured, type Taken } from './measured-by-minute.ts';

const wh = (register: number) => milliWattHours(BigInt(register) * 1000n);

/** A session and the one before it on the connector, of one register in Wh that goes on. */
const follows = fc
  .record({
    /** The register at the start of the session before. */
    began: fc.integer({ min: 11, max: 5_000_000 }),
    /** Wh of the session before. */
    before: fc.integer({ min: 0, max: 40_000 }),
    watts: fc.integer({ min: 1500, max: 20_000 }),
    minutes: fc.integer({ min: 60, max: 300 }),
    maxPowerW: fc.constantFrom(undefined, 22_000),
  })
  .map(({ watts, ...one }) => {
    const from = one.began + one.before;
    const energy = Math.floor((watts * one.minutes) / 60);
    return { ...one, energy, from, to: from + energy };
  });
type Follows = typeof follows extends fc.Arbitrary<infer T> ? T : never;

const factsOf = ({ began, from, minutes, maxPowerW }: Follows, start?: number, stop?: number) => ({
  ...(maxPowerW !== undefined && { maxPowerW }),
  previousRegister: wh(from),
  ...((start === undefined || start < began) && { previousStart: wh(began) }),
  start: endAt(0, start),
  stop: endAt(minutes, stop),
});

/** Readings of a register that rises evenly from one value to another, every few minutes. */
const evenly = (from: number, to: number, minutes: number, every: number): readonly Taken[] =>
  Array.from({ length: Math.ceil(minutes / every) - 1 }, (_, n): Taken => {
    const minute = (n + 1) * every;
    return [minute, String(from + Math.floor(((to - from) * minute) / minutes))];
  });

describe('a session whose ends the previous session of its connector contradicts', () => {
  it('a start below the previous session is held where the register goes on from the end of that one, with readings or without', () => {
    fc.assert(
      fc.property(
        follows,
        fc.constantFrom('zero', 'kWh'),
        fc.boolean(),
        fc.boolean(),
        (one, shows, isRead, isStopRepeated) => {
          const start = shows === 'zero' ? 0 : Math.floor(one.from / 1000);
          fc.pre(start + 10 < one.began);
          const taken = isRead ? evenly(one.from, one.to, one.minutes, 15) : [];
          const stop = isStopRepeated ? one.from : one.to;

          expect(measured(factsOf(one, start, stop), ...taken).hold).toBe(true);
        },
      ),
    );
  });

  it('a first reading below the previous session is held where the start is unknown, and the register leaps to the end of that one', () => {
    fc.assert(
      fc.property(follows, (one) => {
        const result = measured(factsOf(one, undefined, one.to), [5, '0']);

        expect(codes(result)).toContain('REG_START_CONTRADICTED');
      }),
    );
  });

  it('a stop in kWh is named and held where it is a thousandth of where the previous session ended', () => {
    fc.assert(
      fc.property(follows, fc.constantFrom('zero', 'kWh'), (one, shows) => {
        fc.pre(one.began > 20_000);
        const [start, stop] = [shows === 'zero' ? 0 : one.from, one.to].map((register) =>
          Math.round(register / 1000),
        );
        expect(codes(measured(factsOf(one, start, stop)))).toContain('UNIT_KWH_AS_WH');
      }),
    );
  });

  it('a session that goes on from the previous one, or begins a little below its end, is not held', () => {
    fc.assert(
      fc.property(follows, fc.integer({ min: -10, max: 100 }), (one, gap) => {
        const result = measured(factsOf(one, one.from + gap, one.to + 100));

        expect(codes(result)).not.toContain('REG_START_CONTRADICTED');
        expect(result.hold).toBe(false);
      }),
    );
  });

  it('a register that begins again with each session is not held, whatever energy the sessions have', () => {
    fc.assert(
      fc.property(follows, fc.integer({ min: 0, max: 10 }), (one, first) => {
        const { minutes, maxPowerW, before, energy } = one;
        const result = measured({
          ...(maxPowerW !== undefined && { maxPowerW }),
          previousRegister: wh(before),
          start: endAt(0, first),
          stop: endAt(minutes, first + energy),
        });
        expect(result.hold).toBe(false);
      }),
    );
  });

  it('a counter that begins again with each session is billed above 50 kWh as well, where it is read on its way past the end of the previous one', () => {
    const fast = fc.record({
      before: fc.integer({ min: 50_000, max: 100_000 }),
      more: fc.integer({ min: 0, max: 40_000 }),
      every: fc.integer({ min: 1, max: 10 }),
      isStartKnown: fc.boolean(),
    });
    fc.assert(
      fc.property(fast, ({ before, more, every, isStartKnown }) => {
        const to = before + more;
        const facts = {
          maxPowerW: 150_000,
          previousRegister: wh(before),
          start: endAt(0, isStartKnown ? 0 : undefined),
          stop: endAt(60, to),
        };
        const taken: readonly Taken[] = [[0, '0'], ...evenly(0, to, 60, every)];

        expect(codes(measured(facts, ...taken))).not.toContain('REG_START_CONTRADICTED');
        expect(measured(facts, ...taken)).toMatchObject({
          hold: false,
          energy: BigInt(to) * 1000n,
        });
        if (isStartKnown) expect(codes(measured(facts))).toContain('REG_START_CONTRADICTED');
      }),
      { numRuns: 40 },
    );
  });

  it('a previous session that ended below its start shows no register that goes on, and holds nothing', () => {
    fc.assert(
      fc.property(follows, fc.integer({ min: 11, max: 60_000 }), (one, above) => {
        const { minutes, maxPowerW, before, energy } = one;
        const to = before + Math.floor(energy / 2);
        fc.pre(to <= energy);
        const result = measured({
          ...(maxPowerW !== undefined && { maxPowerW }),
          previousRegister: wh(before),
          previousStart: wh(before + above),
          start: endAt(0, 0),
          stop: endAt(minutes, to),
        });

        expect(codes(result)).not.toContain('REG_START_CONTRADICTED');
        expect(result.hold).toBe(false);
      }),
    );
  });

  it('a register that was reset between two sessions is billed where it was read on its way past the end of the previous one', () => {
    fc.assert(
      fc.property(follows, (one) => {
        fc.pre(one.from > 2000 && one.from < 12_000);
        const to = one.from + 1000;
        const taken = evenly(0, to, 60, 1);
        const result = measured({ ...factsOf(one, 0, to), stop: endAt(60, to) }, ...taken);

        expect(result.hold).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});
