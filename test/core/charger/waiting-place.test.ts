import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isWaitOver, type Waiting, waitingPlace } from '../../../core/charger/waiting-place.ts';

const now = Date.parse('2026-04-14T16:00:00Z');
const bounds = { places: 3, hours: 24 };
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

const someone: fc.Arbitrary<Waiting> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    lastSeenAt: fc.integer({ min: 0, max: 3_000 }).map(ago),
    dismissedAt: fc.constant(ago(5)),
  },
  { requiredKeys: ['id', 'lastSeenAt'] },
);
const room = fc.uniqueArray(someone, { selector: ({ id }) => id, maxLength: 3 });

it('nobody enters a waiting room beyond its places, and only those leave it whose time is over', () => {
  fc.assert(
    fc.property(room, fc.constantFrom('a', 'b', 'f'), (waiting, id) => {
      const next = waitingPlace(id, waiting, bounds, now);
      const isThere = waiting.some((one) => one.id === id);
      if (next.kind === 'enter') expect(isThere || waiting.length < bounds.places).toBe(true);
      if (next.kind !== 'leave') return;
      const over = waiting.find((one) => one.id === next.id);
      expect(over && isWaitOver(over, bounds.hours, now)).toBe(true);
    }),
  );
});

it('a charger that tries again and again is noted every ten minutes, and never while it is dismissed', () => {
  const next = (one: Omit<Waiting, 'id'>) =>
    waitingPlace('a', [{ id: 'a', ...one }], bounds, now).kind;

  expect(next({ lastSeenAt: ago(9) })).toBe('nothing');
  expect(next({ lastSeenAt: ago(11) })).toBe('enter');
  expect(next({ lastSeenAt: ago(11), dismissedAt: ago(5) })).toBe('nothing');
  // Its time is over: it is as if it had never been there.
  expect(next({ lastSeenAt: ago(25 * 60), dismissedAt: ago(24 * 60) })).toBe('enter');
});
