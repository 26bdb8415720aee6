import { roundUpToStep } from '../../units/rounding.ts';
import type { TariffDimension } from '../model/tariff.ts';
import type { Rate } from '../rate/rate.ts';
import type { RatedPeriod } from '../rate/rate-periods.ts';

/** All that one rate bills in a session. */
export type Charge = {
  readonly rate: Rate;
  readonly phase: 'session' | 'reservation';
  /** mWh, milliseconds, or 1 for a flat fee. */
  readonly quantity: bigint;
  /** The quantity after step size. */
  readonly billed: bigint;
  /** Index of the last period that it priced. */
  readonly lastPeriod: number;
};

const volumeOf = ({ period }: RatedPeriod, dimension: TariffDimension): bigint =>
  dimension === 'FLAT' ? 1n : (period.volumes[dimension] ?? 0n);

const measuredCharges = (periods: readonly RatedPeriod[]): readonly Charge[] => {
  const charges = new Map<Rate, Charge>();
  for (const [index, rated] of periods.entries()) {
    const phase = rated.period.situation.phase === 'session' ? 'session' : 'reservation';
    for (const rate of Object.values(rated.rates)) {
      const volume = volumeOf(rated, rate.dimension);
      if (volume <= 0n) continue;
      const quantity = (charges.get(rate)?.quantity ?? 0n) + volume;
      charges.set(rate, { rate, phase, quantity, billed: quantity, lastPeriod: index });
    }
  }
  return [...charges.values()];
};

/** Rounds the total of some charges up to the step of the last one, and bills the surplus at its price. */
const roundUpTogether = (together: readonly Charge[]): readonly Charge[] => {
  const last = together.toSorted((a, b) => b.lastPeriod - a.lastPeriod)[0];
  if (last === undefined) return together;
  const total = together.reduce((sum, { quantity }) => sum + quantity, 0n);
  const surplus = roundUpToStep(total, last.rate.step) - total;
  return together.map((charge) =>
    charge === last ? { ...charge, billed: charge.billed + surplus } : charge,
  );
};

/**
 * The charges that are rounded up together by step size (OCPI step_size, all of it priced volume only): energy once per
 * session; time once, where parking that is priced takes the rounding and leaves charging time exact; and the time of
 * a reservation separately. Flat fees have no steps.
 */
const roundedTogether = (charges: readonly Charge[]): readonly (readonly Charge[])[] => {
  const of = (phase: Charge['phase'], dimension: TariffDimension): readonly Charge[] =>
    charges.filter((charge) => charge.phase === phase && charge.rate.dimension === dimension);
  const parking = of('session', 'PARKING_TIME');
  const time = parking.length > 0 ? parking : of('session', 'TIME');
  return [of('session', 'ENERGY'), time, of('reservation', 'TIME')];
};

/** Adds up what each rate prices over all periods and applies the step sizes; in order of first use. */
export const chargesOf = (periods: readonly RatedPeriod[]): readonly Charge[] => {
  const measured = measuredCharges(periods);
  const rounded = new Map(
    roundedTogether(measured)
      .flatMap(roundUpTogether)
      .map((charge) => [charge.rate, charge]),
  );
  return measured.map((charge) => rounded.get(charge.rate) ?? charge);
};
