import { shortDecimal } from '../../units/decimal.ts';
import { roundHalfUp } from '../../units/rounding.ts';
import type { Rate } from '../rate/rate.ts';

/** A quantity in the unit of its line: kWh exact, hours rounded to 6 decimals, a flat fee counted. */
export const lineQuantity = ({ dimension }: Rate, quantity: bigint): string => {
  switch (dimension) {
    case 'ENERGY':
      return shortDecimal(quantity, 6);
    case 'TIME':
    case 'PARKING_TIME':
      // Hours are for reading; the amount is based on the milliseconds.
      return shortDecimal(roundHalfUp(quantity * 10n ** 6n, 3_600_000n), 6);
    case 'FLAT':
      return quantity.toString();
    default:
      return dimension satisfies never;
  }
};
