import { type Instant, instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Sample, Series } from './points.ts';
import { isUnset } from './read-timestamp.ts';
import { type Heard, isOffBy, zoneLevels } from './zone-levels.ts';

/** A time of the charger, ours if they are too far apart, and the time of a clock that was never set. */
export type Dated = { readonly at: Instant; readonly received?: Instant; readonly unset?: Instant };

/** Gives the corrected time of something that the charger dated. */
export type Clock = (dated: Dated) => Instant;

/**
 * Finds out how the charger's clock is to be read, message by message: what is off by the only zone that it showed is shifted
 * (`zoneLevels`). Readings that were queued and sent together are only late: their times are kept.
 * Any other time more than 5 minutes in the future becomes the time of receipt, and so does that of an unset clock.
 */
export const clockOf = (series: readonly Series[], recordAnomaly: RecordAnomaly): Clock => {
  const samples = series.flatMap((one) => one.samples);
  const levels = zoneLevels(heardOf(samples), liveOf(samples));
  const offset = levels.length === 1 ? levels[0]?.offset : undefined;
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

/** The times that are too far from ours, with both. */
export const heardOf = (samples: readonly Dated[]): readonly Heard[] =>
  samples.flatMap(({ at, received }) => (received === undefined ? [] : [{ at, received }]));

/** The times of the samples that came as they were taken, by a right clock, without those that were kept while there was no connection. */
export const liveOf = (samples: readonly Sample[]): readonly Instant[] =>
  samples.flatMap(({ at, received, offline }) => (received === undefined && !offline ? [at] : []));
