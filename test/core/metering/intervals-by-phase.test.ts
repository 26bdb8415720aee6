import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampledValue } from '../../../core/metering/model/reading.ts';
import {
  between,
  type IntervalSession,
  interval,
  intervalSession,
  isAbout,
  measuredBy,
  proposes,
  type Report,
  trueEnergy,
} from './interval-sessions.ts';
import { codes } from './measured-by-minute.ts';

const runs = { numRuns: 200 };

const lines = ['L1', 'L2', 'L3'];

/** Each interval by phase, each of which shows so much of it, and whatever else is measured at its end. */
const byPhase = (
  one: IntervalSession,
  shares: readonly number[],
  also: (n: number) => readonly Partial<SampledValue>[] = () => [],
): readonly Report[] =>
  one.percents.map((_, n): Report => {
    const wh = between(one, n, n + 1);
    const phases = lines.map((phase, place) => interval(wh * (shares[place] ?? 0), { phase }));
    return [(n + 1) * one.pace, ...phases, ...also(n)];
  });

const third = [1 / 3, 1 / 3, 1 / 3];

/** The measured power of the connector at the end of an interval. */
const powerOf =
  (one: IntervalSession, fields: Partial<SampledValue> = {}, share = 1) =>
  (n: number): Partial<SampledValue> => ({
    value: String((one.watts * (one.percents[n] ?? 0) * share) / 100),
    measurand: 'Power.Active.Import',
    ...fields,
  });

/** Enough energy that it matters which phase has it. */
const muchEnergy = intervalSession.filter((one) => trueEnergy(one) > 2000);

describe('intervals of each phase', () => {
  it('the same on each phase is held where both its energy and that of all phases are possible', () => {
    fc.assert(
      fc.property(muchEnergy, fc.boolean(), (one, hasPower) => {
        const powers = (n: number) =>
          hasPower ? lines.map((phase) => powerOf(one, { phase }, 1 / 3)(n)) : [];
        const metered = measuredBy(one, byPhase(one, third, powers));

        expect(metered.hold).toBe(true);
        expect(codes(metered)).toContain('ENERGY_CONTRADICTED');
        expect(proposes(metered, trueEnergy(one))).toBe(true);
        expect(proposes(metered, trueEnergy(one) / 3)).toBe(true);
      }),
      runs,
    );
  });

  it('the same on each phase is the sum where the power of the connector says so, and the total where that does', () => {
    fc.assert(
      fc.property(muchEnergy, fc.constantFrom(third, [1, 1, 1]), (one, shares) => {
        const metered = measuredBy(
          one,
          byPhase(one, shares, (n) => [powerOf(one)(n)]),
        );

        expect(metered.hold).toBe(false);
        expect(isAbout(metered.energy, trueEnergy(one))).toBe(true);
      }),
      runs,
    );
  });

  it('the same on each phase is the total where the charger cannot deliver the sum', () => {
    fc.assert(
      fc.property(muchEnergy, (one) => {
        const full = { ...one, percents: one.percents.filter((percent) => percent > 0) };
        const metered = measuredBy({ ...full, maxPowerW: one.watts }, byPhase(full, [1, 1, 1]));

        expect(metered.hold).toBe(false);
        expect(isAbout(metered.energy, trueEnergy(full))).toBe(true);
      }),
      runs,
    );
  });

  it('phases that differ are added up', () => {
    fc.assert(
      fc.property(muchEnergy, (one) => {
        const metered = measuredBy(one, byPhase(one, [0.5, 0.3, 0.2]));

        expect(metered.hold).toBe(false);
        expect(isAbout(metered.energy, trueEnergy(one))).toBe(true);
      }),
      runs,
    );
  });
});
