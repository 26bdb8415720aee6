import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSignature } from '../../../core/ocmf/read-signature.ts';

const read = (hex: string, size = 4) => {
  const signature = readSignature(hexToBytes(hex), size);
  return signature && `${signature.form} ${Buffer.from(signature.rs).toString('hex')}`;
};

describe('a signature of a curve with coordinates of 4 bytes', () => {
  it.each([
    ['DER', '3008 0202 0102 0202 0304', 'der 0000010200000304'],
    ['DER, a zero in front where it must be', '3009 0203 008102 0202 0304', 'der 0000810200000304'],
    ['DER, all of its bytes', '300d 0205 0081020304 0204 01020304', 'der 8102030401020304'],
    ['DER, zero', '3006 0201 00 0201 01', 'der 0000000000000001'],
    [
      'the zero in front is missing',
      '300c 0204 81020304 0204 01020304',
      'der-malformed-integer 8102030401020304',
    ],
    [
      'the zero in front of s is missing',
      '3008 0202 0102 0202 8304',
      'der-malformed-integer 0000010200008304',
    ],
    [
      'a needless zero in front',
      '3009 0203 000102 0202 0304',
      'der-malformed-integer 0000010200000304',
    ],
    [
      'many needless zeros',
      '300f 0209 000000000001020304 0202 0304',
      'der-malformed-integer 0102030400000304',
    ],
    ['r and s alone', '01020304 05060708', 'raw 0102030405060708'],
  ])('is read: %s', (_about, hex, expected) => {
    expect(read(hex.replaceAll(' ', ''))).toBe(expected);
  });

  it.each([
    ['an integer that is too long', '300d 0205 0102030405 0204 01020304'],
    ['an integer without digits', '3007 0200 0203 010304'],
    ['a byte behind it', '3008 0202 0102 0202 0304 00'],
    ['a byte behind s, inside', '3009 0202 0102 0202 0304 00'],
    ['a length past the end', '3009 0202 0102 0202 0304'],
    ['a length in a longer form than needed', '308108 0202 0102 0202 0304'],
    ['one integer', '3004 0202 0102'],
    ['another tag', '3108 0202 0102 0202 0304'],
    ['nothing', '30'],
    ['r and s cut off', '01020304 050607'],
  ])('is none: %s', (_about, hex) => {
    expect(read(hex.replaceAll(' ', ''))).toBeUndefined();
  });

  it('is r and s, or nothing, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 140 }), (bytes) => {
        const signature = readSignature(bytes, 32);
        expect(signature === undefined || signature.rs.length === 64).toBe(true);
      }),
    );
  });

  it('has a length of two bytes where it is long', () => {
    const integer = `0242${'01'.repeat(66)}`;

    expect(read(`308188${integer}${integer}`, 66)).toBe(`der ${'01'.repeat(132)}`);
  });
});
