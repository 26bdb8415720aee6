import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRetryAfter, retryWait, retryWaits } from '../../../core/webhook/retry-wait.ts';

it('a delivery is tried again after 5 s, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours, and not after that', () => {
  const waits = retryWaits.map((_wait, index) => retryWait(index + 1, undefined, 0));

  expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect(retryWait(10, undefined, 0)).toBeUndefined();
});

it('a wait is never shorter than the schedule, nor than the receiver asked for up to a day, and at most a fifth longer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.option(fc.nat(10 ** 9), { nil: undefined }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, asked, chance) => {
        const base = retryWaits[attempt - 1] ?? 0;
        const wait = retryWait(attempt, asked, chance) ?? 0;
        const heeded = Math.min(asked ?? 0, 86_400);

        expect(wait).toBeGreaterThanOrEqual(Math.max(base, heeded));
        expect(wait).toBeLessThanOrEqual(Math.max(Math.ceil(base * 1.2), heeded));
      },
    ),
  );
});

it('Retry-After is read as seconds or as a date, and anything else asks for nothing', () => {
  const now = Date.parse('2026-04-14T18:00:00Z');

  expect(readRetryAfter('120', now)).toBe(120);
  expect(readRetryAfter('Tue, 14 Apr 2026 18:10:00 GMT', now)).toBe(600);
  expect(readRetryAfter('Tue, 14 Apr 2026 17:00:00 GMT', now)).toBe(0);
  for (const odd of [undefined, '', 'soon', '-5x']) {
    expect(readRetryAfter(odd, now)).toBeUndefined();
  }
});
