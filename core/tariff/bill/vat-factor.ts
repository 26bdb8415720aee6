import { decimalOf } from '../../units/decimal.ts';
import { type Ratio, ratio } from '../../units/ratio.ts';
import type { Tariff } from '../model/tariff.ts';
import type { Amount } from './amount.ts';

/** VAT in 10^-4 percent is millionths. */
const one = 10n ** 6n;

/** The factor of the one rate that all prices of a tariff share; 1 where they differ or have none. */
const sharedFactor = ({ elements }: Pick<Tariff, 'elements'>): Ratio => {
  const rates = new Set(
    elements.flatMap(({ priceComponents }) =>
      priceComponents.map(({ vat = '0' }) => decimalOf(vat, 4)),
    ),
  );
  const [rate = 0n] = rates;
  return rates.size === 1 ? ratio(one + rate, one) : ratio(1n);
};

/**
 * The ratio of the amount with VAT to the amount without, 1.19 at 19 %: by the exact amounts charged, since a few rounded cents
 * tell no rate; where nothing was charged, by the rate of the tariff's prices.
 */
export const vatFactor = ({ excl, incl }: Amount, tariff: Pick<Tariff, 'elements'>): Ratio =>
  excl.n > 0n ? ratio(incl.n * excl.d, incl.d * excl.n) : sharedFactor(tariff);
