import type { Cdr } from '../model/cdr.ts';
import { attempted, type CdrCheck, failed, passed, skipped } from './cdr-check.ts';
import { type CdrProof, isUnusable, type SealKey } from './cdr-proof.ts';
import { readCdrShape } from './cdr-shape.ts';
import { checkArithmetic } from './check-arithmetic.ts';
import { checkContent } from './check-content.ts';
import { checkReadings } from './check-readings.ts';
import { checkChain, checkHash, checkSignature, sealedHash } from './check-seal.ts';
import { checkSigned } from './check-signed.ts';
import { checkState } from './check-state.ts';
import { checkZone } from './check-zone.ts';

/** The verdict on a CDR. */
export type CdrVerdict = {
  /** True for a sealed CDR of which no check failed, and for nothing else. */
  readonly valid: boolean;
  /** `not sealed`: a held CDR of which no check failed. No seal proves that it is ours, so it is never valid. */
  readonly verdict: 'valid' | 'not valid' | 'not sealed';
  readonly checks: readonly CdrCheck[];
  /** The key of the seal, where one was found: which it is, and where it came from. */
  readonly key?: SealKeyName;
};

/** Names the key of a seal. */
export type SealKeyName = Pick<SealKey, 'source' | 'publicKey'> & { readonly keyId: string };

/**
 * Checks a CDR against itself, its seal and whatever proof is given. Any JSON value gets a verdict: first of all it must
 * have the form of a CDR. A sealed one whose signature cannot be checked is not valid.
 */
export const verifyCdr = (value: unknown, proof: CdrProof): CdrVerdict => {
  const read = attempted(() => readCdrShape(value));
  if (read?.kind !== 'read') return malformedVerdict(read?.path ?? '');
  const cdr = read.value;
  const checks = checksOf(cdr, proof);
  const verdict = verdictBy(cdr, checks);
  const key = keyName(cdr, proof);
  return { valid: verdict === 'valid', verdict, checks, ...(key !== undefined && { key }) };
};

/** The verdict on what has not the form of a CDR, by the path of what is wrong; empty for the whole. */
const malformedVerdict = (path: string): CdrVerdict =>
  refusedVerdict(
    path === '' ? 'This is no CDR.' : `This is no CDR: ${path} is missing or malformed.`,
  );

/** The verdict on what is not even looked at as a CDR, and why. */
export const refusedVerdict = (message: string): CdrVerdict => ({
  valid: false,
  verdict: 'not valid',
  checks: [failed('shape', message)],
});

const checksOf = (cdr: Cdr, proof: CdrProof): readonly CdrCheck[] => {
  const { state: _state, seal, creditedBy: _since, receiptUrl, ...content } = cdr;
  const signed = checkSigned(content);
  const zone = checkZone(content);
  const hash = sealedHash(content);
  return [
    passed('shape', 'Everything has the form that it has in a CDR.'),
    checkState(cdr),
    attempted(() => checkArithmetic(content)) ??
      failed('arithmetic', 'These are no amounts and times that can be added up.'),
    checkHash(hash, seal),
    checkChain(seal, proof.previous),
    checkSignature(content, hash, seal, proof.key),
    ...(signed === undefined ? [] : [signed]),
    ...(zone === undefined ? [] : [zone]),
    checkReadings(content.evidence, proof.readings, proof.rules?.read),
    checkContent(content, proof),
    ...(receiptUrl === undefined ? [] : [unsealedLink]),
  ];
};

/** Whoever passes a CDR on could put in a link of their own. */
const unsealedLink: CdrCheck = skipped(
  'receipt',
  'The link to the receipt is no part of what was sealed: nothing proves whose it is.',
);

const verdictBy = (cdr: Cdr, checks: readonly CdrCheck[]): CdrVerdict['verdict'] => {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'not valid';
  return cdr.seal === null ? 'not sealed' : 'valid';
};

const keyName = ({ seal }: Cdr, { key }: CdrProof): SealKeyName | undefined =>
  seal === null || key === undefined || isUnusable(key)
    ? undefined
    : { keyId: seal.keyId, source: key.source, publicKey: key.publicKey };
