import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventId, positionOf } from '../../../core/event/event-id.ts';

const place = fc.record({ chunk: fc.nat(999_999_999), index: fc.nat(999) });

it('ids of events sort as text in the order of their log, and name their place', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      const inOrder = a.chunk < b.chunk || (a.chunk === b.chunk && a.index < b.index);

      expect(eventId(a) < eventId(b)).toBe(inOrder);
      expect(positionOf(eventId(a))).toEqual(a);
    }),
  );
});

it('no other text names the place of an event', () => {
  for (const text of ['', 'evt_1', 'evt_00000000000100', 'evt_0000000000010000', 'x']) {
    expect(positionOf(text)).toBeUndefined();
  }
});
