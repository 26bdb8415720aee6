import { Decimal } from 'decimal.js';
import type { Price } from '../../core/tariff/model/price.ts';
import type { Tariff, TariffDimension } from '../../core/tariff/model/tariff.ts';

/** The quantity under each price and the price itself, as decimals ready for calculation. */
export type DecimalWork = {
  /** For each period and dimension the index of its price and the kWh or hours. */
  readonly volumes: readonly (readonly [price: number, quantity: Decimal])[];
  /** Price of a unit, and the factor that adds VAT. */
  readonly prices: readonly (readonly [price: Decimal, withVat: Decimal])[];
};

const measured = ['ENERGY', 'TIME'] as const;

type Period = Price['periods'][number];

const quantityOf = (dimension: TariffDimension, period: Period): Decimal =>
  dimension === 'ENERGY'
    ? new Decimal(period.energyKwh)
    : new Decimal(Date.parse(period.endedAt) - Date.parse(period.startedAt)).div(3_600_000);

/** The sums and products in the price of a session that charges all the time under a tariff without steps. */
export const decimalWorkOf = (tariff: Tariff, { periods }: Price): DecimalWork => {
  const prices: [Decimal, Decimal][] = [];
  const known = new Map<string, number>();
  const indexOf = (dimension: TariffDimension, element: number): number => {
    const key = `${dimension} ${element}`;
    const index = known.get(key);
    if (index !== undefined) return index;
    const components = tariff.elements[element]?.priceComponents;
    const component = components?.find(({ type }) => type === dimension);
    known.set(key, prices.length);
    prices.push([
      new Decimal(component?.price ?? 0),
      new Decimal(component?.vat ?? 0).div(100).plus(1),
    ]);
    return prices.length - 1;
  };
  const volumes = periods.flatMap((period) =>
    measured.flatMap((dimension) => {
      const element = period.elements[dimension];
      return element === undefined
        ? []
        : [[indexOf(dimension, element), quantityOf(dimension, period)] as const];
    }),
  );
  return { volumes, prices };
};

/** Adds the volumes of each price, multiplies them by it and by VAT, and adds that up: what pricing does, and no more. */
export const priceWithDecimals = ({
  volumes,
  prices,
}: DecimalWork): { readonly excl: Decimal; readonly incl: Decimal } => {
  const sums = prices.map(() => new Decimal(0));
  for (const [price, quantity] of volumes) {
    sums[price] = sums[price]?.plus(quantity) ?? quantity;
  }
  let [excl, incl] = [new Decimal(0), new Decimal(0)];
  for (const [index, [price, withVat]] of prices.entries()) {
    const cost = price.times(sums[index] ?? 0);
    excl = excl.plus(cost);
    incl = incl.plus(cost.times(withVat));
  }
  return { excl, incl };
};
