/** How a token is written into the header: base64 since 2.2, plain in 2.1.1 and by partners that do not encode. */
export type TokenEncoding = 'base64' | 'plain';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648 §4) of printable ASCII, which is all that a token may consist of. */
const encodeBase64 = (text: string): string => {
  let encoded = '';
  for (let at = 0; at < text.length; at += 3) {
    const bytes = [0, 1, 2].map((each) => text.charCodeAt(at + each) || 0);
    const [first = 0, second = 0, third = 0] = bytes;
    const bits = (first << 16) | (second << 8) | third;
    const four = [18, 12, 6, 0].map((shift) => digits[(bits >> shift) & 63] ?? '').join('');
    const present = Math.min(3, text.length - at);
    encoded += four.slice(0, present + 1).padEnd(4, '=');
  }
  return encoded;
};

/** The text of base64, also of its URL-safe form and without padding; undefined for anything else. */
const decodeBase64 = (encoded: string): string | undefined => {
  const plain = encoded.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) return undefined;
  let [text, bits, held] = ['', 0, 0];
  for (const digit of plain) {
    bits = ((bits << 6) | digits.indexOf(digit)) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    text += String.fromCharCode((bits >> held) & 0xff);
  }
  return text;
};

/** The header `Authorization` for a call with a token. */
export const authorizationHeader = (token: string, encoding: TokenEncoding): string =>
  `Token ${encoding === 'base64' ? encodeBase64(token) : token}`;

/**
 * The tokens that a header can mean, to be looked up one after the other: the text itself, and decoded without blanks
 * around it, because examples of OCPI encode a line feed. Nothing decides by the look of it: a token without hyphens
 * is valid base64 too. Empty where it is no header of OCPI.
 */
export const tokensOf = (header: string | undefined): readonly string[] => {
  const written = /^Token +(\S+)\s*$/i.exec(header ?? '')?.[1];
  if (written === undefined) return [];
  const decoded = decodeBase64(written)?.trim();
  const isToken = decoded !== undefined && /^[\x21-\x7e]{1,64}$/.test(decoded);
  return isToken && decoded !== written ? [written, decoded] : [written];
};
