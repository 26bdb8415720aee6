import type { TariffDimension } from '../model/tariff.ts';
import type { ChargePeriod } from './charge-period.ts';
import type { Rate } from './rate.ts';
import { type RateCard, rateFor } from './rate-card.ts';

/** The rates that price a period, by dimension; a dimension without one is free. */
export type Rates = Partial<Record<TariffDimension, Rate>>;

/** A charging period and its rates. */
export type RatedPeriod = { readonly period: ChargePeriod; readonly rates: Rates };

/** The dimensions that a period can be billed for; FLAT only until it was billed once in its phase. */
const dimensionsOf = (
  { volumes, idleIsFree, situation }: ChargePeriod,
  flatBilled: boolean,
): readonly TariffDimension[] => {
  const taken: TariffDimension[] = flatBilled ? [] : ['FLAT'];
  // A reservation has no energy: only its time and its fee have prices.
  if (volumes.ENERGY !== undefined && situation.phase === 'session') taken.push('ENERGY');
  if (volumes.TIME !== undefined) taken.push('TIME');
  if (volumes.PARKING_TIME !== undefined && !idleIsFree) taken.push('PARKING_TIME');
  return taken;
};

const ratesOf = (
  card: RateCard,
  period: ChargePeriod,
  dimensions: readonly TariffDimension[],
): Rates => {
  const rates: Rates = {};
  for (const dimension of dimensions) {
    const rate = rateFor(card, dimension, period.situation);
    if (rate !== undefined) rates[dimension] = rate;
  }
  return rates;
};

const phaseOf = ({ situation }: ChargePeriod): 'session' | 'reservation' =>
  situation.phase === 'session' ? 'session' : 'reservation';

/**
 * Finds the rates of each period. A flat fee is billed once per phase, reservation and session, the first time that one
 * holds, whatever other fees come to hold later.
 */
export const ratePeriods = (
  card: RateCard,
  periods: readonly ChargePeriod[],
): readonly RatedPeriod[] => {
  const flatBilled = new Set<'session' | 'reservation'>();
  return periods.map((period) => {
    const phase = phaseOf(period);
    const rates = ratesOf(card, period, dimensionsOf(period, flatBilled.has(phase)));
    if (rates.FLAT !== undefined) flatBilled.add(phase);
    return { period, rates };
  });
};
