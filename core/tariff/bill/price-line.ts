import { formatDecimal, shortDecimal } from '../../units/decimal.ts';
import type { PriceLine } from '../model/price.ts';
import type { Tariff, TariffDimension } from '../model/tariff.ts';
import type { Charge } from './charges.ts';
import { explainCharge } from './explain-charge.ts';
import { lineQuantity } from './line-quantity.ts';
import type { RoundedAmount } from './round-amounts.ts';

const units: Readonly<Record<TariffDimension, PriceLine['unit']>> = {
  ENERGY: 'kWh',
  TIME: 'h',
  PARKING_TIME: 'h',
  FLAT: 'session',
};

/** Writes a charge and its rounded amount as a line of a bill. */
export const lineOfCharge = (
  charge: Charge,
  amount: RoundedAmount,
  tariff: Tariff,
  decimals: number,
): PriceLine => {
  const { rate } = charge;
  const unitPrice = shortDecimal(rate.price, 6, decimals);
  return {
    component: rate.dimension,
    quantity: lineQuantity(rate, charge.quantity),
    billedQuantity: lineQuantity(rate, charge.billed),
    unit: units[rate.dimension],
    unitPrice,
    vatPercent: rate.vat === undefined ? null : shortDecimal(rate.vat, 4),
    exclVat: formatDecimal(amount.excl, decimals),
    inclVat: formatDecimal(amount.incl, decimals),
    reason: explainCharge(charge, tariff, unitPrice),
  };
};

/** Writes what a least or greatest price adds or takes away as a line of a bill. */
export const lineOfLimit = (
  component: 'MIN_PRICE' | 'MAX_PRICE',
  change: RoundedAmount,
  decimals: number,
): PriceLine => {
  const exclVat = formatDecimal(change.excl, decimals);
  return {
    component,
    quantity: '1',
    billedQuantity: '1',
    unit: 'session',
    unitPrice: exclVat,
    vatPercent: null,
    exclVat,
    inclVat: formatDecimal(change.incl, decimals),
    reason:
      component === 'MIN_PRICE'
        ? 'Raises the total to the minimum price of the tariff.'
        : 'Lowers the total to the maximum price of the tariff.',
  };
};
