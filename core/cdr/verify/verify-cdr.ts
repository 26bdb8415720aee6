import { utf8ToBytes } from '@noble/hashes/utils.js';
import { meteringRules } from '../../metering/rules.ts';
import { pricingRules } from '../../tariff/model/rules.ts';
import { cdrFromReadings } from '../compute/cdr-from-readings.ts';
import type { CdrRules } from '../compute/cdr-rules.ts';
import { sessionOfCdr } from '../compute/session-facts.ts';
import { cdrInPartOf } from '../correct/renumber-cdr.ts';
import type { Cdr, CdrContent, CdrSeal } from '../model/cdr.ts';
import { cdrRules } from '../model/rules.ts';
import { canonicalJson } from '../seal/canonical-json.ts';
import { creditIdOf } from '../seal/cdr-id.ts';
import {
  type ChainEnd,
  chainHash,
  contentHash,
  firstPreviousHash,
  sealedText,
} from '../seal/seal-cdr.ts';
import type { CdrCheck } from './cdr-check.ts';
import { checkArithmetic } from './check-arithmetic.ts';
import { checkReadings, type ListedMessage } from './check-readings.ts';
import { checkSigned } from './check-signed.ts';
import { isDerSignature } from './is-der-signature.ts';

/** The proofs a CDR can be checked against. */
export type CdrProof = {
  /** All stored messages of the session, and how they are read and priced. */
  readonly readings?: readonly ListedMessage[];
  readonly rules?: CdrRules;
  /** The seal before this one in the charger's chain. */
  readonly previous?: ChainEnd;
  /** Verifies ECDSA P-256 with SHA-256 over a message; the signature is DER in base64. */
  readonly verifySignature?: (message: Uint8Array, signature: string, keyId: string) => boolean;
  /** True when the key of `verifySignature` came with the CDR: that proves its wholeness, but not who sealed it. */
  readonly keyIsCarried?: boolean;
};

/** The verdict on a CDR: valid when no check failed. */
export type CdrVerdict = { readonly valid: boolean; readonly checks: readonly CdrCheck[] };

/**
 * Checks a CDR against itself, its seal and whatever proof is given. A held CDR has no seal to check; a sealed one
 * whose signature cannot be checked is not valid.
 */
export const verifyCdr = (cdr: Cdr, proof: CdrProof): CdrVerdict => {
  const { state, seal, creditedBy: _since, ...content } = cdr;
  const signed = checkSigned(content);
  const checks = [
    checkState(cdr),
    checkArithmetic(content),
    checkHash(content, seal),
    checkChain(seal, proof.previous),
    checkSignature(content, seal, proof),
    ...(signed === undefined ? [] : [signed]),
    checkReadings(content.evidence, proof.readings, proof.rules?.read),
    checkContent(content, proof),
  ];
  return { valid: checks.every(({ outcome }) => outcome !== 'failed'), checks };
};

const passed = (check: CdrCheck['check'], message: string): CdrCheck => ({
  check,
  outcome: 'passed',
  message,
});

const failed = (check: CdrCheck['check'], message: string): CdrCheck => ({
  check,
  outcome: 'failed',
  message,
});

/** A CDR from outside may hold anything: what cannot be computed with is wrong, not our bug. */
const attempted = <Result>(compute: () => Result): Result | undefined => {
  try {
    return compute();
  } catch {
    return undefined;
  }
};

const skipped = (check: CdrCheck['check'], message: string): CdrCheck => ({
  check,
  outcome: 'skipped',
  message,
});

const checkState = (cdr: Cdr): CdrCheck => {
  const { state, seal, total, creditedBy, cdrId } = cdr;
  if (creditedBy !== (state === 'credited' ? creditIdOf(cdrId) : undefined)) {
    return failed('state', 'A CDR names the credit of its own total exactly when it is credited.');
  }
  const hasBoth = seal !== null && total !== null;
  const hasNone = seal === null && total === null;
  switch (state) {
    case 'held':
      return hasNone
        ? passed('state', 'The CDR is held, without seal and price.')
        : failed('state', 'A held CDR must have neither seal nor price.');
    case 'sealed':
    case 'credited':
      return hasBoth
        ? passed('state', `The CDR is ${state}, with seal and price.`)
        : failed('state', `A ${state} CDR must have a seal and a price.`);
    default:
      return failed('state', 'The CDR is neither held nor sealed nor credited.');
  }
};

