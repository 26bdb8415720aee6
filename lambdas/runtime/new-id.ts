import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Random text of letters and digits that cannot be mistaken for each other; 5 bits for each character. */
export const randomText = (length: number): string =>
  [...randomBytes(length)].map((byte) => alphabet.charAt(byte % 32)).join('');

/** A new random id with a prefix that says what it is of, as in `tar_…`; 80 bits. */
export const newId = (prefix: string): string => `${prefix}_${randomText(16)}`;
