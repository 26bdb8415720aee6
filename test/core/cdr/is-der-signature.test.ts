import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isDerSignature } from '../../../core/cdr/verify/is-der-signature.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const signatures = Array.from({ length: 50 }, (_, index) =>
  sign('sha256', Buffer.from(String(index)), privateKey),
);

describe('a signature', () => {
  it('a signature of a seal is DER of two integers in base64', () => {
    for (const signature of signatures) {
      expect(isDerSignature(signature.toString('base64'))).toBe(true);
    }
  });

  it('a signature of a seal has no other form than DER', () => {
    for (const signature of signatures) {
      const text = signature.toString('base64');
      const longer = Buffer.concat([signature, Buffer.from([0])]);

      expect(isDerSignature(longer.toString('base64'))).toBe(false);
      expect(isDerSignature(signature.subarray(1).toString('base64'))).toBe(false);
      expect(isDerSignature(signature.toString('hex'))).toBe(false);
      expect(isDerSignature(`${text}=`)).toBe(false);
    }
    expect(isDerSignature('')).toBe(false);
    expect(isDerSignature('MAYCAQECAQE=')).toBe(true);
    expect(isDerSignature('MAYCAQECAQF=')).toBe(false);
    expect(isDerSignature('MAYCAQECAQEA')).toBe(false);
    // Its length is right, and what stands in it is not an integer.
    expect(isDerSignature('MAIBBQ==')).toBe(false);
  });
});
