import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  energyAt,
  type IntervalSession,
  interval,
  intervalSession,
  isRight,
  measuredBy,
  proposes,
  type Report,
  trueEnergy,
  trueReports,
} from './interval-sessions.ts';
import { codes } from './measured-by-minute.ts';

const runs = { numRuns: 200 };

/** The intervals of a second cadence: every so many, so far into the next one, each has all since the one before. */
const secondCadence = (one: IntervalSession, every: number, into: number): readonly Report[] =>
  one.percents.flatMap((_, n): readonly Report[] => {
    const [from, to] = [n + 1 - every, n + 1];
    if (to % every !== 0 || to === one.percents.length) return [];
    return [[to * one.pace + (one.pace * into) / 100, interval(between(one, from, to))]];
  });

describe('intervals that hold the energy of others again', () => {
  it('intervals that follow each other are billed as they are', () => {
    fc.assert(
      fc.property(intervalSession, (one) => {
        const metered = measuredBy(one, trueReports(one));

        expect(codes(metered)).toEqual([]);
        expect(isRight(metered, trueEnergy(one))).toBe(true);
      }),
      runs,
    );
  });

  it('a shorter last interval, one that was asked for in between, and the same one twice at the stop are billed as they are', () => {
    fc.assert(
      fc.property(intervalSession, fc.integer({ min: 10, max: 90 }), (one, share) => {
        const last = one.percents.length;
        const [whole, part] = [between(one, last - 1, last), (one.pace * share) / 100];
        const asked: Report = [
          (last - 1) * one.pace + part,
          interval((whole * share) / 100, { context: 'Trigger' }),
        ];
        const rest = interval(whole - (whole * share) / 100, { context: 'Transaction.End' });
        const before = trueReports({ ...one, late: [] }).slice(0, -1);
        const inTwo = measuredBy(one, [...before, asked, [last * one.pace, rest]]);
        const again: Report = [
          last * one.pace,
          interval(whole - 2, { context: 'Transaction.End' }),
        ];
        const atStop: Report = [last * one.pace, interval(0, { context: 'Transaction.End' })];

        for (const metered of [
          inTwo,
          measuredBy(one, [...trueReports(one), again]),
          measuredBy(one, [...trueReports(one), atStop]),
        ]) {
          expect(metered.hold).toBe(false);
          expect(isRight(metered, trueEnergy(one))).toBe(true);
        }
      }),
      runs,
    );
  });

  it.each([2, 5, 10])(
    'a second cadence, %s times as long, is not billed beside the first',
    (every) => {
      fc.assert(
        fc.property(intervalSession, fc.integer({ min: 0, max: 80 }), (one, into) => {
          const metered = measuredBy(one, [
            ...trueReports({ ...one, late: [] }),
            ...secondCadence(one, every, into),
          ]);

          expect(isRight(metered, trueEnergy(one))).toBe(true);
        }),
        runs,
      );
    },
  );

  it('an interval that is sent again a little later is not billed twice', () => {
    fc.assert(
      fc.property(intervalSession, fc.integer({ min: 1, max: 10 }), (one, later) => {
        const again = trueReports({ ...one, late: [] })
          .slice(0, -1)
          .map(([seconds, ...values]): Report => [seconds + (later * one.pace) / 60, ...values]);
        const metered = measuredBy(one, [...trueReports({ ...one, late: [] }), ...again]);

        expect(metered.hold).toBe(true);
        expect(proposes(metered, trueEnergy(one))).toBe(true);
      }),
      runs,
    );
  });

  it('an interval of the whole session at its stop is not billed beside the others', () => {
    fc.assert(
      fc.property(intervalSession, fc.constantFrom(0, 1, 60), (one, before) => {
        const last = one.percents.length;
        const whole = interval(trueEnergy(one), { context: 'Transaction.End' });
        // The last interval is missing, ends with the stop, or a little before it.
        const others = trueReports({ ...one, late: [] }).slice(0, -1);
        const own: Report = [
          last * one.pace - Math.max(before - 1, 0),
          interval(between(one, last - 1, last)),
        ];
        const reports = [...others, ...(before === 0 ? [] : [own])];
        const metered = measuredBy(one, [...reports, [last * one.pace, whole]]);

        expect(metered.hold).toBe(true);
        expect(proposes(metered, trueEnergy(one))).toBe(true);
        expect(energyAt(one, last)).toBe(trueEnergy(one));
      }),
      runs,
    );
  });
});
