import { ascending } from '../../units/ascending.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Occasion } from '../points/points.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import { anyChargerBound, type PhysicalBound } from '../register/physical-bound.ts';
import type { SessionWindow } from '../register/session-window.ts';
import type { TotalSample } from '../register/total-samples.ts';

const tolerance = 2n * 60_000n;

/**
 * Adds up energy that was reported by interval. Intervals that follow the session go before those that follow the
 * clock, since the two overlap. A missing interval is noted, which holds the CDR: missing energy is not made up. So are
 * intervals that each hold all of the energy so far, of which the last one counts alone.
 */
export const sumIntervals = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
  window: SessionWindow,
  bound: PhysicalBound | undefined,
  recordAnomaly: RecordAnomaly,
): readonly RegisterStep[] => {
  const intervals = intervalsOf(totals).filter(({ at }) => isDuring(at, window, recordAnomaly));
  if (intervals.length === 0) return [];
  noteMissing(intervals, window, recordAnomaly);
  const steps: RegisterStep[] = [{ at: window.startedAt, energy: 0n }];
  if (window.ended && (areCumulative(intervals) || areTwoCumulative(intervals, window))) {
    recordAnomaly('ENERGY_CONTRADICTED', window.startedAt);
    return [...steps, ...intervals.map(({ at, value }) => ({ at, energy: value }))];
  }
  let energy = 0n;
  let previous: bigint = window.startedAt;
  for (const { at, value } of intervals) {
    energy += plausible(value, at, (bound ?? anyChargerBound)(at - previous), recordAnomaly);
    previous = at;
    steps.push({ at, energy });
  }
  return steps;
};

const intervalsOf = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
): readonly TotalSample[] => {
  const followSession = [...(totals.get('sample') ?? []), ...(totals.get('end') ?? [])];
  const byTime = new Map<bigint, TotalSample>();
  for (const interval of followSession.length > 0 ? followSession : (totals.get('clock') ?? [])) {
    const known = byTime.get(interval.at);
    if (known === undefined || known.value < interval.value) byTime.set(interval.at, interval);
  }
  return [...byTime.values()].sort((a, b) => ascending(a.at, b.at));
};

const isDuring = (at: bigint, window: SessionWindow, recordAnomaly: RecordAnomaly): boolean => {
  const during = at > window.startedAt && (!window.stopped || at <= window.endedAt);
  if (!during) recordAnomaly('OUTSIDE_TX', at);
  return during;
};

/** So often a counter has risen, whatever else happened between. */
const fewestRises = 3;

/**
 * Whether what is labelled as intervals is a counter of the session. Each of at least three is more than the one before,
 * and the last about as many times the first as there are: at a constant power all intervals would be alike. Or none is less than the
 * one before, several are more, and the last is at least twice the second that is not 0: the first of these alone may be shorter than the others, since
 * the vehicle may have waited for its time.
 */
const areCumulative = (intervals: readonly TotalSample[]): boolean => {
  const values = intervals.map(({ value }) => value);
  const [first = 0n] = values;
  const last = values.at(-1) ?? 0n;
  const [, second = 0n] = values.slice(values.findIndex((value) => value > 0n));
  const rises = values.filter((value, index) => index > 0 && value > (values[index - 1] ?? value));
  if (rises.length === values.length - 1) {
    if (values.length > 2 && last * 4n >= first * 3n * BigInt(values.length)) return true;
  }
  const neverFalls = values.every((value, index) => value >= (values[index - 1] ?? value));
  return neverFalls && rises.length >= fewestRises && last >= second * 2n;
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
