import { normalizeChargerId } from '../../charger/charger-key.ts';
import type { Cdr } from '../model/cdr.ts';
import type { ChainEnd } from '../seal/seal-cdr.ts';
import { failed, passed } from './cdr-check.ts';
import type { SignatureProof } from './cdr-proof.ts';
import { readCdrShape } from './cdr-shape.ts';
import { type ChainLink, partProblems } from './part-problems.ts';
import { type CdrVerdict, type SealKeyName, verifyCdr } from './verify-cdr.ts';

/** Something that is wrong with a chain, and with which of its CDRs. */
export type ChainProblem = { readonly cdrId: string; readonly message: string };

/** One thing that was checked of a whole chain. */
export type ChainCheck = {
  readonly check: 'shape' | 'charger' | 'places' | 'seals' | 'parts' | 'held';
  readonly outcome: 'passed' | 'failed';
  readonly message: string;
};

/** The verdict on a charger's chain: valid when it is whole and every CDR in it is what was sealed. */
export type ChainVerdict = {
  readonly valid: boolean;
  readonly checks: readonly ChainCheck[];
  /** How many CDRs have a place in it. */
  readonly cdrs: number;
  /** How many are held: nothing proves that they are ours, and they have no place. */
  readonly held: number;
  readonly problems: readonly ChainProblem[];
  /** The keys that sealed it, each once: which they are, and where they came from. */
  readonly keys: readonly SealKeyName[];
  /** Where it ends. A chain does not show that later CDRs are missing: who notes its ends finds out. */
  readonly end?: ChainEnd;
};

/**
 * Walks the chain of a charger from its first CDR to its last: there is one, no place is empty or taken twice, each CDR is of
 * that charger and follows the one before, none occurs twice, and every credit negates exactly one CDR of the chain. Held
 * CDRs have no place; they must look like held ones. Any JSON value gets a verdict.
 */
export const verifyChain = (
  chargerId: string,
  values: unknown,
  keyOf: (cdr: Cdr) => SignatureProof,
): ChainVerdict => {
  const items: readonly unknown[] = Array.isArray(values) ? values : [];
  const read = items.map(readCdrShape);
  const cdrs = read.flatMap((one) => (one.kind === 'read' ? [one.value] : []));
  const links = cdrs.filter(isLink).sort((a, b) => a.seal.sequence - b.seal.sequence);
  const held = cdrs.filter((cdr) => !isLink(cdr));
  const verdicts = links.map((link, index) => ownVerdict(link, links[index - 1], keyOf(link)));
  const found: Readonly<Record<ChainCheck['check'], readonly ChainProblem[]>> = {
    shape: Array.isArray(values)
      ? read.flatMap((one, index) => (one.kind === 'read' ? [] : [malformed(index, one.path)]))
      : [{ cdrId: '', message: 'This is no list of CDRs.' }],
    charger: strangers(chargerId, cdrs),
    places: links.length === 0 ? [noLinks] : links.flatMap(placeProblems),
    seals: verdicts.flatMap(({ problems }) => problems),
    parts: links.flatMap((link, index) =>
      partProblems(link, links.slice(0, index), links.slice(index + 1)),
    ),
    held: held.flatMap((cdr) => failuresOf(cdr, verifyCdr(cdr, {}))),
  };
  const problems = Object.values(found).flat();
  const last = links.at(-1)?.seal;
  return {
    valid: problems.length === 0,
    checks: checkNames.map((check) => checkOf(check, found[check])),
    cdrs: links.length,
    held: held.length,
    problems,
    keys: distinct(verdicts.flatMap(({ key }) => key ?? [])),
    ...(last && { end: { sequence: last.sequence, hash: last.hash } }),
  };
};

/** The message of each check that a chain passes. */
const truths: Readonly<Record<ChainCheck['check'], string>> = {
  shape: 'Every CDR has the form of one.',
  charger: 'All CDRs are of the charger named, and of one operator.',
  places: 'No place in the chain is empty or taken twice.',
  seals: 'Every CDR is what was sealed, follows the one before, and was signed.',
  parts: 'Every credit and every correction belongs to a CDR of the chain.',
  held: 'What is held looks like it.',
};

const checkNames = Object.keys(truths) as readonly ChainCheck['check'][];

const checkOf = (check: ChainCheck['check'], problems: readonly ChainProblem[]): ChainCheck =>
  problems.length === 0 ? passed(check, truths[check]) : failed(check, problems[0]?.message ?? '');

const isLink = (cdr: Cdr): cdr is ChainLink => cdr.seal !== null;

const noLinks: ChainProblem = { cdrId: '', message: 'There is no sealed CDR: nothing is proved.' };

const malformed = (index: number, path: string): ChainProblem => ({
  cdrId: '',
  message: `Item ${index + 1} of the list is no CDR: ${path === '' ? 'it' : path} is missing or malformed.`,
});

const strangers = (chargerId: string, cdrs: readonly Cdr[]): readonly ChainProblem[] => {
  const own = normalizeChargerId(chargerId);
  const operatorId = cdrs[0]?.operatorId;
  return cdrs.flatMap((cdr) => [
    ...(normalizeChargerId(cdr.chargerId) === own
      ? []
      : [{ cdrId: cdr.cdrId, message: `It is of the charger ${cdr.chargerId}.` }]),
    ...(cdr.operatorId === operatorId
      ? []
      : [{ cdrId: cdr.cdrId, message: `It is of another operator, ${cdr.operatorId}.` }]),
  ]);
};

const placeProblems = ({ cdrId, seal }: ChainLink, index: number): readonly ChainProblem[] =>
  seal.sequence === index + 1
    ? []
    : [{ cdrId, message: `Its sequence number is ${seal.sequence}; ${index + 1} was expected.` }];

const ownVerdict = (link: ChainLink, previous: ChainLink | undefined, key: SignatureProof) => {
  const verdict = verifyCdr(link, { key, ...(previous && { previous: previous.seal }) });
  return { problems: failuresOf(link, verdict), key: verdict.key };
};

const failuresOf = ({ cdrId }: Cdr, { checks }: CdrVerdict): readonly ChainProblem[] =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ message }) => ({ cdrId, message }));

const distinct = (keys: readonly SealKeyName[]): readonly SealKeyName[] => {
  const named = keys.map((key) => [`${key.keyId}\n${key.source}\n${key.publicKey}`, key] as const);
  return [...new Map(named).values()];
};