const checkHash = (content: CdrContent, seal: CdrSeal | null): CdrCheck => {
  if (seal === null) return skipped('hash', 'Not sealed.');
  return attempted(() => chainHash(contentHash(content), seal)) === seal.hash
    ? passed('hash', 'The hash matches the content, place, previous hash and key.')
    : failed('hash', 'The stated hash does not match the content, place, previous hash and key.');
};

const checkChain = (seal: CdrSeal | null, previous: ChainEnd | undefined): CdrCheck => {
  if (seal === null) return skipped('chain', 'Not sealed.');
  if (seal.sequence === 1) {
    return seal.previousHash === firstPreviousHash && previous === undefined
      ? passed('chain', 'The CDR is the first of its charger and has no predecessor.')
      : failed(
          'chain',
          'The CDR has the first place in the chain of its charger and yet names a previous hash.',
        );
  }
  if (previous === undefined) return skipped('chain', 'The previous CDR was not given.');
  return seal.sequence === previous.sequence + 1 && seal.previousHash === previous.hash
    ? passed('chain', 'The CDR follows the previous one without a gap.')
    : failed('chain', 'The CDR does not follow the one given as its predecessor.');
};

const checkSignature = (content: CdrContent, seal: CdrSeal | null, proof: CdrProof): CdrCheck => {
  if (seal === null) return skipped('signature', 'Not sealed.');
  const { verifySignature, keyIsCarried } = proof;
  if (verifySignature === undefined) {
    return failed(
      'signature',
      'The signature cannot be checked: no public key was given, and the CDR carries none.',
    );
  }
  const message = attempted(() => utf8ToBytes(sealedText(contentHash(content), seal)));
  const isSigned =
    message !== undefined &&
    isDerSignature(seal.signature) &&
    verifySignature(message, seal.signature, seal.keyId);
  if (!isSigned) {
    return failed('signature', 'The signature does not match this key, content and place.');
  }
  return passed(
    'signature',
    keyIsCarried === true
      ? 'The CDR was signed by the key that it carries; give the public key of the operator (--public-key) to check whose it is.'
      : 'The CDR was signed by the given key.',
  );
};

/** A CDR that other rules made can be held against its hash and signature only. */
const areOurs = ({ metering, pricing, cdr }: CdrContent['evidence']['rules']): boolean =>
  metering === meteringRules && pricing === pricingRules && cdr === cdrRules;

const checkContent = (content: CdrContent, { readings, rules }: CdrProof): CdrCheck => {
  if (readings === undefined || rules === undefined) {
    return skipped('content', 'The readings were not given.');
  }
  const made = content.evidence.rules;
  if (!areOurs(made)) {
    return skipped('content', 'The CDR was computed by another version of the rules.');
  }
  const different = attempted(() =>
    differences(
      content,
      cdrInPartOf(
        cdrFromReadings(
          sessionOfCdr(content),
          content.tariff ?? undefined,
          readings,
          rules,
          content.evidence.basis,
        ),
        content.cdrId,
      ),
    ),
  );
  if (different === undefined) {
    return failed('content', 'The content of the CDR cannot be recomputed: it is malformed.');
  }
  return different.length === 0
    ? passed('content', 'Energy, times and price follow from the readings.')
    : failed('content', `The readings give other values for: ${different.join(', ')}.`);
};

const differences = (stated: CdrContent, again: CdrContent): readonly string[] => {
  const expected = new Map<string, unknown>(Object.entries(again));
  const names = new Set([...Object.keys(stated), ...expected.keys()]);
  const found = new Map<string, unknown>(Object.entries(stated));
  return [...names].filter((name) => textOf(found.get(name)) !== textOf(expected.get(name)));
};

const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));
