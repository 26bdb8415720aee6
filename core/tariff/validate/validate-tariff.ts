import { currencyDecimals } from '../../units/currency.ts';
import { decimalOf } from '../../units/decimal.ts';
import type { PriceLimit, TariffTerms } from '../model/tariff.ts';
import type { TariffProblem } from '../model/tariff-problem.ts';
import { checkElements } from './check-elements.ts';
import { checkDecimal, checkWhole } from './check-numbers.ts';

/** Problems of a tariff's currency, which must be an ISO 4217 code. */
export const checkCurrency = (currency: string): readonly TariffProblem[] =>
  currencyDecimals(currency) === undefined
    ? [
        {
          path: 'currency',
          code: 'TARIFF_CURRENCY_UNKNOWN',
          message: `"${currency}" is not an ISO 4217 currency code such as EUR.`,
        },
      ]
    : [];

const checkLimit = (path: string, limit: PriceLimit | undefined): readonly TariffProblem[] => {
  if (limit === undefined) return [];
  const { exclVat, inclVat = exclVat } = limit;
  const wrong = [
    ...checkDecimal(`${path}.exclVat`, exclVat, 6),
    ...checkDecimal(`${path}.inclVat`, limit.inclVat, 6),
  ];
  if (wrong.length > 0 || decimalOf(inclVat, 6) >= decimalOf(exclVat, 6)) return wrong;
  const message = 'The limit is smaller with VAT than without.';
  return [{ path: `${path}.inclVat`, code: 'TARIFF_LIMITS_CONTRADICT', message }];
};

const checkLimits = ({ minPrice, maxPrice }: TariffTerms): readonly TariffProblem[] => {
  const wrong = [...checkLimit('minPrice', minPrice), ...checkLimit('maxPrice', maxPrice)];
  if (wrong.length > 0 || minPrice === undefined || maxPrice === undefined) return wrong;
  const contradicts = (min: string | undefined, max: string | undefined): boolean =>
    min !== undefined && max !== undefined && decimalOf(min, 6) > decimalOf(max, 6);
  return contradicts(minPrice.exclVat, maxPrice.exclVat) ||
    contradicts(minPrice.inclVat, maxPrice.inclVat)
    ? [
        {
          path: 'maxPrice',
          code: 'TARIFF_LIMITS_CONTRADICT',
          message: 'The maximum price is below the minimum price.',
        },
      ]
    : [];
};

const checkRounding = ({ rounding: { decimals } }: TariffTerms): readonly TariffProblem[] =>
  decimals === undefined || (Number.isInteger(decimals) && decimals >= 0 && decimals <= 6)
    ? []
    : [
        {
          path: 'rounding.decimals',
          code: 'TARIFF_ROUNDING_INVALID',
          message: `${decimals} is not a number of decimals from 0 to 6.`,
        },
      ];

/** Problems of the grace period and cap of idle time. */
export const checkIdle = ({
  idleGraceMinutes,
  idleCapMinutes,
}: Pick<TariffTerms, 'idleGraceMinutes' | 'idleCapMinutes'>): readonly TariffProblem[] => [
  ...checkWhole('idleGraceMinutes', idleGraceMinutes),
  ...checkWhole('idleCapMinutes', idleCapMinutes),
];

const checkValidity = ({ validFrom, validUntil }: TariffTerms): readonly TariffProblem[] =>
  validFrom === undefined || validUntil === undefined || validFrom < validUntil
    ? []
    : [
        {
          path: 'validUntil',
          code: 'TARIFF_VALIDITY_EMPTY',
          message: 'validUntil is before validFrom.',
        },
      ];

/**
 * Everything that is wrong with a stated tariff, empty when it can be priced with. Names values that cannot be read or
 * would lose digits, elements and prices that could never count, and limits that contradict each other.
 */
export const validateTariff = (terms: TariffTerms): readonly TariffProblem[] => [
  ...checkCurrency(terms.currency),
  ...checkElements(terms.elements),
  ...checkLimits(terms),
  ...checkIdle(terms),
  ...checkRounding(terms),
  ...checkValidity(terms),
];
