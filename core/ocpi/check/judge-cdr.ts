import { omitUndefined } from '../../units/omit-undefined.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import type { CdrDifference, DifferenceCode } from './cdr-difference.ts';
import { type CdrEvidence, type CdrVerdict, checkCdr } from './check-cdr.ts';
import { checkCredit } from './check-credit.ts';
import { checkUnnamedCredit } from './check-unnamed-credit.ts';

/** Everything that is known about a CDR when it is judged. */
export type CdrCase = CdrEvidence & {
  /** The CDR that a credit takes back, if it arrived. */
  readonly original?: PartnerCdr;
  /** Other credits that take back what a credit takes back, by the partner's ids. */
  readonly otherCredits: readonly string[];
  /** Other CDRs of the same session that no credit took back, by the partner's ids. */
  readonly billedBefore: readonly string[];
  /** The sessions that may be that of a CDR which names none, if there are several; by the partner's ids. */
  readonly possibleSessions: readonly string[];
  /** False where no driver of ours has the token. */
  readonly isOurToken: boolean;
};

const unknownToken = ({ cdrToken }: PartnerCdr): CdrDifference => ({
  code: 'TOKEN_UNKNOWN',
  path: 'cdrToken.uid',
  stated: cdrToken.uid,
  expected: 'a token of one of our drivers',
});

const oneOf = (
  code: DifferenceCode,
  path: string,
  stated: string | undefined,
  what: string,
  ids: readonly string[],
): readonly CdrDifference[] =>
  ids.length === 0
    ? []
    : [{ code, path, stated: stated ?? '', expected: `one ${what}; there are ${ids.join(', ')}` }];

const withDifferences = (
  { differences, price, verdict }: CdrVerdict,
  more: readonly CdrDifference[],
): CdrVerdict => ({
  differences: [...differences, ...more],
  price,
  verdict: more.length > 0 ? 'differs' : verdict,
});

const withoutCdr = ({ creditReferenceId = '' }: PartnerCdr): CdrDifference => ({
  code: 'CREDIT_WITHOUT_CDR',
  path: 'creditReferenceId',
  stated: creditReferenceId,
  expected: 'a CDR that this party sent',
});

const heldAgainst = (credit: PartnerCdr, original: PartnerCdr): CdrVerdict => {
  const differences = checkCredit(credit, original);
  const reason = 'A credit is held against the CDR that it takes back.';
  const price = { kind: 'unpriced', reason } as const;
  return { verdict: differences.length > 0 ? 'differs' : 'agrees', differences, price };
};

/** A credit of a CDR that did not arrive: one that names it is not priced, since its periods may be those of another tariff. */
const heldAgainstNothing = (credit: PartnerCdr, evidence: CdrEvidence): CdrVerdict => {
  if (credit.creditReferenceId === undefined) return checkUnnamedCredit(credit, evidence);
  const reason = 'The CDR that it takes back has not arrived.';
  return { verdict: 'unpriced', differences: [], price: { kind: 'unpriced', reason } };
};

const judgeCredit = (
  credit: PartnerCdr,
  { original, otherCredits }: CdrCase,
  evidence: CdrEvidence,
): CdrVerdict => {
  const path = 'creditReferenceId';
  const repeated = oneOf(
    ...(['CREDIT_REPEATED', path, credit.creditReferenceId, 'credit'] as const),
    otherCredits,
  );
  if (original !== undefined) return withDifferences(heldAgainst(credit, original), repeated);
  // The CDR that it repeats is there, but taken back already.
  const isTaken = credit.creditReferenceId === undefined && repeated.length > 0;
  const more = isTaken ? repeated : [withoutCdr(credit), ...repeated];
  return withDifferences(heldAgainstNothing(credit, evidence), more);
};

/**
 * The verdict on a CDR that a partner sent: a credit against the CDR that it takes back, any other by price, totals, times and session;
 * and whether its token is ours, its session not billed by another, and its credit the only one.
 */
export const judgeCdr = (cdr: PartnerCdr, known: CdrCase): CdrVerdict => {
  const { billedBefore, possibleSessions, isOurToken, session, tariffs, timeZone } = known;
  const evidence = omitUndefined({ session, tariffs, timeZone });
  const isCredit = cdr.credit === true;
  const { sessionId } = cdr;
  const more = [
    ...(isOurToken ? [] : [unknownToken(cdr)]),
    ...(isCredit
      ? []
      : [
          ...oneOf('SESSION_BILLED_BEFORE', 'sessionId', sessionId, 'CDR', billedBefore),
          ...oneOf('SESSION_AMBIGUOUS', 'sessionId', sessionId, 'session', possibleSessions),
        ]),
  ];
  return withDifferences(
    isCredit ? judgeCredit(cdr, known, evidence) : checkCdr(cdr, evidence),
    more,
  );
};
