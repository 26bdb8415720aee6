import { compareRatios, type Ratio } from '../units/ratio.ts';
import type { Amount } from './amount.ts';

/** A least or greatest price, without VAT and, where stated, with it. */
export type Limit = { readonly excl: Ratio; readonly incl?: Ratio };

const inProportion = (incl: Ratio, from: Ratio, to: Ratio): Ratio =>
  from.n === 0n ? to : { n: incl.n * to.n * from.d, d: incl.d * to.d * from.n };

const limitBy = (
  amount: Amount,
  limit: Limit,
  exceeds: (value: Ratio, bound: Ratio) => boolean,
): Amount => {
  const excl = exceeds(amount.excl, limit.excl) ? limit.excl : amount.excl;
  if (limit.incl !== undefined) {
    return { excl, incl: exceeds(amount.incl, limit.incl) ? limit.incl : amount.incl };
  }
  // Without a stated limit the VAT keeps its share of the amount.
  return excl === amount.excl
    ? amount
    : { excl, incl: inProportion(amount.incl, amount.excl, excl) };
};

/** Raises an amount to a minimum price, excluding and including VAT each by itself (OCPI min_price). */
export const atLeast = (amount: Amount, limit: Limit): Amount =>
  limitBy(amount, limit, (value, bound) => compareRatios(value, bound) < 0n);

/** Lowers an amount to a maximum price, excluding and including VAT each by itself (OCPI max_price). */
export const atMost = (amount: Amount, limit: Limit): Amount =>
  limitBy(amount, limit, (value, bound) => compareRatios(value, bound) > 0n);
