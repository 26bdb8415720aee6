const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map([...digits].map((digit, value) => [digit.charCodeAt(0), value]));

/** Numbers below this, in either direction, are written and read with the arithmetic of 32 bits: nearly all. */
const small = 2n ** 29n;

/** Writes whole numbers as text, small ones in one character: 5 bits each, the sixth says that more follow. */
export const encodeIntegers = (integers: readonly bigint[]): string =>
  integers.map(encodeInteger).join('');

const encodeInteger = (integer: bigint): string =>
  integer < small && integer > -small ? encodeSmall(Number(integer)) : encodeLarge(integer);

const encodeSmall = (integer: number): string => {
  // The sign goes into the lowest bit, so that small negative numbers stay short.
  let rest = integer < 0 ? (-integer << 1) | 1 : integer << 1;
  let text = '';
  do {
    text += digits.charAt((rest & 31) | (rest > 31 ? 32 : 0));
    rest >>= 5;
  } while (rest > 0);
  return text;
};

const encodeLarge = (integer: bigint): string => {
  let rest = integer < 0n ? (-integer << 1n) | 1n : integer << 1n;
  let text = '';
  do {
    const more = rest > 31n ? 32n : 0n;
    text += digits.charAt(Number((rest & 31n) | more));
    rest >>= 5n;
  } while (rest > 0n);
  return text;
};

/** The bits that are read with the arithmetic of 32 bits: six characters. */
const smallBits = 30;

/** Reads what encodeIntegers wrote; throws for any other text. */
export const decodeIntegers = (text: string): readonly bigint[] => {
  const integers: bigint[] = [];
  let low = 0;
  let high = 0n;
  let shift = 0;
  for (let at = 0; at < text.length; at += 1) {
    const value = values.get(text.charCodeAt(at));
    if (value === undefined) throw new Error('not an encoded list of whole numbers');
    if (shift < smallBits) low |= (value & 31) << shift;
    else high |= BigInt(value & 31) << BigInt(shift - smallBits);
    shift += 5;
    if (value < 32) {
      const amount = BigInt(low >> 1) + (high << BigInt(smallBits - 1));
      integers.push((low & 1) === 1 ? -amount : amount);
      [low, high, shift] = [0, 0n, 0];
    }
  }
  return integers;
};
