import { addRatios, type Ratio, zeroRatio } from '../../units/ratio.ts';
import type { TariffDimension } from '../model/tariff.ts';
import type { Rate } from '../rate/rate.ts';
import type { Charge } from './charges.ts';

/** An exact amount of money in the currency of the tariff, without and with VAT. */
export type Amount = { readonly excl: Ratio; readonly incl: Ratio };

/** No money. */
export const noAmount: Amount = { excl: zeroRatio, incl: zeroRatio };

/** The exact sum of two amounts. */
export const addAmounts = (a: Amount, b: Amount): Amount => ({
  excl: addRatios(a.excl, b.excl),
  incl: addRatios(a.incl, b.incl),
});

// One denominator for all dimensions, so that sums need no new one: 10^-6 of the currency per kWh is 10^-12 per mWh,
// per hour it is 1/(36 × 10^11) per millisecond; 18 × 10^12 is the least common multiple.
const denominator = 18n * 10n ** 12n;
const weights: Readonly<Record<TariffDimension, bigint>> = {
  ENERGY: 18n,
  TIME: 5n,
  PARKING_TIME: 5n,
  FLAT: 18n * 10n ** 6n,
};

/** VAT in 10^-4 percent is millionths. */
const one = 10n ** 6n;

const withVat = (base: bigint, { vat = 0n }: Rate, taxIncluded: boolean): Amount =>
  taxIncluded
    ? {
        excl: { n: base * one, d: denominator * (one + vat) },
        incl: { n: base, d: denominator },
      }
    : {
        excl: { n: base, d: denominator },
        incl: { n: base * (one + vat), d: denominator * one },
      };

/** The exact cost of a charge: billed quantity times price, with VAT added or, where the price includes it, taken out. */
export const amountOf = ({ rate, billed }: Charge, taxIncluded: boolean): Amount =>
  withVat(rate.price * billed * weights[rate.dimension], rate, taxIncluded);
