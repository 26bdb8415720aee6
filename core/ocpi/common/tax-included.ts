import { parseDecimal, shortDecimal } from '../../units/decimal.ts';
import { roundHalfUp } from '../../units/rounding.ts';
import type { PartnerPriceComponent, PartnerTariff } from '../model/tariff.ts';

const places = 6;

/** A price without its tax: price ÷ (1 + rate), rounded half up to 6 decimals. */
const withoutTax = (price: string, vat: string): string => {
  const gross = parseDecimal(price);
  const rate = parseDecimal(vat);
  if (gross === undefined || rate === undefined) return price;
  // price/10^p ÷ (100 + vat/10^v)/100, in whole numbers.
  const hundred = 100n * 10n ** BigInt(rate.decimals);
  const net = roundHalfUp(
    gross.digits * hundred * 10n ** BigInt(places),
    (hundred + rate.digits) * 10n ** BigInt(gross.decimals),
  );
  return shortDecimal(net, places);
};

const untaxedComponent = (component: PartnerPriceComponent): PartnerPriceComponent =>
  component.vat === undefined
    ? component
    : { ...component, price: withoutTax(component.price, component.vat) };

const withoutVat = ({ vat: _, ...component }: PartnerPriceComponent): PartnerPriceComponent =>
  component;

/** A tariff as versions before 2.3.0 price: without tax, and without a rate where taxes do not apply. */
export const untaxedTariff = (tariff: PartnerTariff): PartnerTariff => {
  if (tariff.taxIncluded === 'NO') return tariff;
  const convert = tariff.taxIncluded === 'YES' ? untaxedComponent : withoutVat;
  return {
    ...tariff,
    elements: tariff.elements.map((element) => ({
      ...element,
      priceComponents: element.priceComponents.map(convert),
    })),
  };
};

/** The reason why a tariff has no prices without tax: it includes taxes of which it does not state the rate. */
export const taxFreePrices = ({ taxIncluded, elements }: PartnerTariff): string | undefined => {
  const components = elements.flatMap(({ priceComponents }) => priceComponents);
  return taxIncluded === 'YES' && components.some(({ vat }) => vat === undefined)
    ? 'The prices include taxes whose rate is not stated: without tax they are not known.'
    : undefined;
};
