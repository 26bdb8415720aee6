import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourlyEnergy } from '../../../core/analytics/hourly-energy.ts';

const hour = 3_600_000;
const now = 100 * hour;

describe('the energy of the last hours', () => {
  it('hours add up to the energy of the sessions, each by the part of its time that lies in them', () => {
    const span = fc.record({
      from: fc.integer({ min: 60 * hour, max: 110 * hour }),
      length: fc.nat(30 * hour),
      energy: fc.bigInt({ min: 0n, max: 100_000_000n }),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 5 }), (drafts) => {
        const spans = drafts.map(({ from, length, energy }) => ({
          from,
          to: from + length,
          energy,
        }));
        const hours = hourlyEnergy(spans, now, 24);
        const inside = spans.reduce((sum, { from, to, energy }) => {
          const isIn = from >= now - 24 * hour && from < now ? 1 : 0;
          const part = Math.max(0, Math.min(to, now) - Math.max(from, now - 24 * hour));
          return sum + (Number(energy) / 1e6) * (to === from ? isIn : part / (to - from));
        }, 0);

        expect(hours).toHaveLength(24);
        expect(hours.reduce((sum, one) => sum + one, 0)).toBeCloseTo(inside, 6);
        expect(hours.every((one) => one >= 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('a session from half past to half past charges half of its energy in either hour', () => {
    const spans = [{ from: now - 1.5 * hour, to: now - 0.5 * hour, energy: 8_000_000n }];

    expect(hourlyEnergy(spans, now, 3)).toEqual([0, 4, 4]);
  });
});
