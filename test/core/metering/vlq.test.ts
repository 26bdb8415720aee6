import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeIntegers, encodeIntegers } from '../../../core/metering/points/vlq.ts';

/** Numbers where another digit begins, and those beside them. */
const atDigits = fc
  .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: -2, max: 2 }), fc.boolean())
  .map(([bits, beside, isNegative]) => {
    const number = 2n ** BigInt(bits) + BigInt(beside);
    return isNegative ? -number : number;
  });

const numbers = fc.oneof(fc.bigInt({ min: -40n, max: 40n }), atDigits, fc.bigInt());

describe('the numbers of a running session as text', () => {
  it('whole numbers are read as they were written, however large and of whichever sign', () => {
    fc.assert(
      fc.property(fc.array(numbers), (integers) => {
        expect(decodeIntegers(encodeIntegers(integers))).toEqual(integers);
      }),
    );
  });

  it.each([
    ['ACDegBhB', [0n, 1n, -1n, 15n, 16n, -16n]],
    ['-____fggggggBhgggggB', [2n ** 29n - 1n, 2n ** 29n, -(2n ** 29n)]],
    ['gg3t63inDhggggggggggggB', [1_771_000_000_000n, -(2n ** 64n)]],
  ])('the text %s, as earlier releases stored it, is written and read alike', (text, integers) => {
    expect(encodeIntegers(integers)).toBe(text);
    expect(decodeIntegers(text)).toEqual(integers);
  });

  it.each(['!', 'A!', 'g\u{1F600}'])('a text with other characters, as %s, is refused', (text) => {
    expect(() => decodeIntegers(text)).toThrow('not an encoded list of whole numbers');
  });
});
