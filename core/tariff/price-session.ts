import type { Metered } from '../metering/model/metered.ts';
import { milliWattHours } from '../units/energy.ts';
import { kwhNumber } from '../units/format-kwh.ts';
import { type Instant, isoInstant } from '../units/instant.ts';
import { billOf } from './bill/bill.ts';
import { chargesOf } from './bill/charges.ts';
import type { Price, PricePeriod } from './model/price.ts';
import type { Tariff } from './model/tariff.ts';
import { rateCardOf } from './rate/rate-card.ts';
import { type RatedPeriod, type Rates, ratePeriods } from './rate/rate-periods.ts';
import { splitBilled } from './split/split-billed.ts';

const measuredDimensions = ['ENERGY', 'TIME', 'PARKING_TIME'] as const;

const pricedAlike = (a: RatedPeriod, b: RatedPeriod): boolean =>
  a.period.activity === b.period.activity &&
  a.period.idleIsFree === b.period.idleIsFree &&
  b.rates.FLAT === undefined &&
  measuredDimensions.every((dimension) => a.rates[dimension] === b.rates[dimension]);

const joined = (a: RatedPeriod, b: RatedPeriod): RatedPeriod => {
  const volumes: Partial<Record<(typeof measuredDimensions)[number], bigint>> = {};
  for (const dimension of measuredDimensions) {
    const [first, second] = [a.period.volumes[dimension], b.period.volumes[dimension]];
    volumes[dimension] = (first ?? 0n) + (second ?? 0n);
  }
  return { rates: a.rates, period: { ...a.period, to: b.period.to, volumes } };
};

/** Joins neighbours that turned out to be priced alike: a boundary of the tariff need not be one of this session. */
const joinAlike = (periods: readonly RatedPeriod[]): readonly RatedPeriod[] => {
  const result: RatedPeriod[] = [];
  for (const rated of periods) {
    const last = result.at(-1);
    if (last !== undefined && pricedAlike(last, rated)) {
      result[result.length - 1] = joined(last, rated);
    } else result.push(rated);
  }
  return result;
};

const elementsOf = (rates: Rates): PricePeriod['elements'] =>
  Object.fromEntries(
    Object.values(rates).map(({ dimension, element }): [string, number] => [dimension, element]),
  );

/** Writes instants, each one once: a period begins where the one before ended, and writing them costs the most here. */
const writeOnce = (): ((at: Instant) => string) => {
  const written = new Map<Instant, string>();
  return (at) => {
    const text = written.get(at) ?? isoInstant(at);
    written.set(at, text);
    return text;
  };
};

const pricePeriodsOf = (rated: readonly RatedPeriod[]): readonly PricePeriod[] => {
  const write = writeOnce();
  return rated.map(({ period, rates }) => ({
    startedAt: write(period.from),
    endedAt: write(period.to),
    energyKwh: kwhNumber(milliWattHours(period.volumes.ENERGY ?? 0n)),
    activity: period.activity,
    elements: elementsOf(rates),
  }));
};

/**
 * Prices a session exactly under a validated tariff, with every line explained. `timeZone` is the IANA zone of the
 * charger, in which the tariff's clock times and dates are meant. Serves the running and the final price alike.
 */
export const priceSession = (tariff: Tariff, metered: Metered, timeZone: string): Price => {
  const card = rateCardOf(tariff);
  const periods = joinAlike(ratePeriods(card, splitBilled(tariff, card, metered, timeZone)));
  return { ...billOf(chargesOf(periods), tariff), periods: pricePeriodsOf(periods) };
};
