import { decimalOf } from '../../units/decimal.ts';
import { priceCeilings } from '../model/price-ceilings.ts';
import type { PriceComponent, TariffDimension, TariffTerms } from '../model/tariff.ts';

type UnusualPrice = {
  readonly path: string;
  readonly code: 'TARIFF_PRICE_UNUSUAL' | 'TARIFF_VAT_UNUSUAL';
  readonly message: string;
};

/** How many units of a dimension cost less than the usual ceiling of a whole session: 5 EUR per kWh, 100 EUR per hour or once are the bounds. */
const unitsPerCeiling: Readonly<Record<TariffDimension, bigint>> = {
  ENERGY: 100n,
  TIME: 5n,
  PARKING_TIME: 5n,
  FLAT: 5n,
};

const perUnit: Readonly<Record<TariffDimension, string>> = {
  ENERGY: 'per kWh',
  TIME: 'per hour',
  PARKING_TIME: 'per hour of idle time',
  FLAT: 'per session',
};

const digits = 6;

const exceedsUsual = ({ type, price }: PriceComponent, currency: string): boolean => {
  const ceiling = priceCeilings.get(currency);
  return (
    ceiling !== undefined &&
    decimalOf(price, digits) * unitsPerCeiling[type] > decimalOf(ceiling, digits)
  );
};

/** Rates of VAT are whole percents almost everywhere, 27 % at most; 0 says that none is due. */
const isUsualVat = (vat: string): boolean => {
  const percent = decimalOf(vat, digits);
  const one = decimalOf('1', digits);
  return percent === 0n || (percent >= one && percent <= 30n * one);
};

const unusualPartsOf = (
  component: PriceComponent,
  currency: string,
  path: string,
): readonly UnusualPrice[] => [
  ...(exceedsUsual(component, currency)
    ? [
        {
          path: `${path}.price`,
          code: 'TARIFF_PRICE_UNUSUAL' as const,
          message: `${component.price} ${currency} ${perUnit[component.type]} is far above any usual price. Prices are in ${currency}, not in hundredths of it.`,
        },
      ]
    : []),
  ...(component.vat !== undefined && !isUsualVat(component.vat)
    ? [
        {
          path: `${path}.vat`,
          code: 'TARIFF_VAT_UNUSUAL' as const,
          message: `${component.vat} % is no usual rate of VAT. It is stated in percent: 19 for 19 %.`,
        },
      ]
    : []),
];

/** Finds prices and rates of VAT in a valid tariff that are far from any usual one, as where cents or a fraction were written. */
export const unusualPrices = (terms: TariffTerms): readonly UnusualPrice[] =>
  terms.elements.flatMap(({ priceComponents }, index) =>
    priceComponents.flatMap((component, at) =>
      unusualPartsOf(component, terms.currency, `elements.${index}.priceComponents.${at}`),
    ),
  );
