import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a secret, hex. Ours are long and random, so that no slow hash is needed. */
export const secretHash = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex');

/** Compares a secret with the hash that was kept, in the same time whether it fits or not. */
export const fitsHash = (secret: string, hash: string): boolean => {
  const given = Buffer.from(secretHash(secret), 'hex');
  const kept = Buffer.from(hash, 'hex');
  return given.length === kept.length && timingSafeEqual(given, kept);
};
