import { derTag, readDer, soleDer } from './read-der.ts';

/** How a meter wrote its signature: as DER, as DER with integers that lack or repeat a leading zero, or as r and s alone. */
export type SignatureForm = 'der' | 'der-malformed-integer' | 'raw';

/** A signature as r and s, each filled up with zeros to the length of a coordinate. */
export type ReadSignature = { readonly form: SignatureForm; readonly rs: Uint8Array };

/**
 * Reads an ECDSA signature. Some meters forget the zero before an integer with its first bit set, which makes it
 * negative in DER; both integers are therefore read as unsigned, which never changes one that is written well.
 * `size` is the length of a coordinate in bytes; undefined when the bytes are not a signature of a curve of that size.
 */
export const readSignature = (bytes: Uint8Array, size: number): ReadSignature | undefined => {
  const der = readDerSignature(bytes, size);
  if (der !== undefined) return der;
  return bytes.length === 2 * size ? { form: 'raw', rs: bytes } : undefined;
};

const readDerSignature = (bytes: Uint8Array, size: number): ReadSignature | undefined => {
  const content = soleDer(bytes, derTag.sequence);
  const first = content && readDer(content, derTag.integer);
  const second = first && soleDer(first.rest, derTag.integer);
  if (first === undefined || second === undefined) return undefined;
  const r = unsigned(first.content, size);
  const s = unsigned(second, size);
  if (r === undefined || s === undefined) return undefined;
  const isStrict = isWellWritten(first.content) && isWellWritten(second);
  return { form: isStrict ? 'der' : 'der-malformed-integer', rs: joined(r, s) };
};

const unsigned = (integer: Uint8Array, size: number): Uint8Array | undefined => {
  const leading = integer.findIndex((byte) => byte !== 0);
  const digits = leading < 0 ? new Uint8Array() : integer.subarray(leading);
  if (integer.length === 0 || digits.length > size) return undefined;
  const padded = new Uint8Array(size);
  padded.set(digits, size - digits.length);
  return padded;
};

/** DER: not negative, and a leading zero only where it is needed to say so. */
const isWellWritten = ([first = 0, second]: Uint8Array): boolean =>
  first < 0x80 && (first !== 0 || second === undefined || second >= 0x80);

const joined = (r: Uint8Array, s: Uint8Array): Uint8Array => {
  const both = new Uint8Array(r.length + s.length);
  both.set(r);
  both.set(s, r.length);
  return both;
};
