import type { EnergyPoint } from '../../metering/model/metered.ts';
import { milliWattHours } from '../../units/energy.ts';
import { type Instant, instant } from '../../units/instant.ts';
import { roundHalfUp } from '../../units/rounding.ts';
import type { Range } from '../rate/situation.ts';

const between = (before: EnergyPoint, after: EnergyPoint, at: Instant): EnergyPoint => {
  const share = roundHalfUp(
    (after.energy - before.energy) * (at - before.at),
    after.at - before.at,
  );
  return { at, energy: milliWattHours(before.energy + share) };
};

/**
 * The energy at each of some ascending instants: between two readings shared by time and rounded to the mWh as a
 * running total, so that the differences lose nothing. Before the first reading and after the last it is constant.
 */
export const energyAt = (
  series: readonly EnergyPoint[],
  instants: readonly Instant[],
): readonly EnergyPoint[] => {
  let next = 0;
  return instants.map((at) => {
    while ((series[next]?.at ?? at + 1n) <= at) next += 1;
    const [before, after] = [series[next - 1], series[next]];
    if (before === undefined) return { at, energy: milliWattHours(0n) };
    return after === undefined ? { at, energy: before.energy } : between(before, after, at);
  });
};

/**
 * The point at which a session reaches an amount of energy (mWh) above 0: exactly that energy, at the first whole
 * millisecond. Undefined when it never does.
 */
export const whenReached = (
  series: readonly EnergyPoint[],
  energy: bigint,
): EnergyPoint | undefined => {
  const index = series.findIndex((point) => point.energy >= energy);
  const [before, after] = [series[index - 1], series[index]];
  if (before === undefined || after === undefined) return undefined;
  const gained = after.energy - before.energy;
  const time = ((after.at - before.at) * (energy - before.energy) + gained - 1n) / gained;
  return { at: instant(before.at + time), energy: milliWattHours(energy) };
};

const millisecondsPerHour = 3_600_000n;

/** Mean power in mW, rounded down, between two readings; absent where no time lies between them. */
export const meanPower = (before: EnergyPoint, after: EnergyPoint): Range | undefined => {
  if (after.at <= before.at) return undefined;
  const power = ((after.energy - before.energy) * millisecondsPerHour) / (after.at - before.at);
  return { least: power, most: power };
};
