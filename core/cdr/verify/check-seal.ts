import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { CdrContent, CdrSeal } from '../model/cdr.ts';
import { chainHash, contentHash, firstPreviousHash, sealedText } from '../seal/seal-cdr.ts';
import { attempted, type CdrCheck, failed, passed, skipped } from './cdr-check.ts';
import { type CdrProof, isUnusable, type SealKey, type SignatureProof } from './cdr-proof.ts';
import { isDerSignature } from './is-der-signature.ts';

/** The hash of a CDR's content that seals are over; undefined for content that no CDR of ours can have. */
export const sealedHash = (content: CdrContent): string | undefined =>
  attempted(() => contentHash(content));

/** Checks that a seal belongs to the content of its CDR, by its hash, and to its place. */
export const checkHash = (hash: string | undefined, seal: CdrSeal | null): CdrCheck => {
  if (seal === null) return skipped('hash', 'Not sealed.');
  return hash !== undefined && chainHash(hash, seal) === seal.hash
    ? passed('hash', 'The hash matches the content, place, previous hash and key.')
    : failed('hash', 'The stated hash does not match the content, place, previous hash and key.');
};

/** Checks that a seal follows the previous one of its charger. */
export const checkChain = (seal: CdrSeal | null, previous: CdrProof['previous']): CdrCheck => {
  if (seal === null) return skipped('chain', 'Not sealed.');
  if (previous !== undefined && isUnusable(previous)) return failed('chain', previous.problem);
  if (seal.sequence === 1) {
    return seal.previousHash === firstPreviousHash && previous === undefined
      ? passed('chain', 'The CDR is the first of its charger and has no predecessor.')
      : failed(
          'chain',
          'The CDR has the first place in the chain of its charger and yet names a previous hash.',
        );
  }
  if (seal.sequence < 1) return failed('chain', 'The places in a chain are 1, 2, 3, ….');
  if (previous === undefined) return skipped('chain', 'The previous CDR was not given.');
  return seal.sequence === previous.sequence + 1 && seal.previousHash === previous.hash
    ? passed('chain', 'The CDR follows the previous one without a gap.')
    : failed('chain', 'The CDR does not follow the one given as its predecessor.');
};

const noKey: SignatureProof = {
  problem: 'The signature cannot be checked: no public key was given, and the CDR carries none.',
};

/** Checks that a seal was signed by a key, and says where that key came from. */
export const checkSignature = (
  content: CdrContent,
  hash: string | undefined,
  seal: CdrSeal | null,
  key: SignatureProof = noKey,
): CdrCheck => {
  if (seal === null) return skipped('signature', 'Not sealed.');
  if (isUnusable(key)) return failed('signature', key.problem);
  const isCarried = seal.publicKey !== undefined || key.source === 'carried';
  if (isCarried && seal.publicKey !== key.publicKey) {
    return failed(
      'signature',
      'The public key that the CDR carries is not the one to check it with.',
    );
  }
  const isSigned =
    hash !== undefined &&
    isDerSignature(seal.signature) &&
    key.verify(utf8ToBytes(sealedText(hash, seal)), seal.signature);
  if (!isSigned) {
    return failed('signature', 'The signature does not match this key, content and place.');
  }
  return wasReplacedBefore(content, key)
    ? failed('signature', `The key ${seal.keyId} was replaced before the session had ended.`)
    : passed('signature', `The CDR was signed by the key ${seal.keyId}, ${originOf(key)}`);
};

/** A session is sealed after its end has reached us, by our own clock, and not by a key that was no longer in use. */
const wasReplacedBefore = ({ evidence }: CdrContent, { validUntil }: SealKey): boolean => {
  const endedAt = evidence.session.stop?.receivedAt;
  return (
    validUntil !== undefined &&
    endedAt !== undefined &&
    Date.parse(endedAt) > Date.parse(validUntil)
  );
};

const originOf = ({ source }: SealKey): string => {
  switch (source) {
    case 'given':
      return 'which was given.';
    case 'published':
      return 'which is in the list of published keys.';
    case 'carried':
      return 'which only came with the CDR itself: whose it is, the key of the operator (--public-key) or the published keys (--keys) show.';
    default:
      return source satisfies never;
  }
};
