import { ascending } from '../../units/ascending.ts';
import { ownBound } from '../register/own-bound.ts';
import type { PhysicalBound } from '../register/physical-bound.ts';
import type { TotalSample } from '../register/total-samples.ts';

const hour = 3_600_000n;

/** Less energy than this, in mWh, is too little to tell anything by: 100 Wh. */
const comparable = 100_000n;

/** An interval, how long before it the one before ended, in ms, how long that usually is, and whether this is a shorter one. */
type Taken = TotalSample & {
  readonly gap: bigint;
  readonly usual: bigint;
  readonly isShort: boolean;
};

/** The intervals that remain without those that repeat the energy of others, and how much these repeat, in mWh. */
export type Disentangled = { readonly kept: readonly TotalSample[]; readonly repeated: bigint };

/**
 * Finds the intervals that hold energy of other ones again: as chargers send them that report by two cadences, the whole session at its stop, or an interval
 * a second time. Between two intervals of the usual length lie shorter ones, or such as end with a lesser one, that hold far more than their neighbours drew in so short a
 * time; a time that was late before is theirs. At the ends of the session they may be as steep as the charger allows (`registered`, or as the session itself shows).
 */
export const withoutOverlaps = (
  intervals: readonly TotalSample[],
  startedAt: bigint,
  registered: PhysicalBound | undefined,
): Disentangled => {
  const taken = eachTaken(intervals, startedAt);
  const atEnds = registered ?? ownBound([], [steepestOf(taken)]);
  const steep = runsOf(taken).flatMap((run) => beyond(run, mostOf(run, atEnds)));
  const all = taken.filter(
    (one, n) => !steep.includes(one) && holdsAll(one, taken.slice(0, n), taken.slice(n + 1)),
  );
  const leftOut = new Set([...steep, ...all]);
  const kept = taken.flatMap((one) => {
    if (!leftOut.has(one)) return [one];
    return one.lesser === undefined ? [] : [{ at: one.at, value: one.lesser }];
  });
  return { kept, repeated: sumOf(intervals) - sumOf(kept) };
};

/** The largest intervals of a run, which it can do without to hold at most so much, or a quarter of one more. */
const beyond = ({ shorter }: Run, most: bigint): readonly Taken[] => {
  let energy = sumOf(shorter);
  return shorter
    .toSorted((a, b) => ascending(b.value, a.value))
    .filter(({ value, lesser = 0n }) => {
      if ((energy - most) * 4n <= value) return false;
      energy -= value - lesser;
      return true;
    });
};

/** Whether intervals repeat so much of what remains without that, in mWh, that they cannot all be billed: a twentieth and 100 Wh. */
export const isMuchRepeated = ({ kept, repeated }: Disentangled): boolean =>
  repeated > sumOf(kept) / 20n + comparable;

/** The intervals with their gaps, and which of them are shorter than usual. */
const eachTaken = (intervals: readonly TotalSample[], startedAt: bigint): readonly Taken[] => {
  const gaps = intervals.map(({ at }, n) => at - (intervals[n - 1]?.at ?? startedAt));
  const usual = usualOf(gaps);
  return intervals.map((one, n) => {
    const gap = gaps[n] ?? 0n;
    const isShort = gap * 20n < usual * 17n || isLonger(one);
    return { ...one, gap, usual, isShort };
  });
};

/** True for the longer one of two intervals that end at one time: it shows half as much again. */
const isLonger = ({ value, lesser }: TotalSample): boolean =>
  lesser !== undefined && value * 2n > lesser * 3n;

/** The length of most intervals by their time, in ms: those of at least that length make up half of the session. */
const usualOf = (gaps: readonly bigint[]): bigint => {
  const longestFirst = gaps.toSorted((a, b) => ascending(b, a));
  let left = gaps.reduce((sum, gap) => sum + gap, 0n) / 2n;
  for (const gap of longestFirst) {
    left -= gap;
    if (left <= 0n) return gap;
  }
  return 0n;
};

const powerOf = ({ value, gap }: Taken): bigint => (value * hour) / (gap > 0n ? gap : 1n);

const sumOf = (samples: readonly TotalSample[]): bigint =>
  samples.reduce((sum, { value }) => sum + value, 0n);

/** Short intervals after each other, and the two of usual length between which they lie. */
type Run = {
  readonly shorter: readonly Taken[];
  readonly before: Taken | undefined;
  readonly after: Taken | undefined;
};

const runsOf = (taken: readonly Taken[]): readonly Run[] => {
  const runs: Run[] = [];
  let from = 0;
  while (from < taken.length) {
    const next = taken.findIndex(({ isShort }, n) => n >= from && !isShort);
    const to = next < 0 ? taken.length : next;
    if (to > from)
      runs.push({ shorter: taken.slice(from, to), before: taken[from - 1], after: taken[to] });
    from = to + 1;
  }
  return runs;
};

/** The most that short intervals can hold, in mWh; they may have been read later than their neighbours by a third of the usual length. */
const mostOf = ({ shorter, before, after }: Run, atEnds: PhysicalBound): bigint => {
  const usual = shorter[0]?.usual ?? 0n;
  const late = before !== undefined && before.gap > usual ? before.gap - usual : 0n;
  const lasted = shorter.reduce((sum, { gap }) => sum + gap, late) + usual / 3n;
  const beside = [before, after]
    .map((one) => (one === undefined ? 0n : (powerOf(one) * lasted) / hour))
    .toSorted(ascending);
  const most = beside.at(-1) ?? 0n;
  if (before !== undefined && after !== undefined) return most;
  const allowed = atEnds(lasted) - atEnds(0n);
  return most > allowed ? most : allowed;
};

/** Whether an interval holds all of those before it: it shows far more power than any other, and as much as they do together. */
const holdsAll = (
  { gap, usual, value }: Taken,
  before: readonly Taken[],
  after: readonly Taken[],
): boolean => {
  if (before.length < 3 || value < comparable) return false;
  const lasted = gap * 3n > usual ? gap : usual / 3n;
  const own = (steepestOf(before) * lasted) / hour;
  const next = after.map(
    (one) => (one.value * lasted) / (one.gap * 3n > usual ? one.gap : usual / 3n),
  );
  const sum = sumOf(before);
  const isSteep = [own, ...next].every((energy) => value * 2n > energy * 5n);
  return isSteep && value * 100n >= sum * 97n && value * 100n <= (sum + own) * 103n;
};

/** The highest power of intervals that are as long as usual. */
const steepestOf = (taken: readonly Taken[]): bigint =>
  taken
    .filter(({ isShort }) => !isShort)
    .map(powerOf)
    .toSorted(ascending)
    .at(-1) ?? 0n;
