import type { PriceComponent, Tariff, TariffElement } from '../tariff/model/tariff.ts';
import { describeRestrictions } from '../tariff/rate/describe-restrictions.ts';
import { parseDecimal, shortDecimal } from '../units/decimal.ts';
import { roundHalfUp } from '../units/rounding.ts';

/** A price as a driver reads it before they charge. */
export type ListedPrice = {
  /** With VAT, a decimal of up to 4 places. */
  readonly price: string;
  readonly per: 'kWh' | 'hour' | 'hour after charging' | 'session';
  /** When it holds; absent where always. */
  readonly when?: string;
};

const units = {
  ENERGY: 'kWh',
  TIME: 'hour',
  PARKING_TIME: 'hour after charging',
  FLAT: 'session',
} as const satisfies Record<PriceComponent['type'], ListedPrice['per']>;

const decimals = 4;

/** A price with VAT, rounded half up to 4 decimals: shown, and never billed. */
function withVat({ price, vat }: PriceComponent, isIncluded: boolean): string {
  const net = parseDecimal(price) ?? { digits: 0n, decimals: 0 };
  const rate = parseDecimal(isIncluded ? '0' : (vat ?? '0')) ?? { digits: 0n, decimals: 0 };
  const hundred = 100n * 10n ** BigInt(rate.decimals);
  const scaled = net.digits * (hundred + rate.digits) * 10n ** BigInt(decimals);
  return shortDecimal(roundHalfUp(scaled, hundred * 10n ** BigInt(net.decimals)), decimals, 2);
}

const listed = (
  { priceComponents, restrictions }: TariffElement,
  isIncluded: boolean,
): readonly ListedPrice[] => {
  const when = restrictions === undefined ? undefined : describeRestrictions(restrictions);
  return priceComponents.map((one) => ({
    price: withVat(one, isIncluded),
    per: units[one.type],
    ...(when === undefined || when === '' ? {} : { when }),
  }));
};

/** The prices of a tariff in its order, with VAT: of those for the same thing, the first that holds counts. */
export const priceList = ({ elements, taxIncluded }: Tariff): readonly ListedPrice[] =>
  elements.flatMap((element) => listed(element, taxIncluded === true));
