import type {
  PriceComponent,
  PriceLimit,
  Tariff,
  TariffDimension,
  TariffElement,
} from '../tariff/model/tariff.ts';
import { describeRestrictions } from '../tariff/rate/describe-restrictions.ts';
import { parseDecimal, shortDecimal } from '../units/decimal.ts';
import { omitUndefined } from '../units/omit-undefined.ts';
import { roundHalfUp } from '../units/rounding.ts';

/** A price as a driver reads it before they charge. */
export type ListedPrice = {
  /** With VAT, a decimal of up to 4 places. */
  readonly price: string;
  readonly per: 'kWh' | 'minute' | 'minute after charging' | 'session';
  /** The same for an hour; absent where it is no price for time. */
  readonly perHour?: string;
  /** When it holds; absent where always. */
  readonly when?: string;
  /** The least that is billed at once, as in `5 minutes`; absent where that is a Wh or a second at most. */
  readonly step?: string;
};

/** A rule of a tariff about a session as a whole, as a driver reads it before they charge. */
export type PriceTerm = {
  readonly kind: 'at-least' | 'at-most' | 'free-idle-minutes' | 'most-idle-minutes';
  /** Money with VAT, or minutes. */
  readonly value: string;
  /** True where a limit has no VAT in it, because the prices under it have several. */
  readonly withoutVat?: true;
};

const units = {
  ENERGY: 'kWh',
  TIME: 'minute',
  PARKING_TIME: 'minute after charging',
  FLAT: 'session',
} as const satisfies Record<TariffDimension, ListedPrice['per']>;

/** The order of AFIR, Article 5 (4): per kWh, per minute, per session, and any other. */
const order: readonly TariffDimension[] = ['ENERGY', 'TIME', 'FLAT', 'PARKING_TIME'];

const decimals = 4;

/** A price with VAT over a number of parts, rounded half up to 4 decimals: shown, and never billed. */
function withVat(price: string, vat: string, parts = 1n): string {
  const net = parseDecimal(price) ?? { digits: 0n, decimals: 0 };
  const rate = parseDecimal(vat) ?? { digits: 0n, decimals: 0 };
  const hundred = 100n * 10n ** BigInt(rate.decimals);
  const scaled = net.digits * (hundred + rate.digits) * 10n ** BigInt(decimals);
  const whole = hundred * 10n ** BigInt(net.decimals) * parts;
  return shortDecimal(roundHalfUp(scaled, whole), decimals, 2);
}

const isTime = (type: TariffDimension): boolean => type === 'TIME' || type === 'PARKING_TIME';

const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`;

function stepOf({ type, stepSize }: PriceComponent): string | undefined {
  if (type === 'FLAT' || stepSize <= 1) return undefined;
  if (type === 'ENERGY') return `${shortDecimal(BigInt(stepSize), 3, 0)} kWh`;
  return stepSize % 60 === 0 ? count(stepSize / 60, 'minute') : count(stepSize, 'second');
}

type Placed = { readonly type: TariffDimension; readonly listed: ListedPrice };

const placed = (
  { priceComponents, restrictions }: TariffElement,
  isIncluded: boolean,
): readonly Placed[] => {
  const when = restrictions === undefined ? '' : describeRestrictions(restrictions);
  return priceComponents.map((one) => {
    const vat = isIncluded ? '0' : (one.vat ?? '0');
    const listed = omitUndefined({
      price: withVat(one.price, vat, isTime(one.type) ? 60n : 1n),
      per: units[one.type],
      perHour: isTime(one.type) ? withVat(one.price, vat) : undefined,
      when: when === '' ? undefined : when,
      step: stepOf(one),
    });
    return { type: one.type, listed };
  });
};

/**
 * The prices of a tariff with VAT, in the order in which the law has drivers read them: of those for the same thing, the first that
 * holds counts.
 */
export function priceList({ elements, taxIncluded }: Tariff): readonly ListedPrice[] {
  const all = elements.flatMap((element) => placed(element, taxIncluded === true));
  return all
    .toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
    .map(({ listed }) => listed);
}

function limitTerm(
  kind: 'at-least' | 'at-most',
  limit: PriceLimit | undefined,
  { elements, taxIncluded }: Tariff,
): readonly PriceTerm[] {
  if (limit === undefined) return [];
  if (limit.inclVat !== undefined) return [{ kind, value: withVat(limit.inclVat, '0') }];
  const rates = new Set(
    elements.flatMap(({ priceComponents }) => priceComponents.map(({ vat = '0' }) => vat)),
  );
  const [rate = '0'] = taxIncluded === true ? ['0'] : rates;
  return taxIncluded === true || rates.size <= 1
    ? [{ kind, value: withVat(limit.exclVat, rate) }]
    : [{ kind, value: withVat(limit.exclVat, '0'), withoutVat: true }];
}

/** The rules of a tariff that a driver has to know besides its prices before they charge: the least and the most of a session, and which minutes after charging cost nothing. */
export function priceTerms(tariff: Tariff): readonly PriceTerm[] {
  const { minPrice, maxPrice, idleGraceMinutes = 0, idleCapMinutes } = tariff;
  return [
    ...limitTerm('at-least', minPrice, tariff),
    ...limitTerm('at-most', maxPrice, tariff),
    ...(idleGraceMinutes > 0
      ? [{ kind: 'free-idle-minutes' as const, value: String(idleGraceMinutes) }]
      : []),
    ...(idleCapMinutes === undefined
      ? []
      : [{ kind: 'most-idle-minutes' as const, value: String(idleCapMinutes) }]),
  ];
}
