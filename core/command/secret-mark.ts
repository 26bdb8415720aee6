import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Tells a value that is not kept from the one that is wanted: the first 16 bits of its SHA-256, 4 hexadecimal digits. They are so few that
 * whoever tries words from a list finds one in 65,536 to fit, and does not know whether it is the one.
 */
export const secretMark = (value: string): string =>
  bytesToHex(sha256(utf8ToBytes(value.trim())).subarray(0, 2));
