import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBase64, readHex, readUtf8 } from '../../../core/ocmf/decode-text.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const inLines = (text: string, width: number) =>
  text.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\r\n ');

describe('base64 of a charger', () => {
  it('readBase64 gives the bytes of base64 and of base64url, padded or not, in lines or in one', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 80 }), (given, width) => {
        const padded = Buffer.from(given).toString('base64');
        const urlSafe = Buffer.from(given).toString('base64url');
        for (const text of [padded, padded.replace(/=+$/, ''), urlSafe]) {
          expect(readBase64(text)).toEqual(given);
          expect(readBase64(inLines(text, width))).toEqual(given);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a digit too many', 'AAAAA'],
    ['no digit', ''],
    ['padding alone', '=='],
    ['padding inside', 'AA=='.repeat(2)],
    ['three signs of padding', 'A==='],
    ['a sign before it', '.AAAA'],
    ['a sign after it', 'AAAA.'],
    ['a sign in it', 'AA.A'],
  ])('readBase64 gives nothing for text with %s', (_, text) => {
    expect(readBase64(text)).toBeUndefined();
  });
});

describe('hexadecimal digits of a meter', () => {
  it('readHex gives the bytes of digits in either case, however they are grouped', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const digits = Buffer.from(given).toString('hex');
        for (const text of [digits, digits.toUpperCase(), `0x${digits}`, ` 0X${digits} `]) {
          expect(readHex(text)).toEqual(given);
        }
        for (const sign of [' ', ':', '-']) {
          expect(readHex(digits.replace(/..(?!$)/g, `$&${sign}`))).toEqual(given);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(['', '0x', '0', '000', '00g0', '00 0x00', 'x00'])(
    'readHex gives nothing for %j',
    (text) => {
      expect(readHex(text)).toBeUndefined();
    },
  );
});

describe('text in UTF-8', () => {
  it('readUtf8 gives back the text whose bytes they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        expect(readUtf8(Buffer.from(text))).toBe(Buffer.from(text).toString());
      }),
      { numRuns: 60 },
    );
  });

  it('readUtf8 gives nothing for bytes that are no UTF-8', () => {
    expect(readUtf8(Buffer.of(0x41, 0xfc, 0x42))).toBeUndefined();
  });
});
