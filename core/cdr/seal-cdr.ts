import { canonicalJson } from './canonical-json.ts';
import type { CdrContent, CdrSeal } from './cdr.ts';
import { digestHex } from './digest-hex.ts';

/** Where a charger's chain ended so far. */
export type ChainEnd = Pick<CdrSeal, 'sequence' | 'hash'>;

/** The part of a seal that needs no key. `hash` is also the digest that is signed. */
export type UnsignedSeal = Pick<CdrSeal, 'sequence' | 'previousHash' | 'hash'>;

/** What stands for the previous hash in a charger's first CDR. */
export const firstPreviousHash = '0'.repeat(64);

/** The SHA-256 of a CDR's content in canonical JSON, hex. */
export const contentHash = (content: CdrContent): string => digestHex(canonicalJson(content));

/**
 * What is signed, as text: `<previousHash>\n<contentHash>\n<sequence>`. Whoever changes a CDR changes its hash, and
 * with it that of every later one of that charger.
 */
export const sealedText = (previousHash: string, content: string, sequence: number): string =>
  `${previousHash}\n${content}\n${sequence}`;

/** The hash of a place in the chain, hex: SHA-256 of the sealed text, so that it is the digest to sign. */
export const chainHash = (previousHash: string, content: string, sequence: number): string =>
  digestHex(sealedText(previousHash, content, sequence));

/** Puts a CDR into its charger's chain, after `previous`; `undefined` for the charger's first. */
export const sealCdr = (content: CdrContent, previous: ChainEnd | undefined): UnsignedSeal => {
  const sequence = (previous?.sequence ?? 0) + 1;
  const previousHash = previous?.hash ?? firstPreviousHash;
  return { sequence, previousHash, hash: chainHash(previousHash, contentHash(content), sequence) };
};
