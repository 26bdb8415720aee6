import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextLookIn } from '../../../core/cdr/compute/wait-for-messages.ts';

const minute = 60_000;

it('a session that waits for messages is looked at often at first, and never after its time', () => {
  const since = fc.integer({ min: 0, max: 2 ** 40 });
  fc.assert(
    fc.property(since, fc.nat({ max: 1440 }), fc.nat(), (from, minutes, waited) => {
      const until = from + minutes * minute;
      const next = nextLookIn({ since: from, until }, from + waited);
      if (from + waited >= until) expect(next).toBeUndefined();
      else {
        expect(next).toBeGreaterThan(0);
        expect(from + waited + (next ?? 0)).toBeLessThanOrEqual(until);
        expect(next).toBeLessThanOrEqual(15 * minute);
      }
    }),
  );
});

it('a session that may wait for a quarter of an hour is looked at five times', () => {
  const looks: number[] = [];
  let now = 0;
  for (;;) {
    const next = nextLookIn({ since: 0, until: 15 * minute }, now);
    if (next === undefined) break;
    now += next;
    looks.push(now / minute);
  }
  expect(looks).toEqual([1, 2, 4, 8, 15]);
});
