import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatCounted,
  isCounted,
  parseCounted,
  withCounted,
} from '../../../core/analytics/counted-sequences.ts';

const sequence = fc.integer({ min: 1, max: 40 });

describe('which CDRs of a charger were counted', () => {
  it('exactly the CDRs that were counted are counted, in whatever order they came', () => {
    fc.assert(
      fc.property(fc.array(sequence), sequence, (counted, other) => {
        const text = counted.reduce(
          (before, one) => formatCounted(withCounted(parseCounted(before), one)),
          '',
        );
        expect(isCounted(parseCounted(text), other)).toBe(counted.includes(other));
      }),
    );
  });

  it('CDRs that follow each other take the room of two numbers', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 40 }, (_, n) => n + 1),
          { minLength: 40 },
        ),
        (order) => {
          const counted = order.reduce(withCounted, parseCounted(''));
          expect(formatCounted(counted)).toBe('1-40');
        },
      ),
    );
  });
});
