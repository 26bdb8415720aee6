import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fleetNeeds } from '../../bench/scale/fleet-needs.ts';
import { ourThrottles } from '../../bench/scale/limits.ts';
import { limitsInOrder } from '../../bench/scale/limits-in-order.ts';
import { playStorm, type Storm } from '../../bench/scale/reconnect-storm.ts';
import { withTables } from '../../bench/scale/scale-tables.ts';
import { settingsSchema } from '../../lib/settings/settings.ts';
import { throttlesOf } from '../../lib/settings/throttles.ts';

const storms: fc.Arbitrary<Storm> = fc.record({
  chargers: fc.integer({ min: 1, max: 3_000 }),
  within: fc.integer({ min: 0, max: 60 }),
  rate: fc.integer({ min: 1, max: 500 }),
  burst: fc.integer({ min: 1, max: 600 }),
  backOff: fc.record({
    least: fc.integer({ min: 0, max: 60 }),
    spread: fc.integer({ min: 0, max: 120 }),
    doublings: fc.integer({ min: 0, max: 5 }),
  }),
});

const sumOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

describe('a mass reconnect', () => {
  it('every charger comes back, once, and never more in any span of seconds than the quota lets in', () => {
    fc.assert(
      fc.property(storms, fc.integer(), (storm, seed) => {
        const calm = playStorm(storm, seed);

        expect(sumOf(calm.accepted)).toBe(storm.chargers);
        for (const span of [1, 2, 7, 30]) {
          for (let from = 0; from < calm.accepted.length; from += 1) {
            const taken = sumOf(calm.accepted.slice(from, from + span));
            expect(taken).toBeLessThanOrEqual(storm.burst + storm.rate * (span - 1));
          }
        }
        expect(calm.attempts).toBeGreaterThanOrEqual(storm.chargers);
        expect(calm.halfAt).toBeLessThanOrEqual(calm.mostAt);
        expect(calm.mostAt).toBeLessThanOrEqual(calm.allAt);
        expect(calm.allAt).toBe(calm.accepted.length - 1);
      }),
      { numRuns: 60 },
    );
  });

  it('nobody is refused where all may come at once, and the same storm is played the same each time', () => {
    fc.assert(
      fc.property(storms, fc.integer(), (storm, seed) => {
        const open = { ...storm, burst: storm.chargers, rate: storm.chargers };

        expect(playStorm(open, seed).attempts).toBe(storm.chargers);
        expect(playStorm(storm, seed)).toEqual(playStorm(storm, seed));
      }),
      { numRuns: 30 },
    );
  });
});

describe('the needs of a fleet', () => {
  it('no need shrinks while a fleet grows, and at each limit that is named one charger more exceeds it', () => {
    const sizes = fc.integer({ min: 1, max: 5_000_000 });
    fc.assert(
      fc.property(sizes, sizes, (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map(fleetNeeds);
        for (const [name, need] of Object.entries(small ?? {})) {
          expect(Number(Object(large)[name])).toBeGreaterThanOrEqual(need);
        }
      }),
    );
    const limits = limitsInOrder();
    expect(limits.map(({ chargers }) => chargers)).toEqual(
      limits.map(({ chargers }) => chargers).toSorted((a, b) => a - b),
    );
  });

  it('the throttles of the model are those of the stack', () => {
    const { chargers } = throttlesOf(settingsSchema.parse({}));

    expect(ourThrottles).toEqual({
      messages: chargers.shared.rateLimit,
      handshakes: chargers.open.rateLimit,
    });
  });
});

describe('the page of scale', () => {
  it('docs/scale.md has the tables that the model gives today (npm run scale)', () => {
    const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');

    expect(page.match(/<!-- \w+ -->\n\n\|/g)).toHaveLength(3);
    expect(withTables(page)).toBe(page);
  });
});
