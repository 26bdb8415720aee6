import { decimalOf } from '../../units/decimal.ts';
import type { PriceComponent, Tariff, TariffDimension } from '../model/tariff.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { conditionsHold } from './conditions-hold.ts';
import type { Rate } from './rate.ts';
import type { Situation } from './situation.ts';

/** A rate and when it holds. */
type ConditionalRate = { readonly rate: Rate; readonly conditions: Conditions };

/** A tariff ready to price with: for each dimension its rates in the order of the elements. */
export type RateCard = {
  readonly rates: Readonly<Record<TariffDimension, readonly ConditionalRate[]>>;
  /** Every set of conditions once, to find the moments at which prices can change. */
  readonly conditions: readonly Conditions[];
};

const rateOf = (component: PriceComponent, element: number): Rate => ({
  dimension: component.type,
  element,
  price: decimalOf(component.price, 6),
  ...(component.vat === undefined ? {} : { vat: decimalOf(component.vat, 4) }),
  step: BigInt(component.stepSize) * 1000n,
});

/** Reads a validated tariff into a rate card. Of two components of one dimension in one element the first counts. */
export const rateCardOf = (tariff: Pick<Tariff, 'elements'>): RateCard => {
  const conditions = tariff.elements.map((element) => conditionsOf(element.restrictions));
  const ratesFor = (dimension: TariffDimension): readonly ConditionalRate[] =>
    tariff.elements.flatMap(({ priceComponents }, index) => {
      const component = priceComponents.find(({ type }) => type === dimension);
      const holds = conditions[index];
      if (component === undefined || holds === undefined) return [];
      return [{ rate: rateOf(component, index), conditions: holds }];
    });
  return {
    conditions,
    rates: {
      ENERGY: ratesFor('ENERGY'),
      TIME: ratesFor('TIME'),
      PARKING_TIME: ratesFor('PARKING_TIME'),
      FLAT: ratesFor('FLAT'),
    },
  };
};

/**
 * The rate that prices a dimension in a situation: of the elements that have such a component, the first whose
 * restrictions all hold. Undefined where none does: that dimension is free then.
 */
export const rateFor = (
  card: RateCard,
  dimension: TariffDimension,
  situation: Situation,
): Rate | undefined =>
  card.rates[dimension].find(({ conditions }) => conditionsHold(conditions, situation))?.rate;
