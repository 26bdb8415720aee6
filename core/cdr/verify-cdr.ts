import { utf8ToBytes } from '@noble/hashes/utils.js';
import { meteringRules } from '../metering/rules.ts';
import { pricingRules } from '../tariff/rules.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Cdr, CdrContent, CdrSeal } from './cdr.ts';
import type { CdrCheck } from './cdr-check.ts';
import { type CdrRules, cdrFromReadings } from './cdr-from-readings.ts';
import { checkArithmetic } from './check-arithmetic.ts';
import { checkReadings, type ListedReading } from './check-readings.ts';
import { isDerSignature } from './is-der-signature.ts';
import { cdrRules } from './rules.ts';
import {
  type ChainEnd,
  chainHash,
  contentHash,
  firstPreviousHash,
  sealedText,
} from './seal-cdr.ts';
import { sessionOfCdr } from './session-facts.ts';

/** What a CDR can be checked against. */
export type CdrProof = {
  /** All stored messages of the session, and how they are read and priced. */
  readonly readings?: readonly ListedReading[];
  readonly rules?: CdrRules;
  /** The seal before this one in the charger's chain. */
  readonly previous?: ChainEnd;
  /** Verifies ECDSA P-256 with SHA-256 over a message; the signature is DER in base64. */
  readonly verifySignature?: (message: Uint8Array, signature: string, keyId: string) => boolean;
};

/** The verdict on a CDR: valid when no check failed. */
export type CdrVerdict = { readonly valid: boolean; readonly checks: readonly CdrCheck[] };

/** Checks a CDR against itself, its seal and whatever proof is given; a held CDR has no seal to check. */
export const verifyCdr = (cdr: Cdr, proof: CdrProof): CdrVerdict => {
  const { state, seal, ...content } = cdr;
  const checks = [
    checkState(cdr),
    checkArithmetic(content),
    checkHash(content, seal),
    checkChain(seal, proof.previous),
    checkSignature(content, seal, proof),
    checkReadings(content.evidence, proof.readings, proof.rules?.read),
    checkContent(content, proof),
  ];
  return { valid: checks.every(({ outcome }) => outcome !== 'failed'), checks };
};

const passedIf = (check: CdrCheck['check'], ok: boolean, message: string): CdrCheck => ({
  check,
  outcome: ok ? 'passed' : 'failed',
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

const checkState = ({ state, seal, total }: Cdr): CdrCheck => {
  const hasBoth = seal !== null && total !== null;
  const hasNone = seal === null && total === null;
  switch (state) {
    case 'held':
      return passedIf('state', hasNone, 'A held CDR has no seal and no price.');
    case 'sealed':
    case 'credited':
      return passedIf('state', hasBoth, `A ${state} CDR has a seal and a price.`);
    default:
      return passedIf('state', false, 'A CDR is held, sealed or credited.');
  }
};

const checkHash = (content: CdrContent, seal: CdrSeal | null): CdrCheck => {
  if (seal === null) return skipped('hash', 'Not sealed.');
  const hash = chainHash(seal.previousHash, contentHash(content), seal.sequence);
  return passedIf(
    'hash',
    hash === seal.hash,
    'The hash is that of content, place and previous hash.',
  );
};

const checkChain = (seal: CdrSeal | null, previous: ChainEnd | undefined): CdrCheck => {
  if (seal === null) return skipped('chain', 'Not sealed.');
  if (seal.sequence === 1) {
    const ok = seal.previousHash === firstPreviousHash && previous === undefined;
    return passedIf('chain', ok, 'The first CDR of a charger follows none.');
  }
  if (previous === undefined) return skipped('chain', 'The previous CDR was not given.');
  const ok = seal.sequence === previous.sequence + 1 && seal.previousHash === previous.hash;
  return passedIf('chain', ok, 'The CDR follows the previous one without a gap.');
};

const checkSignature = (
  content: CdrContent,
  seal: CdrSeal | null,
  { verifySignature }: CdrProof,
): CdrCheck => {
  if (seal === null) return skipped('signature', 'Not sealed.');
  if (verifySignature === undefined) return skipped('signature', 'No public key was given.');
  const { previousHash, sequence, signature, keyId } = seal;
  const message = attempted(() =>
    utf8ToBytes(sealedText(previousHash, contentHash(content), sequence)),
  );
  const ok =
    message !== undefined &&
    isDerSignature(signature) &&
    verifySignature(message, signature, keyId);
  return passedIf('signature', ok, 'The signature is that of the key over content and place.');
};

const currentRules = { metering: meteringRules, pricing: pricingRules, cdr: cdrRules };

const checkContent = (content: CdrContent, { readings, rules }: CdrProof): CdrCheck => {
  if (readings === undefined || rules === undefined) {
    return skipped('content', 'The readings were not given.');
  }
  const made = content.evidence.rules;
  if (canonicalJson(made) !== canonicalJson(currentRules)) {
    return skipped('content', 'The CDR was made by another version of the rules.');
  }
  const different = attempted(() =>
    differences(
      content,
      cdrFromReadings(sessionOfCdr(content), content.tariff ?? undefined, readings, rules),
    ),
  );
  if (different === undefined) {
    return passedIf('content', false, 'What the CDR says cannot be computed with.');
  }
  return passedIf(
    'content',
    different.length === 0,
    different.length === 0
      ? 'Energy, times and price follow from the readings.'
      : `The readings give another value of: ${different.join(', ')}.`,
  );
};

const differences = (stated: CdrContent, again: CdrContent): readonly string[] => {
  const expected = new Map<string, unknown>(Object.entries(again));
  const names = new Set([...Object.keys(stated), ...expected.keys()]);
  const found = new Map<string, unknown>(Object.entries(stated));
  return [...names].filter((name) => textOf(found.get(name)) !== textOf(expected.get(name)));
};

const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));
