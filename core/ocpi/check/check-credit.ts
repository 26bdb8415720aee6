import { sumOf } from '../common/decimal-text.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import { type CdrDifference, textDifference } from './cdr-difference.ts';

const netOf = (
  path: string,
  credit: string | undefined,
  original: string | undefined,
): readonly CdrDifference[] => {
  if (credit === undefined || original === undefined) return [];
  const net = sumOf([credit, original]);
  const expected = sumOf(original.startsWith('-') ? [original.slice(1)] : [`-${original}`]);
  return net === '0' ? [] : [{ code: 'CREDIT_TOTAL', path, stated: credit, expected, amount: net }];
};

/**
 * Checks a credit against the CDR that it takes back: both together are nothing. Some partners negate every total, the
 * text only the whole one; either is taken.
 */
export const checkCredit = (credit: PartnerCdr, original: PartnerCdr): readonly CdrDifference[] => [
  // In 2.1.1 a credit names no CDR: it was found by what it repeats.
  ...textDifference(
    'CREDIT_REFERENCE',
    'creditReferenceId',
    credit.creditReferenceId ?? original.id,
    original.credit === true ? 'a CDR that is no credit' : original.id,
  ),
  ...textDifference('CREDIT_CURRENCY', 'currency', credit.currency, original.currency),
  ...textDifference(
    'CREDIT_TOKEN',
    'cdrToken.contractId',
    credit.cdrToken.contractId,
    original.cdrToken.contractId,
  ),
  ...netOf('totalCost.exclVat', credit.totalCost.exclVat, original.totalCost.exclVat),
  ...netOf('totalCost.inclVat', credit.totalCost.inclVat, original.totalCost.inclVat),
];
