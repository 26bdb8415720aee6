import type { Anomaly } from '../../metering/model/anomaly.ts';
import { anomalyOf } from '../../metering/model/anomaly-codes.ts';
import type { Metered } from '../../metering/model/metered.ts';
import type { Money, Price } from '../../tariff/model/price.ts';
import { priceCeilings } from '../../tariff/model/price-ceilings.ts';
import { decimalOf, formatDecimal } from '../../units/decimal.ts';

/** Duration and cost of a session above which the operator has to review it. */
export type LimitSettings = {
  /** Whole days, 1 to 365. */
  readonly longestSessionDays: number;
  /** With tax, in the main unit of each currency; the default of those that are not named (see priceCeilings). */
  readonly highestPrice: Readonly<Record<string, string>>;
};

/** The limits of one session: of its length in days, and of its price in the currency of its tariff. */
export type SessionLimits = {
  readonly longestSessionDays: number;
  /** Absent where there is no price. */
  readonly highestPrice?: string;
};

/** The limits until an operator sets others: a week, and about 500 EUR. */
export const defaultLimits: LimitSettings = { longestSessionDays: 7, highestPrice: {} };

/** The fewest days that an operator may set. */
const fewestDays = 1;

const hour = 3_600_000n;
const day = 24n * hour;

/** The length and the price of a session, where it has one. */
type Extent = {
  readonly metered: Pick<Metered, 'startedAt' | 'endedAt'>;
  readonly price?: Pick<Price, 'total'> | undefined;
};

/** The limits of a session whose tariff is in a currency. */
export const limitsOf = (
  { longestSessionDays, highestPrice }: LimitSettings,
  currency: string | undefined,
): SessionLimits => {
  const highest = currency && (highestPrice[currency] ?? priceCeilings.get(currency));
  return { longestSessionDays, ...(highest ? { highestPrice: highest } : {}) };
};

/** True if any limits that an operator may set can hold a session: most need no look at the settings. */
export const mayExceedLimits = ({ metered, price }: Extent): boolean => {
  const ceiling = price && priceCeilings.get(price.total.currency);
  return (
    lengthOf(metered) > BigInt(fewestDays) * day ||
    (price !== undefined && ceiling !== undefined && costOf(price.total) * 10n > exact(ceiling))
  );
};

/** Anomalies of a session that exceeds its limits; none for all others. */
export const limitAnomalies = (
  { metered, price }: Extent,
  { longestSessionDays, highestPrice }: SessionLimits,
): readonly Anomaly[] => {
  const length = lengthOf(metered);
  const isLong = length > BigInt(longestSessionDays) * day;
  const total = price?.total;
  const isHigh =
    total !== undefined && highestPrice !== undefined && costOf(total) > exact(highestPrice);
  return [
    ...(isLong
      ? [anomalyOf('SESSION_TOO_LONG', undefined, lengthText(length, longestSessionDays))]
      : []),
    ...(isHigh
      ? [
          anomalyOf(
            'PRICE_TOO_HIGH',
            undefined,
            `It is ${total.inclVat} ${total.currency}; the limit is ${highestPrice}.`,
          ),
        ]
      : []),
  ];
};

/** The limits of an operator where they decide on a session otherwise than the defaults, or say so in other words. */
export const limitsThatMatter = (
  extent: Extent,
  settings: LimitSettings,
  currency: string | undefined,
): SessionLimits | undefined => {
  const [own, usual] = [limitsOf(settings, currency), limitsOf(defaultLimits, currency)];
  const isUsual =
    own.longestSessionDays === usual.longestSessionDays && own.highestPrice === usual.highestPrice;
  const isWithin = [own, usual].every((limits) => limitAnomalies(extent, limits).length === 0);
  return isUsual || isWithin ? undefined : own;
};

const lengthOf = ({ startedAt, endedAt }: Extent['metered']): bigint => endedAt - startedAt;

const exact = (amount: string): bigint => decimalOf(amount, 12);

/** The amount that the driver pays. */
const costOf = ({ inclVat }: Money): bigint => exact(inclVat);

/** Days with one place, rounded up, so that what is too long never reads like the limit. */
const lengthText = (length: bigint, most: number): string => {
  const tenths = (length * 10n + day - 1n) / day;
  return `It lasted ${formatDecimal(tenths, 1)} days; the limit is ${most}.`;
};
