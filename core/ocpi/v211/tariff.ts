import type {
  PriceComponent,
  Tariff,
  TariffDimension,
  TariffElement,
  TariffRestrictions,
} from '../../tariff/model/tariff.ts';

/** A Tariff of OCPI 2.1.1 as it goes on the wire. */
type OcpiTariff211 = {
  readonly id: string;
  readonly currency: string;
  readonly tariff_alt_text?: readonly { readonly language: string; readonly text: string }[];
  readonly tariff_alt_url?: string;
  readonly elements: readonly {
    readonly price_components: readonly {
      readonly type: string;
      readonly price: number;
      readonly step_size: number;
    }[];
    readonly restrictions?: Readonly<Record<string, string | number | readonly string[]>>;
  }[];
  readonly last_updated: string;
};

/** A tariff in the words of 2.1.1, or why these words cannot say what it costs, one sentence each. */
export type DownConverted =
  | { readonly kind: 'tariff'; readonly tariff: OcpiTariff211 }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

const unspeakable: readonly (readonly [keyof TariffRestrictions, string])[] = [
  ['minCurrent', 'currents'],
  ['maxCurrent', 'currents'],
  ['reservation', 'reservations'],
];

const restrictionReasons = (elements: readonly TariffElement[]): readonly string[] =>
  unspeakable
    .filter(([key]) => elements.some(({ restrictions }) => restrictions?.[key] !== undefined))
    .map(([, what]) => `OCPI 2.1.1 has no restriction on ${what}.`);

const dimensions: readonly TariffDimension[] = ['FLAT', 'ENERGY', 'TIME', 'PARKING_TIME'];

const isUnrestricted = ({ restrictions }: TariffElement): boolean =>
  Object.keys(restrictions ?? {}).length === 0;

const componentFor = (element: TariffElement, dimension: TariffDimension) =>
  element.priceComponents.find(({ type }) => type === dimension);

type Completed =
  | { readonly kind: 'element'; readonly element: TariffElement }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Gives an element the prices of the dimensions that it lacks. 2.1.1 by its letter takes the first element that holds
 * for everything, later versions for each dimension; a partner may read either way and has to come to the same price.
 */
const completed = (element: TariffElement, later: readonly TariffElement[]): Completed => {
  const components = [...element.priceComponents];
  for (const dimension of dimensions) {
    if (componentFor(element, dimension) !== undefined) continue;
    const next = later.find((other) => componentFor(other, dimension) !== undefined);
    if (next === undefined) continue;
    if (!isUnrestricted(next)) {
      const reason = `In OCPI 2.1.1 one element prices everything: ${dimension} depends on restrictions that another element does not have.`;
      return { kind: 'refused', reason };
    }
    const component = componentFor(next, dimension);
    if (component !== undefined) components.push(component);
  }
  return { kind: 'element', element: { ...element, priceComponents: components } };
};

const refusals = (tariff: Tariff): readonly string[] => [
  ...(tariff.minPrice === undefined ? [] : ['OCPI 2.1.1 has no minimum price.']),
  ...(tariff.maxPrice === undefined ? [] : ['OCPI 2.1.1 has no maximum price.']),
  ...(tariff.taxIncluded === true ? ['OCPI 2.1.1 has no prices that include tax.'] : []),
  ...(tariff.idleGraceMinutes === undefined || tariff.idleGraceMinutes === 0
    ? []
    : ['OCPI has no grace for idle time.']),
  ...(tariff.idleCapMinutes === undefined ? [] : ['OCPI has no cap on idle time.']),
  ...(tariff.type === undefined || tariff.type === 'REGULAR'
    ? []
    : [`OCPI 2.1.1 has no tariff types: one for ${tariff.type} would be taken for every session.`]),
  ...new Set(restrictionReasons(tariff.elements)),
];

const componentOf = ({ type, price, stepSize }: PriceComponent) => ({
  type,
  // A price of 6 decimals and at most 9 digits before them prints as it was stated.
  price: Number(price),
  step_size: stepSize,
});

const restrictionsOf = (stated: TariffRestrictions) => ({
  ...(stated.startTime === undefined ? {} : { start_time: stated.startTime }),
  ...(stated.endTime === undefined ? {} : { end_time: stated.endTime }),
  ...(stated.startDate === undefined ? {} : { start_date: stated.startDate }),
  ...(stated.endDate === undefined ? {} : { end_date: stated.endDate }),
  ...(stated.minKwh === undefined ? {} : { min_kwh: Number(stated.minKwh) }),
  ...(stated.maxKwh === undefined ? {} : { max_kwh: Number(stated.maxKwh) }),
  ...(stated.minPower === undefined ? {} : { min_power: Number(stated.minPower) }),
  ...(stated.maxPower === undefined ? {} : { max_power: Number(stated.maxPower) }),
  ...(stated.minDuration === undefined ? {} : { min_duration: stated.minDuration }),
  ...(stated.maxDuration === undefined ? {} : { max_duration: stated.maxDuration }),
  ...(stated.dayOfWeek === undefined ? {} : { day_of_week: stated.dayOfWeek }),
});

const elementOf = ({ priceComponents, restrictions }: TariffElement) => ({
  price_components: priceComponents.map(componentOf),
  ...(restrictions === undefined ? {} : { restrictions: restrictionsOf(restrictions) }),
});

/**
 * Says a tariff in OCPI 2.1.1, where it prices every session the same without VAT, or refuses. VAT rates are dropped:
 * 2.1.1 knows none. So is the time for which it is valid: tell a tariff only during it. `lastUpdated` is ISO 8601.
 */
export const toOcpiTariff211 = (tariff: Tariff, lastUpdated: string): DownConverted => {
  const elements = tariff.elements.map((element, index) =>
    completed(element, tariff.elements.slice(index + 1)),
  );
  const reasons = [
    ...refusals(tariff),
    ...new Set(elements.flatMap((result) => (result.kind === 'refused' ? [result.reason] : []))),
  ];
  if (reasons.length > 0) return { kind: 'refused', reasons };
  return {
    kind: 'tariff',
    tariff: {
      id: tariff.tariffId,
      currency: tariff.currency,
      ...(tariff.altTexts === undefined ? {} : { tariff_alt_text: tariff.altTexts }),
      ...(tariff.altUrl === undefined ? {} : { tariff_alt_url: tariff.altUrl }),
      elements: elements.flatMap((result) =>
        result.kind === 'element' ? [elementOf(result.element)] : [],
      ),
      last_updated: lastUpdated,
    },
  };
};
