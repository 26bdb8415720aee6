import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOperatorSlug, suggestOperatorSlug } from '../../../core/operator/operator-slug.ts';

describe('the slug of an operator', () => {
  it("the slug suggested by an operator's name is always valid, and different at each attempt", () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (name) => {
        const slugs = [1, 2, 99, 999].map((attempt) => suggestOperatorSlug(name, attempt));

        expect(slugs.filter(isOperatorSlug)).toEqual(slugs);
        expect(new Set(slugs).size).toBe(slugs.length);
      }),
    );
  });

  it.each([
    ['Stadtwerke Köln', 'stadtwerke-koln'],
    ['  ÖPNV & Söhne GmbH ', 'opnv-sohne-gmbh'],
    ['Große Straße', 'grosse-strasse'],
    ['充電', 'operator'],
    ['x'.repeat(100), 'x'.repeat(28)],
  ])('the slug suggested for an operator named %j is %s', (name, slug) => {
    expect(suggestOperatorSlug(name, 1)).toBe(slug);
  });

  it.each(['', '-a', 'a-', 'A', 'a b', 'a/b', 'ä', 'x'.repeat(33)])(
    'the slug of an operator cannot be %j',
    (slug) => {
      expect(isOperatorSlug(slug)).toBe(false);
    },
  );
});
