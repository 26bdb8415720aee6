import type { PriceComponent, TariffElement } from '../model/tariff.ts';
import type { TariffProblem } from '../model/tariff-problem.ts';
import { checkDecimal, checkWhole } from './check-numbers.ts';
import { checkRestrictions } from './check-restrictions.ts';

const checkComponent = (path: string, component: PriceComponent): readonly TariffProblem[] => [
  ...checkDecimal(`${path}.price`, component.price, 6),
  ...checkDecimal(`${path}.vat`, component.vat, 4),
  ...checkWhole(`${path}.stepSize`, component.stepSize),
];

const repeatsDimension = (element: TariffElement, index: number): boolean =>
  element.priceComponents.findIndex(({ type }) => type === element.priceComponents[index]?.type) <
  index;

const checkRepeated = (path: string, element: TariffElement): readonly TariffProblem[] =>
  element.priceComponents.flatMap(({ type }, index) =>
    repeatsDimension(element, index)
      ? [
          {
            path: `${path}.priceComponents.${index}`,
            code: 'TARIFF_COMPONENT_REPEATED' as const,
            message: `The element prices ${type} twice; only the first price would apply.`,
          },
        ]
      : [],
  );

const checkReservation = (path: string, element: TariffElement): readonly TariffProblem[] => {
  if (element.restrictions?.reservation === undefined) return [];
  return element.priceComponents.flatMap(({ type }, index) =>
    type === 'ENERGY' || type === 'PARKING_TIME'
      ? [
          {
            path: `${path}.priceComponents.${index}.type`,
            code: 'TARIFF_RESERVATION_DIMENSION' as const,
            message: `A reservation cannot be priced by ${type}; use TIME or FLAT.`,
          },
        ]
      : [],
  );
};

const checkElement = (element: TariffElement, index: number): readonly TariffProblem[] => {
  const path = `elements.${index}`;
  return [
    ...element.priceComponents.flatMap((component, at) =>
      checkComponent(`${path}.priceComponents.${at}`, component),
    ),
    ...checkRepeated(path, element),
    ...checkReservation(path, element),
    ...(element.restrictions === undefined
      ? []
      : checkRestrictions(`${path}.restrictions`, element.restrictions)),
  ];
};

/** Problems of the elements of a tariff: no price at all, unreadable values, prices that could never apply. */
export const checkElements = (elements: readonly TariffElement[]): readonly TariffProblem[] =>
  elements.some(({ priceComponents }) => priceComponents.length > 0)
    ? elements.flatMap(checkElement)
    : [
        {
          path: 'elements',
          code: 'TARIFF_ELEMENTS_MISSING',
          message: 'A tariff needs at least one element with a price; a free tariff states FLAT 0.',
        },
      ];
