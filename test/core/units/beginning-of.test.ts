import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginningOf } from '../../../core/units/beginning-of.ts';

it('the beginning of a text is well formed wherever it is cut, and has lost at most half of a character', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 40 }), (text, most) => {
      const begin = beginningOf(text, most);
      expect(begin.isWellFormed()).toBe(true);
      expect(text.startsWith(begin)).toBe(true);
      expect(begin.length).toBeLessThanOrEqual(most);
      expect(begin.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1);
    }),
  );
});

it('a text that came with half of a character has a mark in its place', () => {
  expect(beginningOf('a\ud83d', 10)).toBe('a\ufffd');
  expect(beginningOf('a\ud83db', 2)).toBe('a');
});
