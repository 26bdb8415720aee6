import { ascending } from '../units/ascending.ts';
import { type Clock, clockOf } from './correct-clock.ts';
import { type PowerStretch, powerStretches } from './integrate-power.ts';
import type { MeteringFacts } from './metering-facts.ts';
import { type Noted, type Noter, noterInto } from './noted.ts';
import { physicalBound } from './physical-bound.ts';
import type { Points } from './points.ts';
import { type RegisterLine, registerLine } from './register-line.ts';
import { type SessionWindow, sessionWindow } from './session-window.ts';
import { sumIntervals } from './sum-intervals.ts';
import { type TotalSample, totalSamples } from './total-samples.ts';
import type { RegisterStep } from './walk-register.ts';

/** The points of a session in order: its bounds, its register, its intervals and its power, each with a clear meaning. */
export type SessionView = {
  readonly window: SessionWindow;
  /** How the charger's clock is to be read. */
  readonly clock: Clock;
  readonly line: RegisterLine;
  readonly intervals: readonly RegisterStep[];
  readonly power: readonly TotalSample[];
  readonly stretches: readonly PowerStretch[];
  /** What was noted about intervals and power gaps, to be told only if they are what counts. */
  readonly intervalNotes: Noted;
  readonly powerNotes: Noted;
};

/** Puts the points of a session in order. Throws when there is neither start nor stop nor reading. */
export const sessionView = (points: Points, facts: MeteringFacts, noter: Noter): SessionView => {
  const allSeries = [...points.series.values()];
  const clock = clockOf(allSeries, noter);
  const window = sessionWindow(points, facts, clock, noter);
  if (window === undefined) throw new Error('a session without start, stop and readings');
  const bound = physicalBound(facts.maxPowerW);
  const registers = totalSamples(allSeries, 'register', clock, noter);
  const net = registers.size > 0 ? registers : totalSamples(allSeries, 'net', clock, noter);
  const [intervalNotes, powerNotes]: [Noted, Noted] = [new Map(), new Map()];
  const noteInterval = noterInto(intervalNotes);
  const notePower = noterInto(powerNotes);
  const intervals = totalSamples(allSeries, 'interval', clock, noteInterval);
  const power = mergedPower(totalSamples(allSeries, 'power', clock, notePower), window);
  return {
    window,
    clock,
    line: registerLine(net, window, bound, noter),
    intervals: sumIntervals(intervals, window, bound, noteInterval),
    power,
    stretches: powerStretches(power, notePower),
    intervalNotes,
    powerNotes,
  };
};

const mergedPower = (
  totals: ReadonlyMap<string, readonly TotalSample[]>,
  { startedAt, endedAt }: SessionWindow,
): readonly TotalSample[] => {
  const byTime = new Map<bigint, TotalSample>();
  for (const sample of [...totals.values()].flat()) {
    const known = byTime.get(sample.at);
    const isDuring = sample.at >= startedAt && sample.at <= endedAt;
    if (isDuring && (known === undefined || known.value < sample.value)) {
      byTime.set(sample.at, sample);
    }
  }
  return [...byTime.values()].sort((a, b) => ascending(a.at, b.at));
};
