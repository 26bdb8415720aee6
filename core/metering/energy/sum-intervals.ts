import { ascending } from '../../units/ascending.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Occasion } from '../points/points.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import { anyChargerBound, type PhysicalBound } from '../register/physical-bound.ts';
import type { SessionWindow } from '../register/session-window.ts';
import type { TotalSample } from '../register/total-samples.ts';
import { areCumulative, noIntervals, withInterval } from './cumulative-intervals.ts';
import { lostIntervals } from './lost-intervals.ts';
import { isMuchRepeated, withoutOverlaps } from './overlapping-intervals.ts';

const tolerance = 2n * 60_000n;

/** How intervals are to be read: each counts for itself, or each has all of the energy so far, or some have that of others again. */
export type IntervalMeaning = 'own' | 'so-far' | 'repeated';

/** The energy that intervals amount to, step by step, and how they were read for it. */
export type SummedIntervals = {
  readonly steps: readonly RegisterStep[];
  readonly meaning: IntervalMeaning;
};

/**
 * Adds up energy that was reported by interval. Intervals that follow the session go before those that follow the
 * clock, since the two overlap. A missing interval is noted, which holds the CDR: missing energy is not made up. So are
 * intervals that each hold all of the energy so far, of which the last one counts alone, and intervals that hold the energy of others again, which do not count.
 */
export const sumIntervals = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
  window: SessionWindow,
  bound: PhysicalBound | undefined,
  recordAnomaly: RecordAnomaly,
): SummedIntervals => {
  const intervals = intervalsOf(totals).filter(({ at }) => isDuring(at, window, recordAnomaly));
  if (intervals.length === 0) return { steps: [], meaning: 'own' };
  noteMissing(intervals, window, recordAnomaly);
  const course = intervals.reduce((sofar, { value }) => withInterval(sofar, value), noIntervals);
  if (window.ended && (areCumulative(course) || areTwoCumulative(intervals, window))) {
    recordAnomaly('ENERGY_CONTRADICTED', window.startedAt);
    const sofar = intervals.map(({ at, value }) => ({ at, energy: value }));
    return { steps: [{ at: window.startedAt, energy: 0n }, ...sofar], meaning: 'so-far' };
  }
  const apart = withoutOverlaps(intervals, window.startedAt, bound);
  if (window.stopped && isMuchRepeated(apart)) {
    recordAnomaly('ENERGY_CONTRADICTED', window.startedAt);
    return { steps: added(apart.kept, window, bound, recordAnomaly), meaning: 'repeated' };
  }
  const lostBefore = window.stopped ? lostIntervals(intervals, window.startedAt) : undefined;
  if (lostBefore !== undefined) recordAnomaly('INTERVAL_INCOMPLETE', lostBefore);
  return { steps: added(intervals, window, bound, recordAnomaly), meaning: 'own' };
};

/**
 * The energy that intervals show while their session runs, which never falls. The first that follows the clock may have begun before the session, and
 * shows nothing; where they may be a counter of the session, the latest counts alone.
 */
export const shownIntervals = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
  window: SessionWindow,
  bound: PhysicalBound | undefined,
): readonly RegisterStep[] => {
  const silent = () => undefined;
  const intervals = intervalsOf(totals).filter(({ at }) => isDuring(at, window, silent));
  const steps = added(intervals, window, bound, silent);
  const unsure = followSession(totals).length > 0 ? 0n : (steps[1]?.energy ?? 0n);
  let course = noIntervals;
  let shown = 0n;
  return steps.map(({ at, energy }, index) => {
    const value = intervals[index - 1]?.value;
    if (value !== undefined) course = withInterval(course, value);
    const sum = energy - unsure;
    const told = value !== undefined && value < sum && areCumulative(course) ? value : sum;
    if (told > shown) shown = told;
    return { at, energy: shown };
  });
};

/** The energy of intervals that each count for themselves. */
export const addedIntervals = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
  window: SessionWindow,
  bound: PhysicalBound | undefined,
): bigint => {
  const silent = () => undefined;
  const intervals = intervalsOf(totals).filter(({ at }) => isDuring(at, window, silent));
  return added(intervals, window, bound, silent).at(-1)?.energy ?? 0n;
};

