import { ascending } from '../../units/ascending.ts';
import type { Instant } from '../../units/instant.ts';
import type { Points, Sample, Series } from './points.ts';

/**
 * Keeps at most `keep` times of the points, spread evenly over the session, its first and last always: enough to show a
 * running session, never enough to bill one. All values of one time stay together, so that phases still add up.
 * Intervals are kept all, since each is needed for the sum, and so are readings of start and stop.
 */
export const downsamplePoints = (points: Points, keep: number): Points => {
  const thinned = [...points.series.values()].filter(isThinned);
  if (thinned.reduce((sum, { samples }) => sum + samples.length, 0) <= keep) return points;
  const times = [...new Set(thinned.flatMap(({ samples }) => samples.map(({ at }) => at)))].sort(
    ascending,
  );
  if (times.length <= keep) return points;
  const kept = spread(times, Math.max(keep, 2));
  const series = [...points.series].map(([name, one]) => [name, thin(one, kept)] as const);
  return { ...points, series: new Map(series) };
};

const isThinned = ({ key }: Series): boolean =>
  key.quantity !== 'interval' && key.occasion === 'sample';

const thin = (series: Series, kept: ReadonlySet<Instant>): Series =>
  isThinned(series)
    ? { key: series.key, samples: series.samples.filter((sample: Sample) => kept.has(sample.at)) }
    : series;

/** The first time in each of `keep` - 1 equal spans, and the last: thinned again and again it stays even. */
const spread = (times: readonly Instant[], keep: number): ReadonlySet<Instant> => {
  const first = times[0] ?? 0n;
  const last = times.at(-1) ?? first;
  const spans = BigInt(keep - 1);
  const kept = new Map<bigint, Instant>();
  for (const time of times) {
    const span = ((time - first) * spans) / (last - first || 1n);
    if (!kept.has(span)) kept.set(span, time);
  }
  return new Set(kept.values());
};
