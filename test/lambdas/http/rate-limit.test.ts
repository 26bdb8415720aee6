import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../lambdas/http/rate-limit.ts';

/** A count that all instances share. */
const sharedCount = () => {
  const sums = new Map<string, number>();
  let writes = 0;
  return {
    writes: () => writes,
    count: async (caller: string, window: number, calls: number) => {
      writes += 1;
      const key = `${caller} ${window}`;
      const sum = (sums.get(key) ?? 0) + calls;
      sums.set(key, sum);
      return sum;
    },
  };
};

const limits = { callsPerWindow: 100, windowSeconds: 10, callsPerCount: 10 };

describe('the limit of calls', () => {
  it('a caller may make its number of requests, and the next one is refused until the window ends', async () => {
    const take = createRateLimit({ ...limits, ...sharedCount() });
    for (let n = 0; n < 100; n += 1) {
      const rate = { limit: 100, windowSeconds: 10, remaining: 99 - n, resetSeconds: 7 };
      expect(await take('a', 3_000)).toEqual({ kind: 'taken', rate });
    }

    const exceeded = { kind: 'exceeded', rate: { remaining: 0, resetSeconds: 7 } };
    expect(await take('a', 3_000)).toMatchObject(exceeded);
    expect((await take('a', 9_999)).rate.resetSeconds).toBe(1);
    expect((await take('b', 3_000)).kind).toBe('taken');
    expect((await take('a', 10_000)).kind).toBe('taken');
  });

  it('counting the requests of a quiet caller writes nothing', async () => {
    const shared = sharedCount();
    const take = createRateLimit({ ...limits, ...shared });

    for (let n = 0; n < 9; n += 1) await take('a', 0);

    expect(shared.writes()).toBe(0);
  });

  it('the rate limit applies over all instances, except for requests not yet exchanged between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 3 }), { minLength: 100, maxLength: 400 }),
        async (order) => {
          const shared = sharedCount();
          const instances = [0, 1, 2, 3].map(() => createRateLimit({ ...limits, ...shared }));
          let passed = 0;
          for (const n of order) {
            if ((await instances[n]?.('a', 0))?.kind === 'taken') passed += 1;
          }
          expect(passed).toBeGreaterThanOrEqual(Math.min(order.length, 100));
          // An instance learns of the others' calls when it counts its own.
          expect(passed).toBeLessThan(100 + 4 * 10);
        },
      ),
    );
  });
});
