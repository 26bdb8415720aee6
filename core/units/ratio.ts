import { type RoundingMode, roundBy } from './rounding.ts';

/** An exact fraction; the denominator is above 0. Prices per hour are not decimals of prices per millisecond. */
export type Ratio = { readonly n: bigint; readonly d: bigint };

/** The fraction n/d; throws unless d is above 0. */
export const ratio = (n: bigint, d = 1n): Ratio => {
  if (d <= 0n) throw new Error('A ratio needs a denominator above 0.');
  return { n, d };
};

/** Nothing, as a ratio. */
export const zeroRatio: Ratio = { n: 0n, d: 1n };

/** The exact sum of two ratios. */
export const addRatios = (a: Ratio, b: Ratio): Ratio =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };

/** The exact sum of any number of ratios; nothing sums to 0. */
export const sumRatios = (terms: readonly Ratio[]): Ratio => terms.reduce(addRatios, zeroRatio);

/** Below 0, 0 or above 0 as `a` is less than, equal to or more than `b`. */
export const compareRatios = (a: Ratio, b: Ratio): bigint => a.n * b.d - b.n * a.d;

/** A ratio as a whole number of 10^-`decimals`, rounded once by a named mode. */
export const roundRatio = (value: Ratio, decimals: number, mode: RoundingMode): bigint =>
  roundBy(mode, value.n * 10n ** BigInt(decimals), value.d);
