import { creditCdr } from '../correct/credit-cdr.ts';
import type { Cdr, CdrContent } from '../model/cdr.ts';
import { canonicalJson } from '../seal/canonical-json.ts';
import type { ChainEnd } from '../seal/seal-cdr.ts';
import { type CdrProof, verifyCdr } from './verify-cdr.ts';

/** Something that is wrong with a chain, and with which of its CDRs. */
export type ChainProblem = { readonly cdrId: string; readonly message: string };

/** The verdict on a charger's chain: valid when it is whole and every CDR in it is what was sealed. */
export type ChainVerdict = {
  readonly valid: boolean;
  /** How many CDRs have a place in it. */
  readonly cdrs: number;
  readonly problems: readonly ChainProblem[];
};

/** How the signature of a CDR is checked. */
export type SignatureProof = Pick<CdrProof, 'verifySignature' | 'keyIsCarried'>;

type Link = Cdr & { readonly seal: ChainEnd };

/**
 * Walks the chain of a charger from its first CDR to its last: no place is empty or taken twice, each CDR follows the one
 * before, none occurs twice, and every credit negates exactly one CDR of the chain. Held CDRs have no place
 * and are skipped.
 */
export const verifyChain = (
  cdrs: readonly Cdr[],
  proofOf: (cdr: Cdr) => SignatureProof,
): ChainVerdict => {
  const links = cdrs.filter(isLink).sort((a, b) => a.seal.sequence - b.seal.sequence);
  const problems = links.flatMap((link, index) => [
    ...placeProblems(link, index),
    ...ownProblems(link, links[index - 1], proofOf(link)),
    ...partProblems(link, links.slice(0, index), links.slice(index + 1)),
  ]);
  return { valid: problems.length === 0, cdrs: links.length, problems };
};

const isLink = (cdr: Cdr): cdr is Link => cdr.seal !== null;

const placeProblems = ({ cdrId, seal }: Link, index: number): readonly ChainProblem[] =>
  seal.sequence === index + 1
    ? []
    : [{ cdrId, message: `Its sequence number is ${seal.sequence}; ${index + 1} was expected.` }];

const ownProblems = (
  link: Link,
  previous: Link | undefined,
  proof: SignatureProof,
): readonly ChainProblem[] =>
  verifyCdr(link, { ...proof, ...(previous && { previous: previous.seal }) })
    .checks.filter(({ outcome }) => outcome === 'failed')
    .map(({ message }) => ({ cdrId: link.cdrId, message }));

/** Problems with the role of a CDR among the others: credited, a credit, or a correction. */
const partProblems = (
  link: Link,
  before: readonly Link[],
  after: readonly Link[],
): readonly ChainProblem[] => {
  const { cdrId, creditOf, replaces, creditedBy } = link;
  const messages = [
    ...(before.some((one) => one.cdrId === cdrId) ? ['An earlier CDR has the same id.'] : []),
    ...(creditOf !== null && !before.some((one) => isCreditOf(link, one))
      ? ['It credits a CDR that does not come before it, or other amounts than that CDR states.']
      : []),
    ...(replaces !== undefined && !before.some((one) => isReplaced(one, replaces))
      ? ['It replaces a CDR that was not credited first.']
      : []),
    ...(creditedBy !== undefined && !after.some((one) => one.cdrId === creditedBy)
      ? ['Its state is credited, but the credit is missing.']
      : []),
  ];
  return messages.map((message) => ({ cdrId, message }));
};

const contentOf = ({ state: _state, seal: _seal, creditedBy: _since, ...content }: Cdr) => content;

const isCreditOf = (credit: Link, original: Link): boolean =>
  original.creditedBy === credit.cdrId && isSame(creditCdr(contentOf(original)), contentOf(credit));

const isSame = (a: CdrContent, b: CdrContent): boolean => canonicalJson(a) === canonicalJson(b);

const isReplaced = ({ cdrId, state }: Link, replaced: string): boolean =>
  cdrId === replaced && state === 'credited';