const added = (
  intervals: readonly TotalSample[],
  { startedAt }: SessionWindow,
  bound: PhysicalBound | undefined,
  recordAnomaly: RecordAnomaly,
): readonly RegisterStep[] => {
  if (intervals.length === 0) return [];
  const most = bound ?? anyChargerBound;
  const steps: RegisterStep[] = [{ at: startedAt, energy: 0n }];
  let energy = 0n;
  // The time by which one may have been read late is allowed once, not for each interval.
  let [since, drawn]: [bigint, bigint] = [startedAt, 0n];
  for (const { at, value } of intervals) {
    const counted = plausible(value, at, most(at - since) - drawn, recordAnomaly);
    energy += counted;
    drawn += counted;
    if (drawn <= most(at - since) - most(0n)) [since, drawn] = [at, 0n];
    steps.push({ at, energy });
  }
  return steps;
};

const followSession = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
): readonly TotalSample[] => [...(totals.get('sample') ?? []), ...(totals.get('end') ?? [])];

/** The intervals of a session in order, one per time: those that follow the session before those that follow the clock. */
const intervalsOf = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
): readonly TotalSample[] => {
  const ofSession = followSession(totals);
  const byTime = new Map<bigint, TotalSample>();
  for (const interval of ofSession.length > 0 ? ofSession : (totals.get('clock') ?? [])) {
    const known = byTime.get(interval.at);
    byTime.set(interval.at, known === undefined ? interval : largerOf(known, interval));
  }
  return [...byTime.values()].sort((a, b) => ascending(a.at, b.at));
};

/** The larger of two intervals of one time, with the least of them. */
const largerOf = (a: TotalSample, b: TotalSample): TotalSample => {
  const [low, high] = a.value < b.value ? [a, b] : [b, a];
  if (high.value === low.value) return high;
  const lesser = [low.value, low.lesser ?? low.value, high.lesser ?? low.value].toSorted(ascending);
  return { at: high.at, value: high.value, lesser: lesser[0] ?? low.value };
};

const isDuring = (at: bigint, window: SessionWindow, recordAnomaly: RecordAnomaly): boolean => {
  const during = at > window.startedAt && (!window.stopped || at <= window.endedAt);
  if (!during) recordAnomaly('OUTSIDE_TX', at);
  return during;
};

/**
 * Whether two intervals of about the same length are a counter: as intervals the second would have nearly twice the power of the first, as a counter the
 * power is the same, give or take a seventh.
 */
const areTwoCumulative = (
  intervals: readonly TotalSample[],
  { startedAt }: SessionWindow,
): boolean => {
  const [first, second] = intervals;
  if (first === undefined || second === undefined || intervals.length > 2) return false;
  const [half, whole] = [first.at - startedAt, second.at - startedAt];
  const isEven = isWithin(whole, half * 2n, 10n);
  return isEven && first.value > 0n && isWithin(second.value, first.value * 2n, 7n);
};

const isWithin = (a: bigint, b: bigint, share: bigint): boolean =>
  (a - b) * share <= b && (b - a) * share <= b;

const plausible = (
  value: bigint,
  at: bigint,
  most: bigint,
  recordAnomaly: RecordAnomaly,
): bigint => {
  if (value < 0n) recordAnomaly('REG_DECREASE', at);
  else if (value > most) recordAnomaly('REG_JUMP', at);
  else return value;
  return 0n;
};

const noteMissing = (
  intervals: readonly TotalSample[],
  window: SessionWindow,
  recordAnomaly: RecordAnomaly,
): void => {
  const times = [window.startedAt, ...intervals.map(({ at }) => at)];
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const usual = gaps.toSorted(ascending)[Math.floor(gaps.length / 2)] ?? 0n;
  const longest = (usual * 3n) / 2n + tolerance;
  gaps.forEach((gap, index) => {
    if (gap > longest) recordAnomaly('INTERVAL_INCOMPLETE', times[index + 1] ?? window.endedAt);
  });
  const tail = window.endedAt - (times.at(-1) ?? window.endedAt);
  if (!window.stopped || tail <= tolerance) return;
  recordAnomaly(tail > longest ? 'INTERVAL_INCOMPLETE' : 'STOP_REGISTER_MISSING', window.endedAt);
};
