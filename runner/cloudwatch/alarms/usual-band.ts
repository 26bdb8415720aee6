import type { MetricPoint } from '../dashboards/metric-store.ts';

const day = 24 * 3_600_000;
/** CloudWatch learns from the last two weeks. */
const mostDays = 14;
/** Days that must be known before anything is called usual. */
const fewestDays = 2;
/** Periods before and after the same time of those days that are looked at as well. */
const neighbours = 3;

/** The time that is asked about, and how far from the average is still usual. */
export type BandQuestion = {
  /** End of the period that is asked about, epoch ms. */
  readonly now: number;
  readonly periodSeconds: number;
  /** Standard deviations below the average that are still usual. */
  readonly deviations: number;
};

/**
 * The least that is usual of a metric at this time of the day, by the sums of the periods around it on the last days: their average less
 * so many standard deviations. Simpler than CloudWatch, which knows weeks and trends besides; undefined until two days are known.
 */
export function leastUsual(
  values: readonly MetricPoint[],
  { now, periodSeconds, deviations }: BandQuestion,
): number | undefined {
  const length = periodSeconds * 1000;
  const first = values[0]?.at ?? now;
  const days = Array.from({ length: mostDays }, (_, n) => now - (n + 1) * day).filter(
    (end) => end - length >= first,
  );
  if (days.length < fewestDays) return undefined;
  const ends = days.flatMap((end) =>
    Array.from({ length: 2 * neighbours + 1 }, (_, n) => end + (n - neighbours) * length),
  );
  const sums = ends.flatMap((end) => {
    const inside = values.filter(({ at }) => at > end - length && at <= end);
    return inside.length === 0 ? [] : [inside.reduce((sum, { value }) => sum + value, 0)];
  });
  if (sums.length === 0) return undefined;
  const average = sums.reduce((all, one) => all + one, 0) / sums.length;
  const variance = sums.reduce((all, one) => all + (one - average) ** 2, 0) / sums.length;
  return average - deviations * Math.sqrt(variance);
}
