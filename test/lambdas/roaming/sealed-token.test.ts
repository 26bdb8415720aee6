import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openToken, sealToken } from '../../../lambdas/roaming/sealed-token.ts';

const token = fc.stringMatching(/^[\x21-\x7e]{1,64}$/);
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('the token of a partner', () => {
  it('a token is read with the key it was encrypted with, and never twice the same in the database', () => {
    fc.assert(
      fc.property(token, key, (text, bytes) => {
        expect(openToken(bytes, sealToken(bytes, text))).toBe(text);
        expect(sealToken(bytes, text)).not.toBe(sealToken(bytes, text));
      }),
    );
  });

  it('a token cannot be read with another key, nor when a byte of it was changed', () => {
    const bytes = randomBytes(32);
    const sealed = sealToken(bytes, 'secret');
    const changed = Buffer.from(sealed, 'base64');
    changed[20] = (changed[20] ?? 0) ^ 1;

    expect(() => openToken(randomBytes(32), sealed)).toThrow();
    expect(() => openToken(bytes, changed.toString('base64'))).toThrow();
  });
});
