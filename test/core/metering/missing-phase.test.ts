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
  type Report,
  trueEnergy,
} from './interval-sessions.ts';

const shares = { L1: 0.4, L2: 0.35, L3: 0.25 } as const;
type Phase = keyof typeof shares;
const lines: readonly Phase[] = ['L1', 'L2', 'L3'];

/** The phases that a report has, by its number. */
type Has = (n: number, phase: Phase) => boolean;

/** Registers of each phase, from so many Wh on. */
const registers = (one: IntervalSession, from: number, has: Has): readonly Report[] =>
  one.percents.map((_, n) => [
    (n + 1) * one.pace,
    ...lines
      .filter((phase) => has(n, phase))
      .map((phase) => ({
        value: String(Math.round((from + energyAt(one, n + 1)) * shares[phase])),
        phase,
      })),
  ]);

const intervals = (one: IntervalSession, has: Has): readonly Report[] =>
  one.percents.map((_, n) => [
    (n + 1) * one.pace,
    ...lines
      .filter((phase) => has(n, phase))
      .map((phase) => interval(between(one, n, n + 1) * shares[phase], { phase })),
  ]);

const cut = fc.tuple(
  intervalSession.filter((one) => trueEnergy(one) > 2000),
  fc.constantFrom(...lines),
  fc.integer({ min: 2, max: 8 }),
);

describe('a phase that is not always read', () => {
  it.each([0, 40_000])(
    'a phase whose register stops coming, or begins to come late, is not taken for energy that was not drawn (from %s Wh)',
    (from) => {
      fc.assert(
        fc.property(cut, fc.boolean(), ([one, lacks, at], isEnd) => {
          const has: Has = (n, phase) => phase !== lacks || n < at === isEnd;
          const metered = measuredBy(one, registers(one, from, has));
          // Before the first reading next to nothing is known where the start is.
          const first = energyAt(one, 1);

          expect(isRight(metered, trueEnergy(one) - first)).toBe(true);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('a register by phase is counted over a reading that lacks one of them', () => {
    fc.assert(
      fc.property(cut, ([one, lacks, at]) => {
        const has: Has = (n, phase) => phase !== lacks || n !== at;
        const facts = { meterStart: 40_000, meterStop: Math.round(40_000 + trueEnergy(one)) };
        const metered = measuredBy(one, registers(one, 40_000, has), facts);

        expect(metered.hold).toBe(false);
        expect(isRight(metered, trueEnergy(one))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('intervals of which a phase is missing are held, unless that is next to nothing', () => {
    fc.assert(
      fc.property(cut, fc.boolean(), ([one, lacks, at], isEnd) => {
        const has: Has = (n, phase) => phase !== lacks || n < at === isEnd;

        expect(isRight(measuredBy(one, intervals(one, has)), trueEnergy(one))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
