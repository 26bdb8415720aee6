import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRouteThrottle, createThrottle } from '../../../runner/gateway/throttle.ts';

const limits = fc.record({
  perSecond: fc.integer({ min: 1, max: 1000 }),
  burst: fc.integer({ min: 1, max: 500 }),
});
const pauses = fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 200 });

test('a throttle never passes more than the burst and what the rate has added since', () => {
  void fc.assert(
    fc.property(limits, pauses, (given, waits) => {
      const passes = createThrottle(given);
      let now = 0;
      let passed = 0;
      for (const wait of waits) {
        now += wait;
        passed += passes(now) ? 1 : 0;
        const start = waits[0] ?? 0;
        const added = ((now - start) / 1000) * given.perSecond;
        expect(passed).toBeLessThanOrEqual(given.burst + added + 1e-6);
      }
    }),
  );
});

test('a throttle always passes a caller that keeps to the rate', () => {
  void fc.assert(
    fc.property(limits, fc.nat(200), (given, count) => {
      const passes = createThrottle(given);
      const interval = Math.ceil(1000 / given.perSecond);
      for (let at = 0; at < count; at += 1) {
        expect(passes(at * interval)).toBe(true);
      }
    }),
  );
});

test('a throttle without limits passes everything', () => {
  const passes = createThrottle(undefined);
  expect([passes(0), passes(0), passes(0)]).toEqual([true, true, true]);
});

test('A route with limits of its own takes nothing of what the others share, and they nothing of its', () => {
  const one = { perSecond: 1, burst: 1 };
  const passes = createRouteThrottle(one, new Map([['$connect', one]]));
  const asked = ['$connect', '$connect', '2', '$default', undefined] as const;
  expect(asked.map((key) => passes(key, 0))).toEqual([true, false, true, false, false]);
});
