import { differenceOf } from '../common/decimal-text.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import type { PartnerSession } from '../model/session.ts';
import type { PartnerTariff } from '../model/tariff.ts';
import { sessionState } from '../received/session-state.ts';
import { type CdrDifference, numberDifference, textDifference } from './cdr-difference.ts';
import { checkCosts } from './check-costs.ts';
import { checkQuantities } from './check-quantities.ts';
import { type PriceOfCdr, priceOfCdr } from './price-of-cdr.ts';
import { samePlace } from './visit.ts';

/** The verdict on a partner's CDR. */
export type CdrVerdict = {
  /** `unpriced`: no difference was found, but the price could not be recomputed. */
  readonly verdict: 'agrees' | 'differs' | 'unpriced';
  readonly differences: readonly CdrDifference[];
  readonly price: PriceOfCdr;
};

/** Facts that a CDR is checked against. */
export type CdrEvidence = {
  /** The session as it was pushed last. */
  readonly session?: PartnerSession;
  /** Tariffs of the partner, for a CDR that names one without carrying it. */
  readonly tariffs: readonly PartnerTariff[];
  /** IANA zone of the location. */
  readonly timeZone?: string;
};

/** The energy of a session; one that goes on states what it used so far, which is never more than what is billed. */
const checkEnergy = (
  { totalEnergy }: PartnerCdr,
  session: PartnerSession,
): readonly CdrDifference[] =>
  sessionState(session) === 'active' && !differenceOf(totalEnergy, session.kwh).startsWith('-')
    ? []
    : numberDifference('SESSION_ENERGY', 'totalEnergy', totalEnergy, session.kwh, '0.0001');

const checkSession = (cdr: PartnerCdr, session: PartnerSession): readonly CdrDifference[] => [
  ...checkEnergy(cdr, session),
  ...textDifference('SESSION_CURRENCY', 'currency', cdr.currency, session.currency),
  ...textDifference(
    'SESSION_TOKEN',
    'cdrToken.contractId',
    cdr.cdrToken.contractId,
    session.cdrToken.contractId,
  ),
  ...(samePlace(cdr.location, session)
    ? []
    : textDifference('SESSION_PLACE', 'location.evseUid', cdr.location.evseUid, session.evseUid)),
  // Before it is complete, a session states what it cost so far.
  ...(session.status === 'COMPLETED'
    ? numberDifference(
        'SESSION_COST',
        'totalCost.exclVat',
        cdr.totalCost.exclVat,
        session.totalCost?.exclVat,
        '0',
      )
    : []),
];

/**
 * Checks a CDR of a partner: recomputed from its tariff and periods, its totals against each other, and against the
 * session. A credit states the negative of another one and is checked against that by `checkCredit`.
 */
export const checkCdr = (
  cdr: PartnerCdr,
  { session, tariffs, timeZone }: CdrEvidence,
): CdrVerdict => {
  const price = priceOfCdr(cdr, tariffs, timeZone);
  const differences = [
    ...(price.kind === 'priced' ? checkCosts(cdr, price) : []),
    ...checkQuantities(cdr),
    ...(session === undefined ? [] : checkSession(cdr, session)),
  ];
  if (differences.length > 0) return { verdict: 'differs', differences, price };
  return { verdict: price.kind === 'priced' ? 'agrees' : 'unpriced', differences, price };
};
