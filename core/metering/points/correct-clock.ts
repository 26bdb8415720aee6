import { ascending } from '../../units/ascending.ts';
import { type Instant, instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Sample, Series } from './points.ts';
import { isUnset } from './read-timestamp.ts';

const quarterHour = 15n * 60_000n;
const furthestZone = 14n * 60n * 60_000n;
const tolerance = 60_000n;
const minimum = 3;

/** A time of the charger and ours, if they are too far apart. */
type Dated = { readonly at: Instant; readonly received?: Instant };

/** Gives the corrected time of something that the charger dated. */
export type Clock = (dated: Dated) => Instant;

/**
 * Finds out how the charger's clock is to be read. Where at least 3 readings, received over the same span of time
 * in which they were taken, are all off by one multiple of 15 minutes, up to 14 hours, its clock shows another zone
 * and what is off by that is shifted. Readings that were queued and sent together are only late: their times are kept.
 * Any other time more than 5 minutes in the future becomes the time of receipt, and so does that of an unset clock.
 */
export const clockOf = (series: readonly Series[], recordAnomaly: RecordAnomaly): Clock => {
  const offset = constantOffset(series.flatMap(({ samples }) => samples));
  return ({ at, received }) => {
    if (received === undefined) return at;
    if (offset !== undefined && isOffBy(at - received, offset)) {
      recordAnomaly('TS_CONST_OFFSET', at - offset);
      return instant(at - offset);
    }
    if (at <= received) return isUnset(at) ? received : at;
    recordAnomaly('TS_FUTURE', received);
    return received;
  };
};

const isOffBy = (lag: bigint, offset: bigint): boolean =>
  lag - offset <= tolerance && offset - lag <= tolerance;

/** The nearest multiple of a quarter of an hour; BigInt division truncates, so half a quarter is added first. */
const nearestQuarter = (lag: bigint): bigint => {
  const half = lag < 0n ? -quarterHour / 2n : quarterHour / 2n;
  return ((lag + half) / quarterHour) * quarterHour;
};

type Suspect = { readonly at: bigint; readonly received: bigint };

const constantOffset = (samples: readonly Sample[]): bigint | undefined => {
  const suspects = new Map<bigint, Map<bigint, Suspect>>();
  for (const { at, received } of samples) {
    if (received === undefined) continue;
    const offset = nearestQuarter(at - received);
    if (!isOffBy(at - received, offset)) continue;
    const group = suspects.get(offset) ?? new Map<bigint, Suspect>();
    suspects.set(offset, group.set(at, { at, received }));
  }
  const live = samples.filter(({ received }) => received === undefined).map(({ at }) => at);
  const offsets = [...suspects]
    .filter(([offset, group]) => {
      const readings = [...group.values()];
      return isZone(offset) && arrivedAsTaken(readings) && !overtaken(readings, live);
    })
    .map(([offset]) => offset);
  return offsets.length === 1 ? offsets[0] : undefined;
};

const isZone = (offset: bigint): boolean => offset <= furthestZone && offset >= -furthestZone;

const arrivedAsTaken = (group: readonly Suspect[]): boolean => {
  if (group.length < minimum) return false;
  const taken = spanOf(group.map(({ at }) => at));
  const arrived = spanOf(group.map(({ received }) => received));
  return taken >= 2n * tolerance && isOffBy(taken, arrived);
};

/** Whether a reading whose clock was right was taken later than one of these and came before it: these are only late. */
const overtaken = (group: readonly Suspect[], live: readonly bigint[]): boolean =>
  group.some(({ at, received }) => live.some((other) => other > at && other < received));

const spanOf = (times: readonly bigint[]): bigint => {
  const ordered = times.toSorted(ascending);
  return (ordered.at(-1) ?? 0n) - (ordered[0] ?? 0n);
};
