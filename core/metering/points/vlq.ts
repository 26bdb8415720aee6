const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map([...digits].map((digit, value) => [digit, BigInt(value)]));

/** Writes whole numbers as text, small ones in one character: 5 bits each, the sixth says that more follow. */
export const encodeIntegers = (integers: readonly bigint[]): string =>
  integers.map(encodeInteger).join('');

const encodeInteger = (integer: bigint): string => {
  // The sign goes into the lowest bit, so that small negative numbers stay short.
  let rest = integer < 0n ? (-integer << 1n) | 1n : integer << 1n;
  let text = '';
  do {
    const more = rest > 31n ? 32n : 0n;
    text += digits.charAt(Number((rest & 31n) | more));
    rest >>= 5n;
  } while (rest > 0n);
  return text;
};

/** Reads what encodeIntegers wrote; throws for any other text. */
export const decodeIntegers = (text: string): readonly bigint[] => {
  const integers: bigint[] = [];
  let integer = 0n;
  let shift = 0n;
  for (const digit of text) {
    const value = values.get(digit);
    if (value === undefined) throw new Error('not an encoded list of whole numbers');
    integer |= (value & 31n) << shift;
    shift += 5n;
    if (value < 32n) {
      integers.push((integer & 1n) === 1n ? -(integer >> 1n) : integer >> 1n);
      [integer, shift] = [0n, 0n];
    }
  }
  return integers;
};
