import type { Price } from '../../tariff/model/price.ts';
import { negated } from '../../units/decimal.ts';
import type { CdrCorrection } from '../compute/cdr-correction.ts';
import type { CdrContent } from '../model/cdr.ts';
import { creditIdOf } from '../seal/cdr-id.ts';

type Amounts = { readonly exclVat: string; readonly inclVat: string };

const negatedAmounts = <Given extends Amounts>(given: Given): Given => ({
  ...given,
  exclVat: negated(given.exclVat),
  inclVat: negated(given.inclVat),
});

type Totals = { readonly [name in 'total' | 'unrounded']: Price[name] | null };

const negatedTotals = <Given extends Totals>(given: Given): Given => ({
  ...given,
  total: given.total && negatedAmounts(given.total),
  unrounded: given.unrounded && negatedAmounts(given.unrounded),
});

/**
 * The credit of a CDR: all that the CDR says, and what it comes to taken back. As in OCPI the lines, energy and times
 * stay as they were; the sums alone are negated. `correction` is that of an operator, where one had it taken back.
 */
export const creditCdr = (original: CdrContent, correction?: CdrCorrection): CdrContent => ({
  ...negatedTotals(original),
  ...(original.beforePromoCode !== undefined && {
    beforePromoCode: negatedTotals(original.beforePromoCode),
  }),
  cdrId: creditIdOf(original.cdrId),
  creditOf: original.cdrId,
  ...(correction !== undefined && { correction }),
});
