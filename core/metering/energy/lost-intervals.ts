import { ascending } from '../../units/ascending.ts';
import type { TotalSample } from '../register/total-samples.ts';

const hour = 3_600_000n;

/** Less energy than this, in mWh, is too little to be missed: 50 Wh, and 100 Wh before the first interval. */
const little = 50_000n;
const littleAtStart = 100_000n;

/** So many intervals of about one length show how long they usually are. */
const fewest = 4;

/** An interval, and how long before it the one before ended, in ms. */
type Taken = TotalSample & { readonly gap: bigint };

/**
 * The end of the first gap in which intervals were lost, where a fiftieth and 50 Wh are missing in all gaps together, or a tenth and 100 Wh
 * with that before the first interval. A gap is twice as long as the usual interval, give or take; what is missing in it is how much more the nearest
 * intervals of usual length, before and after, drew in so long a time. One that was only late is made up for by a shorter one beside it, and one that has all of the gap itself misses nothing.
 */
export const lostIntervals = (
  intervals: readonly TotalSample[],
  startedAt: bigint,
): bigint | undefined => {
  const taken = intervals.map((one, n) => ({
    ...one,
    gap: one.at - (intervals[n - 1]?.at ?? startedAt),
  }));
  const lengths = taken.map(({ gap }) => gap).toSorted(ascending);
  const usual = lengths[Math.floor(lengths.length / 4)] ?? 0n;
  const regular = lengths.filter((gap) => isRegular({ gap }, usual));
  const mean = regular[Math.floor(regular.length / 2)] ?? usual;
  // Too few of one length show what is usual.
  if (regular.length < fewest || regular.length * 2 < taken.length) return undefined;
  const lost = taken.map((one, n) =>
    isLong(one, usual) ? lostBefore(taken, n, { usual, mean }) : 0n,
  );
  const counted = intervals.reduce((sum, { value }) => sum + value, 0n);
  const missing = lost.slice(1).reduce((sum, energy) => sum + energy, 0n);
  const isMissed =
    missing > counted / 50n + little || missing + (lost[0] ?? 0n) > counted / 10n + littleAtStart;
  return isMissed ? taken[lost.findIndex((energy) => energy > 0n)]?.at : undefined;
};

const isLong = ({ gap }: Pick<Taken, 'gap'>, usual: bigint): boolean => gap * 10n >= usual * 17n;

const isShort = ({ gap }: Pick<Taken, 'gap'>, usual: bigint): boolean => gap * 10n < usual * 7n;

const isRegular = (one: Pick<Taken, 'gap'>, usual: bigint): boolean =>
  !(isLong(one, usual) || isShort(one, usual));

/** The energy in mWh that is missing before an interval which comes late. */
const lostBefore = (
  taken: readonly Taken[],
  n: number,
  { usual, mean }: { readonly usual: bigint; readonly mean: bigint },
): bigint => {
  const fits = (one: Taken) => isRegular(one, usual);
  const beside = [taken.slice(0, n).findLast(fits), taken.slice(n + 1).find(fits)];
  const [least = 0n] = beside
    .flatMap((one) => (one ? [powerOf(one, mean)] : []))
    .toSorted(ascending);
  const together = taken.filter(
    (one, m) => m === n || (Math.abs(m - n) === 1 && isShort(one, usual)),
  );
  const lasted = together.reduce((sum, { gap }) => sum + gap, 0n);
  const shown = together.reduce((sum, { value }) => sum + value, 0n);
  const missing = (least * lasted) / hour - shown;
  return missing > 0n ? missing : 0n;
};

/** The power of an interval, in mW; one that comes early is not for that steeper. */
const powerOf = ({ value, gap }: Taken, mean: bigint): bigint =>
  (value * hour) / (gap > mean ? gap : mean);
