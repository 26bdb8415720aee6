import { ascending } from '../units/ascending.ts';
import type { Noter } from './noted.ts';
import type { PhysicalBound } from './physical-bound.ts';
import type { Occasion } from './points.ts';
import type { SessionWindow } from './session-window.ts';
import type { TotalSample } from './total-samples.ts';
import type { RegisterStep } from './walk-register.ts';

const tolerance = 2n * 60_000n;

/**
 * Adds up energy that was reported by interval. Intervals that follow the session go before those that follow the
 * clock, since the two overlap. A missing interval is noted, which holds the CDR: missing energy is not made up.
 */
export const sumIntervals = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
  window: SessionWindow,
  bound: PhysicalBound | undefined,
  noter: Noter,
): readonly RegisterStep[] => {
  const intervals = intervalsOf(totals).filter(({ at }) => isDuring(at, window, noter));
  if (intervals.length === 0) return [];
  noteMissing(intervals, window, noter);
  const steps: RegisterStep[] = [{ at: window.startedAt, energy: 0n }];
  let energy = 0n;
  let previous: bigint = window.startedAt;
  for (const { at, value } of intervals) {
    energy += plausible(value, at, bound?.(at - previous), noter);
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

const isDuring = (at: bigint, window: SessionWindow, noter: Noter): boolean => {
  const during = at > window.startedAt && (!window.stopped || at <= window.endedAt);
  if (!during) noter('OUTSIDE_TX', at);
  return during;
};

const plausible = (value: bigint, at: bigint, most: bigint | undefined, noter: Noter): bigint => {
  if (value < 0n) noter('REG_DECREASE', at);
  else if (most !== undefined && value > most) noter('REG_JUMP', at);
  else return value;
  return 0n;
};

const noteMissing = (
  intervals: readonly TotalSample[],
  window: SessionWindow,
  noter: Noter,
): void => {
  const times = [window.startedAt, ...intervals.map(({ at }) => at)];
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const usual = gaps.toSorted(ascending)[Math.floor(gaps.length / 2)] ?? 0n;
  const longest = (usual * 3n) / 2n + tolerance;
  gaps.forEach((gap, index) => {
    if (gap > longest) noter('INTERVAL_INCOMPLETE', times[index + 1] ?? window.endedAt);
  });
  const tail = window.endedAt - (times.at(-1) ?? window.endedAt);
  if (!window.stopped || tail <= tolerance) return;
  noter(tail > longest ? 'INTERVAL_INCOMPLETE' : 'STOP_REGISTER_MISSING', window.endedAt);
};
