import type { CdrContent, CdrSeal } from '../model/cdr.ts';
import { canonicalJson } from './canonical-json.ts';
import { digestHex } from './digest-hex.ts';

/** Where a charger's chain ended so far. */
export type ChainEnd = Pick<CdrSeal, 'sequence' | 'hash'>;

/** The part of a seal that needs no private key. `hash` is also the digest that is signed. */
export type UnsignedSeal = Pick<CdrSeal, 'sequence' | 'previousHash' | 'hash' | 'keyId'>;

/** The previous hash in a charger's first CDR. */
export const firstPreviousHash = '0'.repeat(64);

/** The SHA-256 of a CDR's content in canonical JSON, hex. */
export const contentHash = (content: CdrContent): string => digestHex(canonicalJson(content));

/** Place of a CDR in its charger's chain, and the key that sealed it. */
type Place = Pick<CdrSeal, 'sequence' | 'previousHash' | 'keyId'>;

/**
 * The signed text: `<previousHash>\n<contentHash>\n<sequence>\n<keyId>`. Whoever changes a CDR changes its
 * hash, and with it that of every later one of that charger.
 */
export const sealedText = (content: string, { previousHash, sequence, keyId }: Place): string =>
  `${previousHash}\n${content}\n${sequence}\n${keyId}`;

/** The hash of a place in the chain, hex: SHA-256 of the sealed text, so that it is the digest to sign. */
export const chainHash = (content: string, place: Place): string =>
  digestHex(sealedText(content, place));

/**
 * Puts a CDR, as canonical JSON, into its charger's chain, after `previous`; `undefined` for the charger's first. `keyId` will sign it;
 * `digest` is SHA-256 of text in UTF-8, as digestHex has it.
 */
export const sealCdr = (
  content: string,
  previous: ChainEnd | undefined,
  keyId: string,
  digest: (text: string) => string = digestHex,
): UnsignedSeal => {
  const sequence = (previous?.sequence ?? 0) + 1;
  const previousHash = previous?.hash ?? firstPreviousHash;
  const place = { sequence, previousHash, keyId };
  return { ...place, hash: digest(sealedText(digest(content), place)) };
};
