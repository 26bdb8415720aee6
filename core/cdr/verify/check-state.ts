import { holds } from '../../metering/model/sort-anomalies.ts';
import type { Cdr } from '../model/cdr.ts';
import { creditIdOf } from '../seal/cdr-id.ts';
import { type CdrCheck, failed, passed } from './cdr-check.ts';

/**
 * Checks that a CDR has what belongs to its state: a sealed one a seal and a price, a held one neither of them and a reason
 * to be held.
 */
export const checkState = (cdr: Cdr): CdrCheck => {
  const { state, seal, total, creditedBy, cdrId, candidates } = cdr;
  if (creditedBy !== (state === 'credited' ? creditIdOf(cdrId) : undefined)) {
    return failed('state', 'A CDR names the credit of its own total exactly when it is credited.');
  }
  switch (state) {
    case 'held':
      return checkHeld(cdr);
    case 'sealed':
    case 'credited':
      return seal !== null && total !== null && candidates === undefined
        ? passed('state', `The CDR is ${state}, with seal and price.`)
        : failed(
            'state',
            `A ${state} CDR must have a seal and a price, and no candidates for one.`,
          );
    default:
      return failed('state', 'The CDR is neither held nor sealed nor credited.');
  }
};

const checkHeld = (cdr: Cdr): CdrCheck => {
  const { seal, total, unrounded, lines, periods } = cdr;
  const isPriced =
    total !== null ||
    unrounded !== null ||
    lines.length > 0 ||
    periods.length > 0 ||
    isSettled(cdr);
  if (seal !== null || isPriced) {
    return failed('state', 'A held CDR must have neither seal nor price.');
  }
  // A CDR that nothing holds was sealed once, and had its seal taken away.
  return holds(cdr.anomalies) && cdr.evidence.basis.decision === undefined
    ? passed('state', 'The CDR is held, without seal and price: nothing proves that it is ours.')
    : failed('state', 'A held CDR must have an anomaly that holds it, and no decision about it.');
};

/** A credit, a correction, and what a promo code reduced, are priced. */
const isSettled = ({ creditOf, replaces, beforePromoCode }: Cdr): boolean =>
  creditOf !== null || replaces !== undefined || beforePromoCode !== undefined;
