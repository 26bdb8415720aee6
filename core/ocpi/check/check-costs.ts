import type { PriceLine } from '../../tariff/model/price.ts';
import { currencyDecimals } from '../../units/currency.ts';
import { shortDecimal } from '../../units/decimal.ts';
import { sumOf } from '../common/decimal-text.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import { type CdrDifference, type DifferenceCode, numberDifference } from './cdr-difference.ts';
import type { PriceOfCdr } from './price-of-cdr.ts';

type Priced = Extract<PriceOfCdr, { kind: 'priced' }>;

const sumOfLines = (lines: readonly PriceLine[], component: PriceLine['component']): string =>
  sumOf(lines.filter((line) => line.component === component).map(({ exclVat }) => exclVat));

const totals = (cdr: PartnerCdr, priced: Priced): readonly CdrDifference[] =>
  priced.agrees
    ? []
    : [
        ...numberDifference(
          'TOTAL_EXCL_VAT',
          'totalCost.exclVat',
          cdr.totalCost.exclVat,
          priced.exclVat,
          '0',
        ),
        ...numberDifference(
          'TOTAL_INCL_VAT',
          'totalCost.inclVat',
          cdr.totalCost.inclVat,
          priced.inclVat ?? undefined,
          '0',
        ),
      ];

const parts: readonly (readonly [
  DifferenceCode,
  'totalFixedCost' | 'totalEnergyCost' | 'totalTimeCost' | 'totalParkingCost',
  PriceLine['component'],
])[] = [
  ['FIXED_COST', 'totalFixedCost', 'FLAT'],
  ['ENERGY_COST', 'totalEnergyCost', 'ENERGY'],
  ['TIME_COST', 'totalTimeCost', 'TIME'],
  ['PARKING_COST', 'totalParkingCost', 'PARKING_TIME'],
];

/**
 * Checks what a CDR costs against our price: the totals by the rule of the contract, their parts up to one unit of the
 * currency, because a rounded total is shared out among its parts in more than one way.
 */
export const checkCosts = (cdr: PartnerCdr, priced: Priced): readonly CdrDifference[] => {
  const decimals = currencyDecimals(cdr.currency) ?? 2;
  const oneUnit = shortDecimal(1n, decimals);
  const isReserved = cdr.totalReservationCost !== undefined;
  const isLimited = priced.lines.some(({ component }) => /^M(IN|AX)_PRICE$/.test(component));
  const stated = [...parts.map(([, name]) => cdr[name]), cdr.totalReservationCost]
    .map((price) => price?.exclVat)
    .filter((each) => each !== undefined);
  return [
    ...totals(cdr, priced),
    // Parking and reservation include fixed parts of their own, which the lines do not tell apart.
    ...(isReserved
      ? []
      : parts.flatMap(([code, name, component]) =>
          numberDifference(
            code,
            `${name}.exclVat`,
            cdr[name]?.exclVat,
            sumOfLines(priced.lines, component),
            oneUnit,
          ),
        )),
    ...(stated.length < 2 || isLimited
      ? []
      : numberDifference(
          'PARTS_OF_TOTAL',
          'totalCost.exclVat',
          cdr.totalCost.exclVat,
          sumOf(stated),
          shortDecimal(BigInt(stated.length), decimals),
        )),
  ];
};
