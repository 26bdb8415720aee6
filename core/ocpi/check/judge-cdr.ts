import type { PartnerCdr } from '../model/cdr.ts';
import type { CdrDifference } from './cdr-difference.ts';
import { type CdrEvidence, type CdrVerdict, checkCdr } from './check-cdr.ts';
import { checkCredit } from './check-credit.ts';
import { checkUnnamedCredit } from './check-unnamed-credit.ts';

/** Everything that is known about a CDR when it is judged. */
export type CdrCase = CdrEvidence & {
  /** The CDR that a credit takes back, if it arrived. */
  readonly original?: PartnerCdr;
  /** Other CDRs of the same session that no credit took back, by the partner's ids. */
  readonly billedBefore: readonly string[];
  /** False where no driver of ours has the token. */
  readonly isOurToken: boolean;
};

const unknownToken = ({ cdrToken }: PartnerCdr): CdrDifference => ({
  code: 'TOKEN_UNKNOWN',
  path: 'cdrToken.uid',
  stated: cdrToken.uid,
  expected: 'a token of one of our drivers',
});

const repeated = ({ sessionId = '' }: PartnerCdr, ids: readonly string[]): CdrDifference => ({
  code: 'SESSION_BILLED_BEFORE',
  path: 'sessionId',
  stated: sessionId,
  expected: `one CDR; there are ${ids.join(', ')}`,
});

const withDifferences = (
  { differences, price, verdict }: CdrVerdict,
  more: readonly CdrDifference[],
): CdrVerdict => ({
  differences: [...differences, ...more],
  price,
  verdict: more.length > 0 ? 'differs' : verdict,
});

const judgeCredit = (
  credit: PartnerCdr,
  original: PartnerCdr | undefined,
  evidence: CdrEvidence,
): CdrVerdict => {
  if (credit.creditReferenceId === undefined) return checkUnnamedCredit(credit, evidence);
  const reason =
    original === undefined
      ? 'The CDR that it takes back has not arrived.'
      : 'A credit is held against the CDR that it takes back.';
  const differences = original === undefined ? [] : checkCredit(credit, original);
  const price = { kind: 'unpriced', reason } as const;
  if (differences.length > 0) return { verdict: 'differs', differences, price };
  return { verdict: original === undefined ? 'unpriced' : 'agrees', differences, price };
};

/**
 * The verdict on a CDR that a partner sent: a credit against the CDR that it takes back, if it names one, any other by price, totals,
 * times and session; and whether its token is ours, and its session not billed yet.
 */
export const judgeCdr = (cdr: PartnerCdr, known: CdrCase): CdrVerdict => {
  const { original, billedBefore, isOurToken, ...evidence } = known;
  const isCredit = cdr.credit === true;
  const more = [
    ...(isOurToken ? [] : [unknownToken(cdr)]),
    ...(isCredit || billedBefore.length === 0 ? [] : [repeated(cdr, billedBefore)]),
  ];
  return withDifferences(
    isCredit ? judgeCredit(cdr, original, evidence) : checkCdr(cdr, evidence),
    more,
  );
};
