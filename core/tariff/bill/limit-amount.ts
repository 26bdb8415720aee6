import { compareRatios, type Ratio } from '../../units/ratio.ts';
import type { Amount } from './amount.ts';

/** A least or greatest price, without VAT and, where stated, with it. */
export type Limit = { readonly excl: Ratio; readonly incl?: Ratio };

const times = (a: Ratio, b: Ratio): Ratio => ({ n: a.n * b.n, d: a.d * b.d });

const limitBy = (
  amount: Amount,
  limit: Limit,
  vat: Ratio,
  exceeds: (value: Ratio, bound: Ratio) => boolean,
): Amount => {
  const excl = exceeds(amount.excl, limit.excl) ? limit.excl : amount.excl;
  if (limit.incl !== undefined) {
    return { excl, incl: exceeds(amount.incl, limit.incl) ? limit.incl : amount.incl };
  }
  return excl === amount.excl ? amount : { excl, incl: times(excl, vat) };
};

/**
 * Raises an amount to a minimum price, excluding and including VAT separately (OCPI min_price). `vat` (see vatFactor)
 * makes up for a limit that does not state the side with VAT.
 */
export const atLeast = (amount: Amount, limit: Limit, vat: Ratio): Amount =>
  limitBy(amount, limit, vat, (value, bound) => compareRatios(value, bound) < 0n);

/** Lowers an amount to a maximum price, in the same way (OCPI max_price). */
export const atMost = (amount: Amount, limit: Limit, vat: Ratio): Amount =>
  limitBy(amount, limit, vat, (value, bound) => compareRatios(value, bound) > 0n);
