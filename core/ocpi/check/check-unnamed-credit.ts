import { negated } from '../../units/decimal.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import type { CdrDifference } from './cdr-difference.ts';
import { type CdrEvidence, type CdrVerdict, checkCdr } from './check-cdr.ts';

const turned = (difference: CdrDifference): CdrDifference =>
  difference.path.startsWith('totalCost')
    ? {
        ...difference,
        stated: negated(difference.stated),
        expected: negated(difference.expected),
        ...(difference.amount === undefined ? {} : { amount: negated(difference.amount) }),
      }
    : difference;

/**
 * Checks a credit that does not name the CDR that it takes back, as in 2.1.1, but repeats it: its total has to be our price of that with
 * the sign turned.
 */
export const checkUnnamedCredit = (cdr: PartnerCdr, evidence: CdrEvidence): CdrVerdict => {
  const { exclVat, inclVat } = cdr.totalCost;
  const totalCost = omitUndefined({
    exclVat: negated(exclVat),
    inclVat: inclVat === undefined ? undefined : negated(inclVat),
  });
  const { verdict, differences, price } = checkCdr({ ...cdr, credit: false, totalCost }, evidence);
  return { verdict, differences: differences.map(turned), price };
};
