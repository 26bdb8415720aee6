import { type DictionaryNumber, dictionaries } from './dictionaries.ts';

/** Bytes that no text has which is inflated here: hardly any message of a charger is so long. */
const tooLong = 8_192;

/** Bytes that a text may repeat: a dictionary, and the text behind it as far as it is inflated. */
type Window = { readonly bytes: Buffer; readonly start: number };

const windowOf = (dictionary: Uint8Array): Window => ({
  bytes: Buffer.concat([dictionary], dictionary.length + tooLong),
  start: dictionary.length,
});

const windows: Readonly<Record<DictionaryNumber, Window>> = {
  1: windowOf(dictionaries[1]),
  2: windowOf(dictionaries[2]),
};

/** Deflated bytes, and the bits of them that are read next, the first one lowest. */
type Bits = { readonly bytes: Uint8Array; at: number; next: number; count: number };

/** Makes at least 24 bits ready: more than anything here takes at once. Behind the last byte they are 0. */
function fill(bits: Bits): void {
  for (; bits.count < 24; bits.count += 8) {
    bits.next |= (bits.bytes[bits.at] ?? 0) << bits.count;
    bits.at += 1;
  }
}

/** Takes so many of the bits that are ready. */
function take(bits: Bits, count: number): number {
  const taken = bits.next & ((1 << count) - 1);
  bits.next >>>= count;
  bits.count -= count;
  return taken;
}

/** The first three bits of a text of one block with fixed codes. */
const onlyBlockOfFixedCodes = 0b011;

const endOfBlock = 256;

/** The code of the longest repetition, which has no bits of its own. */
const longestRepetition = 28;

/** The codes from here on mean no length, and no distance. */
const [noLength, noDistance] = [29, 30] as const;

/** The symbol that nine bits begin with, the highest first, and how many of them it takes (RFC 1951, section 3.2.6). */
function fixedCode(bits: number): readonly [symbol: number, length: number] {
  if (bits < 96) return [endOfBlock + (bits >> 2), 7];
  if (bits < 384) return [(bits >> 1) - 48, 8];
  if (bits < 400) return [280 + (bits >> 1) - 192, 8];
  return [144 + bits - 400, 9];
}

/** So many bits in the other order. */
function reversed(bits: number, count: number): number {
  let other = 0;
  for (let bit = 0; bit < count; bit += 1) other = (other << 1) | ((bits >> bit) & 1);
  return other;
}

/** By nine bits: sixteen times the symbol that they begin with, and its length. */
const symbols = Uint16Array.from({ length: 512 }, (_, bits) => {
  const [symbol, length] = fixedCode(reversed(bits, 9));
  return symbol * 16 + length;
});

const distanceCodes = Uint8Array.from({ length: 32 }, (_, bits) => reversed(bits, 5));

function takeSymbol(bits: Bits): number {
  fill(bits);
  const found = symbols[bits.next & 511] ?? 0;
  take(bits, found & 15);
  return found >> 4;
}

/** A number by its code and the bits behind it: there are `2 ** steps` codes from each power of two to the next (section 3.2.5). */
function takeNumber(bits: Bits, code: number, steps: number): number {
  const further = (code >> steps) - 1;
  if (further <= 0) return code;
  const most = 1 << steps;
  return ((most + (code & (most - 1))) << further) + take(bits, further);
}

/** Repeats what a window has already, and gives its new end; undefined where it has no such place. */
function repeat(bits: Bits, code: number, { bytes }: Window, end: number): number | undefined {
  if (code >= noLength) return undefined;
  const length = code === longestRepetition ? 258 : 3 + takeNumber(bits, code, 2);
  fill(bits);
  const distanceCode = distanceCodes[take(bits, 5)] ?? noDistance;
  const from = end - 1 - takeNumber(bits, distanceCode, 1);
  if (distanceCode >= noDistance || from < 0 || end + length > bytes.length) return undefined;
  // One by one, since it may repeat what it has just written.
  for (let n = 0; n < length; n += 1) bytes[end + n] = bytes[from + n] ?? 0;
  return end + length;
}

/**
 * Inflates a short text that was deflated with a dictionary, if it is one block of fixed codes, as messages of chargers are. Undefined
 * for all other bytes, broken ones too, and for a text of 8 KB or more: those are zlib's. It makes a stream for each text, which takes
 * many times as long as a text of some hundred bytes does.
 */
export function inflateShort(bytes: Uint8Array, dictionary: DictionaryNumber): string | undefined {
  const window = windows[dictionary];
  const bits: Bits = { bytes, at: 0, next: 0, count: 0 };
  fill(bits);
  if (take(bits, 3) !== onlyBlockOfFixedCodes) return undefined;
  let end: number | undefined = window.start;
  while (end !== undefined && end < window.bytes.length) {
    const symbol = takeSymbol(bits);
    if (symbol === endOfBlock) {
      const isWhole = bits.at - (bits.count >> 3) <= bytes.length;
      return isWhole ? window.bytes.toString('utf8', window.start, end) : undefined;
    }
    if (symbol < endOfBlock) {
      window.bytes[end] = symbol;
      end += 1;
    } else end = repeat(bits, symbol - endOfBlock - 1, window, end);
  }
  return undefined;
}
