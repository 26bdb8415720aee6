import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of hexadecimal digits in either case, grouped as printed on a meter (`30 59:30-13`, `0x3059`); else undefined. */
export const readHex = (text: string): Uint8Array | undefined => {
  const digits = text
    .trim()
    .replace(/^0x/i, '')
    .replace(/[\s:-]/g, '');
  return /^(?:[0-9a-f]{2})+$/i.test(digits) ? hexToBytes(digits) : undefined;
};

/** The bytes of base64, also URL-safe, also in lines, with or without padding; undefined for other text. */
export const readBase64 = (text: string): Uint8Array | undefined => {
  const digits = text
    .replace(/\s/g, '')
    .replace(/={1,2}$/, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
  if (!/^[A-Za-z0-9+/]+$/.test(digits) || digits.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let [pending, bits, length] = [0, 0, 0];
  for (const digit of digits) {
    pending = (pending << 6) | alphabet.indexOf(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = pending >> bits;
    length += 1;
    pending &= (1 << bits) - 1;
  }
  return bytes;
};

/** The text that these bytes are in UTF-8, to the last byte; undefined when they are not UTF-8. */
export const readUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return decodeURIComponent(bytesToHex(bytes).replace(/../g, '%$&'));
  } catch {
    return undefined;
  }
};

/** The text of bytes of which each is one character (ISO 8859-1). */
export const readLatin1 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
