import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitsHash, secretHash } from '../../../lambdas/runtime/secrets.ts';

it('a secret fits its own hash and no other, however alike they are', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (secret, other) => {
      expect(fitsHash(secret, secretHash(secret))).toBe(true);
      expect(fitsHash(other, secretHash(secret))).toBe(other === secret);
      expect(fitsHash(secret, secretHash(`${secret} `))).toBe(false);
    }),
  );
});

it('a hash that was cut off fits no secret', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 63 }), (secret, length) => {
      expect(fitsHash(secret, secretHash(secret).slice(0, length))).toBe(false);
    }),
  );
});
