import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type DictionaryNumber, dictionaries } from './dictionaries.ts';
import { inflateShort } from './inflate-short.ts';
import type { Item } from './item.ts';

/**
 * The most bytes that a text may have, and be unpacked to. API Gateway takes messages of up to 128 KB; an item holds 400 KB,
 * packed or not, and a few bytes of a damaged one must not unpack to gigabytes.
 */
const mostBytes = 1_048_576;

/** The first byte of a packed text: a dictionary's number for a text that is deflated with it, or one of these. */
const forms = {
  /** UTF-8 as it is: a text that deflating would make longer. */
  plain: 0,
  /** UTF-16 as it is: a text with half a surrogate pair, which UTF-8 cannot hold. */
  halves: 255,
} as const;

/** Little memory, since texts are short: to set it up takes longer than to deflate. Nothing that is read depends on it. */
const effort = { level: 9, windowBits: 13, memLevel: 5 } as const;

/**
 * Bytes that zlib reserves at a time, at least. It would reserve 16 KB for a text of some hundred, and what is reserved counts
 * as memory of the process until it is collected: every few hundred messages all of it was, and what had been compiled with it.
 */
const leastChunk = 1_024;

const withForm = (form: number, bytes: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(form), bytes]);

/** Packs a text, with a dictionary of what texts of its kind have in common. Throws for one of more than a megabyte. */
export function packText(value: string, dictionary: DictionaryNumber): Uint8Array {
  const bytes = Buffer.from(value, value.isWellFormed() ? 'utf8' : 'utf16le');
  if (bytes.length > mostBytes) {
    throw new Error(`A text of ${bytes.length} bytes is too long to be stored`);
  }
  if (!value.isWellFormed()) return withForm(forms.halves, bytes);
  const deflated = deflateRawSync(bytes, {
    ...effort,
    dictionary: dictionaries[dictionary],
    // One that would not fit is not kept.
    chunkSize: Math.max(leastChunk, bytes.length),
  });
  return deflated.length < bytes.length
    ? withForm(dictionary, deflated)
    : withForm(forms.plain, bytes);
}

const isDictionary = (form: number): form is DictionaryNumber => Object.hasOwn(dictionaries, form);

/** Reads a packed text, byte for byte as it was written. Throws for any other bytes. */
export function unpackText(packed: Uint8Array): string {
  const form = packed[0];
  const bytes = packed.subarray(1);
  if (form === forms.plain) return Buffer.from(bytes).toString('utf8');
  if (form === forms.halves) return Buffer.from(bytes).toString('utf16le');
  if (form === undefined || !isDictionary(form)) {
    throw new Error(`Stored text of an unknown form ${form}`);
  }
  return inflateShort(bytes, form) ?? inflate(bytes, dictionaries[form]);
}

const inflate = (bytes: Uint8Array, dictionary: Uint8Array): string =>
  inflateRawSync(bytes, {
    dictionary,
    maxOutputLength: mostBytes,
    chunkSize: Math.max(leastChunk, 4 * bytes.length),
  }).toString('utf8');

/** Packs a text as an attribute. */
export const packedText = (value: string, dictionary: DictionaryNumber): Item[string] => ({
  B: packText(value, dictionary),
});

/** Reads a packed text from an attribute; a missing one is a bug in what was stored, and throws. */
export function unpackedText(item: Item, name: string): string {
  const packed = item[name]?.B;
  if (packed === undefined) throw new Error(`Stored item without packed text ${name}`);
  return unpackText(packed);
}
