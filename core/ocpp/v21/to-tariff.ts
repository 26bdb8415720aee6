import type {
  PriceComponent,
  PriceLimit,
  Tariff,
  TariffDimension,
  TariffRestrictions,
} from '../../tariff/model/tariff.ts';
import { beginningOf } from '../../units/beginning-of.ts';
import { parseDecimal, scaleDecimal } from '../../units/decimal.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Inexpressible } from '../exchange.ts';
import type { SetDefaultTariffRequest } from '../generated/v21/set-default-tariff-request.js';
import { problemOfConditions, toConditions } from './to-tariff-conditions.ts';

type TariffType = SetDefaultTariffRequest['tariff'];
type Description = NonNullable<TariffType['description']>[number];

const dimensions = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'] as const;

/** A component of a tariff with the restrictions of its element. */
type Priced = {
  readonly component: PriceComponent;
  readonly restrictions: TariffRestrictions | undefined;
};

/** Prices of one dimension in the order of their elements: the first whose conditions hold counts, in OCPP as in OCPI. */
const pricesOf = ({ elements }: Tariff, wanted: TariffDimension): readonly Priced[] =>
  elements.flatMap(({ priceComponents, restrictions }) =>
    priceComponents
      .filter(({ type }) => type === wanted)
      .slice(0, 1)
      .map((component) => ({ component, restrictions })),
  );

const taxesOf = (prices: readonly Priced[]): readonly (string | undefined)[] => [
  ...new Set(prices.map(({ component: { vat } }) => (vat === undefined ? vat : `${Number(vat)}`))),
];

/** More digits a JSON number does not carry for certain. */
const mostDecimals = 10;

/** A price of an hour as that of a minute, a whole number of 10^-10; undefined where there is no exact one. */
const perMinute = (perHour: string): bigint | undefined => {
  const decimal = parseDecimal(perHour);
  const scaled = decimal && scaleDecimal(decimal, mostDecimals);
  return scaled === undefined || scaled % 60n !== 0n ? undefined : scaled / 60n;
};

const isTime = (type: TariffDimension): boolean => type === 'TIME' || type === 'PARKING_TIME';

/** Why a price cannot be said; a step of one Wh or one second is as fine as meters and clocks are, and OCPP has no other. */
const problemOfPrice = ({ component, restrictions }: Priced): string | undefined => {
  const { type, price, stepSize } = component;
  if (stepSize > 1) return `it bills ${type} in steps of ${stepSize}`;
  if (isTime(type) && perMinute(price) === undefined) {
    return `${price} an hour is no exact price of a minute`;
  }
  return problemOfConditions(restrictions, type === 'FLAT');
};

const problemOfPrices = (tariff: Tariff): string | undefined => {
  for (const type of dimensions) {
    const prices = pricesOf(tariff, type);
    if (type === 'FLAT' && prices.length > 1) return 'it has several fees for a session';
    if (taxesOf(prices).length > 1) return `its prices of ${type} have different rates of VAT`;
    const problem = prices.map(problemOfPrice).find((one) => one !== undefined);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

/** The prices of one dimension with their conditions and their tax; undefined where it has none. */
const pricedBy = <Price extends object>(
  tariff: Tariff,
  wanted: TariffDimension,
  priceOf: (component: PriceComponent) => Price,
) => {
  const all = pricesOf(tariff, wanted);
  if (all.length === 0) return undefined;
  const [tax] = taxesOf(all);
  return omitUndefined({
    prices: all.map(({ component, restrictions }) =>
      omitUndefined({ ...priceOf(component), conditions: toConditions(restrictions) }),
    ),
    taxRates: tax === undefined ? undefined : [{ type: 'VAT', tax: Number(tax) }],
  });
};

const limitOf = (limit: PriceLimit | undefined) =>
  limit &&
  omitUndefined({
    exclTax: Number(limit.exclVat),
    inclTax: limit.inclVat === undefined ? undefined : Number(limit.inclVat),
  });

/** Why the terms of a tariff beside its elements cannot be said. */
const problemOf = (tariff: Tariff): string | undefined => {
  const { rounding, idleGraceMinutes = 0 } = tariff;
  if (tariff.taxIncluded) return 'its prices include VAT';
  if (idleGraceMinutes > 0) return 'it has a grace period for all idle time of a session';
  if (tariff.idleCapMinutes !== undefined) return 'it has a cap of idle time';
  if (tariff.requireSignedValues) return 'it requires signed meter values';
  if (tariff.validUntil !== undefined) return 'it stops being valid';
  const isUsual = rounding.mode === 'half-up' && rounding.scope === 'total';
  return isUsual && rounding.decimals === undefined ? undefined : 'it rounds in its own way';
};

const longestText = 1024;
const mostTexts = 10;

const descriptionOf = ({ altTexts = [] }: Tariff): TariffType['description'] => {
  const [first, ...rest] = altTexts.slice(0, mostTexts).map(
    ({ language, text }): Description => ({
      format: 'UTF8',
      language: language.slice(0, 8),
      content: beginningOf(text, longestText),
    }),
  );
  return first === undefined ? undefined : ([first, ...rest] as TariffType['description']);
};

const timePrice = ({ price }: PriceComponent) => ({
  priceMinute: Number(perMinute(price)) / 10 ** mostDecimals,
});

/**
 * Writes a tariff of ours as TariffType of OCPP 2.1 (local cost calculation), so that a charger that prices by it comes to the same
 * cost. A tariff with a term that OCPP does not have, or means otherwise, is refused: a price must not be silently wrong.
 */
export const toTariff = (tariff: Tariff): TariffType | Inexpressible => {
  const problem = problemOf(tariff) ?? problemOfPrices(tariff);
  if (problem !== undefined) {
    const inexpressible = `OCPP 2.1 cannot express the tariff ${tariff.tariffId}: ${problem}.`;
    return { inexpressible, code: 'TARIFF_NOT_EXPRESSIBLE' };
  }
  // The schema says of each list that it has a first element, which was looked at.
  return omitUndefined({
    tariffId: tariff.tariffId,
    currency: tariff.currency,
    description: descriptionOf(tariff),
    validFrom: tariff.validFrom,
    energy: pricedBy(tariff, 'ENERGY', ({ price }) => ({ priceKwh: Number(price) })),
    chargingTime: pricedBy(tariff, 'TIME', timePrice),
    idleTime: pricedBy(tariff, 'PARKING_TIME', timePrice),
    fixedFee: pricedBy(tariff, 'FLAT', ({ price }) => ({ priceFixed: Number(price) })),
    minCost: limitOf(tariff.minPrice),
    maxCost: limitOf(tariff.maxPrice),
  }) as unknown as TariffType;
};
