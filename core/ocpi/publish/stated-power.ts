import type { PricePeriod } from '../../tariff/model/price.ts';
import type { Tariff, TariffDimension } from '../../tariff/model/tariff.ts';
import { type RateCard, rateCardOf, rateFor } from '../../tariff/rate/rate-card.ts';
import type { Situation } from '../../tariff/rate/situation.ts';
import { decimalOf } from '../../units/decimal.ts';
import { type Instant, instant } from '../../units/instant.ts';
import { localTime } from '../../units/local-time.ts';
import { roundHalfUp } from '../../units/rounding.ts';

const msPerHour = 3_600_000n;

/** A moment of a CDR, which is written in UTC with milliseconds. */
export const momentOf = (iso: string): Instant => instant(BigInt(Date.parse(iso)));

/** Energy of a CDR in mWh. */
export const energyOf = (kwh: number): bigint => decimalOf(String(kwh), 6);

const lengthOf = ({ startedAt, endedAt }: PricePeriod): bigint =>
  momentOf(endedAt) - momentOf(startedAt);

const meanOf = (period: PricePeriod): bigint | undefined => {
  const length = lengthOf(period);
  return length <= 0n ? undefined : roundHalfUp(energyOf(period.energyKwh) * msPerHour, length);
};

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);

/** The powers that can be told apart by a tariff, mW, those nearest to the mean first. */
const candidatesOf = (card: RateCard, mean: bigint): readonly bigint[] => {
  const bounds = card.conditions.flatMap(({ power }) =>
    [power.from, power.until].filter((bound) => bound !== undefined),
  );
  const all = [mean, ...bounds, ...bounds.map((bound) => bound - 1n)];
  return [...new Set(all)]
    .filter((power) => power >= 0n)
    .toSorted((a, b) => Number(sizeOf(a - mean) - sizeOf(b - mean)));
};

/** Idle time that is free by a term of our tariff which OCPI lacks: stated as parking time, partners would bill it. */
export const isFreeIdle = (
  { activity, elements }: PricePeriod,
  { idleGraceMinutes = 0, idleCapMinutes }: Tariff,
): boolean =>
  activity === 'idle' &&
  elements.PARKING_TIME === undefined &&
  (idleGraceMinutes > 0 || idleCapMinutes !== undefined);

const ofActivity = (period: PricePeriod, tariff: Tariff): readonly TariffDimension[] => {
  if (period.activity === 'charging') return ['TIME'];
  return period.activity === 'idle' && !isFreeIdle(period, tariff) ? ['PARKING_TIME'] : [];
};

/** The dimensions of a period that can have a price. */
const dimensionsOf = (
  period: PricePeriod,
  tariff: Tariff,
  isFlatBilled: boolean,
): readonly TariffDimension[] => [
  'ENERGY',
  ...ofActivity(period, tariff),
  ...(isFlatBilled ? [] : (['FLAT'] as const)),
];

const isPricedSo = (
  card: RateCard,
  period: PricePeriod,
  dimensions: readonly TariffDimension[],
  situation: Situation,
): boolean =>
  dimensions.every(
    (dimension) => rateFor(card, dimension, situation)?.element === period.elements[dimension],
  );

/**
 * The power that each period of a CDR states, mW, where its tariff asks for power: the mean of the period or, if that would be
 * priced otherwise than the parts that it was joined of, the nearest one that was priced as they were. Undefined where none is
 * to be stated.
 */
export const statedPowers = (
  tariff: Tariff,
  periods: readonly PricePeriod[],
  timeZone: string,
): readonly (bigint | undefined)[] => {
  const card = rateCardOf(tariff);
  const asks = card.conditions.some(
    ({ power }) => power.from !== undefined || power.until !== undefined,
  );
  if (!asks) return periods.map(() => undefined);
  const start = periods[0] === undefined ? instant(0n) : momentOf(periods[0].startedAt);
  let energy = 0n;
  let isFlatBilled = false;
  return periods.map((period) => {
    const from = momentOf(period.startedAt);
    const mean = meanOf(period);
    const dimensions = dimensionsOf(period, tariff, isFlatBilled);
    const situation: Situation = {
      phase: 'session',
      local: localTime(from, timeZone),
      energy,
      elapsed: from - start,
    };
    energy += energyOf(period.energyKwh);
    isFlatBilled ||= period.elements.FLAT !== undefined;
    const stated = candidatesOf(card, mean ?? 0n).find((power) =>
      isPricedSo(card, period, dimensions, { ...situation, power: { least: power, most: power } }),
    );
    return stated ?? mean;
  });
};
