import { bytesToHex } from '@noble/hashes/utils.js';
import { isPointOf } from './check-signature.ts';
import { type CurveName, curveOfOid, curves } from './curves.ts';
import { readBase64, readHex, readUtf8 } from './decode-text.ts';
import { derTag, readDer, soleDer } from './read-der.ts';

/** Encoding of a key if known; `auto` distinguishes hexadecimal digits from base64 by the text. */
export type KeyEncoding = 'auto' | 'hex' | 'base64';

/** The result of reading a public key. `point` is a point of the curve, as ECDSA takes it (02, 03 or 04 in front). */
export type ReadPublicKey =
  | { readonly kind: 'key'; readonly point: Uint8Array }
  | { readonly kind: 'unreadable' }
  /** A key of another curve than the signature's; `curve` is undefined when it is not supported. */
  | { readonly kind: 'another-curve'; readonly curve: CurveName | undefined };

const unreadable: ReadPublicKey = { kind: 'unreadable' };
const ecPublicKey = '2a8648ce3d0201';

/**
 * Reads the public key of a meter for a curve, in the forms that meters and chargers show: SPKI in DER, X and Y
 * together, the same with 04 in front, a compressed point; as hexadecimal digits, grouped or not, or base64; or the
 * composition of the Open Charge Alliance (`oca:base16:asn1:…`), itself in base64 or plain.
 */
export const readPublicKey = (
  text: string,
  curve: CurveName,
  encoding: KeyEncoding = 'auto',
): ReadPublicKey => {
  const bytes = composedKey(text) ?? keyBytes(text, encoding);
  if (bytes === undefined) return unreadable;
  const composed = composedKey(readUtf8(bytes) ?? '') ?? bytes;
  return readSpki(composed, curve) ?? readPoint(composed, curve);
};

/** A public key as a point of a curve. */
export type KeyPoint = { readonly curve: CurveName; readonly point: Uint8Array };

/**
 * The curves that a public key can be of, each with its point: none when it is not a key of a meter, one when the key names
 * its curve or gives both coordinates, and sometimes several when it is compressed.
 */
export const pointsOfKey = (text: string, encoding?: KeyEncoding): readonly KeyPoint[] =>
  (Object.keys(curves) as CurveName[]).flatMap((curve) => {
    const read = readPublicKey(text, curve, encoding);
    return read.kind === 'key' ? [{ curve, point: read.point }] : [];
  });

const keyBytes = (text: string, encoding: KeyEncoding): Uint8Array | undefined => {
  switch (encoding) {
    case 'hex':
      return readHex(text);
    case 'base64':
      return readBase64(text);
    case 'auto':
      return readHex(text) ?? readBase64(text);
    default:
      return encoding satisfies never;
  }
};

/** OCA application note on signed meter values: `oca:<base16 or base64>:<content type>:<key as printed on the meter>`. */
const composedKey = (text: string): Uint8Array | undefined => {
  const match = /^oca:(base16|base64):[^:]*:(.*)$/is.exec(text.trim());
  if (match === null) return undefined;
  const [, encoding = '', printed = ''] = match;
  if (encoding.toLowerCase() === 'base64') return readBase64(printed);
  return readHex(
    printed
      .trim()
      .replace(/^0x/i, '')
      .replace(/[^0-9a-f]/gi, ''),
  );
};

const readSpki = (bytes: Uint8Array, curve: CurveName): ReadPublicKey | undefined => {
  const content = soleDer(bytes, derTag.sequence);
  const algorithm = content && readDer(content, derTag.sequence);
  if (algorithm === undefined) return undefined;
  const type = readDer(algorithm.content, derTag.oid);
  const oid = type && soleDer(type.rest, derTag.oid);
  const bits = soleDer(algorithm.rest, derTag.bitString);
  if (type === undefined || bytesToHex(type.content) !== ecPublicKey) return unreadable;
  if (oid === undefined || bits === undefined || bits[0] !== 0) return unreadable;
  const own = curveOfOid(bytesToHex(oid));
  return own === curve ? readPoint(bits.subarray(1), curve) : { kind: 'another-curve', curve: own };
};

const readPoint = (bytes: Uint8Array, curve: CurveName): ReadPublicKey => {
  const isBare = bytes.length === 2 * curves[curve].bytes;
  const point = isBare ? Uint8Array.of(4, ...bytes) : bytes;
  return isPointOf(curve, point) ? { kind: 'key', point } : unreadable;
};
