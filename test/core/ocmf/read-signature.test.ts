import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSignature } from '../../../core/ocmf/read-signature.ts';

const read = (hex: string, size = 4) => {
  const signature = readSignature(hexToBytes(hex), size);
  return signature && `${signature.form} ${Buffer.from(signature.rs).toString('hex')}`;
};

describe('readSignature', () => {
  it.each([
    ['DER', '3008 0202 0102 0202 0304', 'der 0000010200000304'],
    ['DER with a required leading zero', '3009 0203 008102 0202 0304', 'der 0000810200000304'],
    [
      'DER with integers of full length',
      '300d 0205 0081020304 0204 01020304',
      'der 8102030401020304',
    ],
    ['DER with a zero', '3006 0201 00 0201 01', 'der 0000000000000001'],
    [
      'DER without the required leading zero of r',
      '300c 0204 81020304 0204 01020304',
      'der-malformed-integer 8102030401020304',
    ],
    [
      'DER without the required leading zero of s',
      '3008 0202 0102 0202 8304',
      'der-malformed-integer 0000010200008304',
    ],
    [
      'DER with a needless leading zero',
      '3009 0203 000102 0202 0304',
      'der-malformed-integer 0000010200000304',
    ],
    [
      'DER with many needless leading zeros',
      '300f 0209 000000000001020304 0202 0304',
      'der-malformed-integer 0102030400000304',
    ],
    ['raw r and s', '01020304 05060708', 'raw 0102030405060708'],
  ])('readSignature reads %s', (_about, hex, expected) => {
    expect(read(hex.replaceAll(' ', ''))).toBe(expected);
  });

  it.each([
    ['an integer that is too long', '300d 0205 0102030405 0204 01020304'],
    ['an integer without digits', '3007 0200 0203 010304'],
    ['a byte after the sequence', '3008 0202 0102 0202 0304 00'],
    ['a byte after s within the sequence', '3009 0202 0102 0202 0304 00'],
    ['a length past the end', '3009 0202 0102 0202 0304'],
    ['a length in a longer form than needed', '308108 0202 0102 0202 0304'],
    ['a single integer', '3004 0202 0102'],
    ['another tag', '3108 0202 0102 0202 0304'],
    ['a tag without a length', '30'],
    ['truncated raw r and s', '01020304 050607'],
  ])('readSignature rejects %s', (_about, hex) => {
    expect(read(hex.replaceAll(' ', ''))).toBeUndefined();
  });

  it('readSignature returns r and s of full length, or nothing, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 140 }), (bytes) => {
        const signature = readSignature(bytes, 32);
        expect(signature === undefined || signature.rs.length === 64).toBe(true);
      }),
    );
  });

  it('readSignature reads a DER length of two bytes', () => {
    const integer = `0242${'01'.repeat(66)}`;

    expect(read(`308188${integer}${integer}`, 66)).toBe(`der ${'01'.repeat(132)}`);
  });
});
