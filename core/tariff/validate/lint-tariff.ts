import { decimalOf } from '../../units/decimal.ts';
import type {
  TariffDimension,
  TariffElement,
  TariffRestrictions,
  TariffTerms,
} from '../model/tariff.ts';
import { unusualPrices } from './unusual-prices.ts';

/** Something in a valid tariff that its author may not have meant: where, and one clear sentence. */
export type TariffWarning = {
  readonly path: string;
  readonly code:
    | 'TARIFF_PRICE_UNUSUAL'
    | 'TARIFF_VAT_UNUSUAL'
    | 'TARIFF_PRICE_UNREACHABLE'
    | 'TARIFF_WINDOW_WRAPS_DAYS'
    | 'TARIFF_DIMENSION_GAPS'
    | 'TARIFF_FREE'
    | 'TARIFF_IDLE_UNPRICED'
    | 'TARIFF_CURRENT_UNMEASURED';
  readonly message: string;
};

const isUnrestricted = ({ restrictions }: TariffElement): boolean =>
  Object.values(restrictions ?? {}).every((value) => Array.isArray(value) && value.length === 0);

const pricesAlways = (element: TariffElement, type: TariffDimension): boolean =>
  isUnrestricted(element) && element.priceComponents.some((component) => component.type === type);

const unreachablePrices = (elements: readonly TariffElement[]): readonly TariffWarning[] =>
  elements.flatMap((element, index) => {
    if (element.restrictions?.reservation !== undefined) return [];
    return element.priceComponents.flatMap((component, at) => {
      const before = elements
        .slice(0, index)
        .findIndex((first) => pricesAlways(first, component.type));
      if (before < 0) return [];
      return [
        {
          path: `elements.${index}.priceComponents.${at}`,
          code: 'TARIFF_PRICE_UNREACHABLE' as const,
          message: `This ${component.type} price never applies: element ${before} comes first and prices ${component.type} without restrictions.`,
        },
      ];
    });
  });

const wrapsAcrossDays = ({ startTime, endTime, dayOfWeek }: TariffRestrictions): boolean =>
  startTime !== undefined &&
  endTime !== undefined &&
  endTime !== '00:00' &&
  endTime < startTime &&
  dayOfWeek !== undefined &&
  dayOfWeek.length > 0;

const wrappingWindows = (elements: readonly TariffElement[]): readonly TariffWarning[] =>
  elements.flatMap(({ restrictions }, index) =>
    restrictions !== undefined && wrapsAcrossDays(restrictions)
      ? [
          {
            path: `elements.${index}.restrictions.dayOfWeek`,
            code: 'TARIFF_WINDOW_WRAPS_DAYS' as const,
            message:
              'The window crosses midnight: after midnight the weekday of the new day applies, not that of the evening.',
          },
        ]
      : [],
  );

const unmeasuredCurrents = (elements: readonly TariffElement[]): readonly TariffWarning[] =>
  elements.flatMap(({ restrictions }, index) =>
    restrictions?.minCurrent !== undefined || restrictions?.maxCurrent !== undefined
      ? [
          {
            path: `elements.${index}.restrictions`,
            code: 'TARIFF_CURRENT_UNMEASURED' as const,
            message:
              'Sessions of your own chargers are priced without current measurements, so this element never applies to them.',
          },
        ]
      : [],
  );

const gaps = (elements: readonly TariffElement[]): readonly TariffWarning[] => {
  const ofSessions = elements.filter(({ restrictions }) => restrictions?.reservation === undefined);
  const stated = ofSessions.flatMap(({ priceComponents }) => priceComponents);
  const types = [...new Set(stated.map(({ type }) => type))];
  return types
    .filter((type) => !ofSessions.some((element) => pricesAlways(element, type)))
    .map((type) => ({
      path: 'elements',
      code: 'TARIFF_DIMENSION_GAPS' as const,
      message: `${type} is free whenever no restricted element applies: there is no ${type} price without restrictions.`,
    }));
};

const unpricedIdle = (terms: TariffTerms): readonly TariffWarning[] => {
  const prices = terms.elements.flatMap(({ priceComponents }) => priceComponents);
  if (prices.some(({ type }) => type === 'PARKING_TIME')) return [];
  return (['idleGraceMinutes', 'idleCapMinutes'] as const)
    .filter((path) => terms[path] !== undefined)
    .map((path) => ({
      path,
      code: 'TARIFF_IDLE_UNPRICED' as const,
      message: 'The grace period or cap has no effect because idle time has no price.',
    }));
};

/** Warns the author of a tariff that does not say that it is free, but has no price above 0. */
export const lintFreeTariff = ({ elements, minPrice }: TariffTerms): readonly TariffWarning[] =>
  minPrice === undefined &&
  elements
    .flatMap(({ priceComponents }) => priceComponents)
    .every(({ price }) => decimalOf(price, 6) === 0n)
    ? [
        {
          path: 'elements',
          code: 'TARIFF_FREE',
          message:
            'Every session of this tariff is free: none of its prices is above 0. If that is meant, say so by "kind": "free".',
        },
      ]
    : [];

/** Warnings for the author of a valid tariff; the tariff can be used all the same. */
export const lintTariff = (terms: TariffTerms): readonly TariffWarning[] => [
  ...unreachablePrices(terms.elements),
  ...wrappingWindows(terms.elements),
  ...unmeasuredCurrents(terms.elements),
  ...gaps(terms.elements),
  ...unpricedIdle(terms),
  ...unusualPrices(terms),
];
