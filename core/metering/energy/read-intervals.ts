import { anomalyRecorder, type Noted, type RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Clock } from '../points/correct-clock.ts';
import type { Series } from '../points/points.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import { anyChargerBound, type PhysicalBound } from '../register/physical-bound.ts';
import type { SessionWindow } from '../register/session-window.ts';
import { totalSamples } from '../register/total-samples.ts';
import { energyUpTo } from './energy-up-to.ts';
import type { PowerSpan } from './integrate-power.ts';
import { comparable, isBeyondLosses } from './is-more.ts';
import {
  addedIntervals,
  type IntervalMeaning,
  shownIntervals,
  sumIntervals,
} from './sum-intervals.ts';

/** The energy of a session by its intervals. */
export type IntervalView = {
  readonly intervals: readonly RegisterStep[];
  /** How the intervals were read for that. */
  readonly intervalMeaning: IntervalMeaning;
  /** The energy by them that is shown while the session runs, before its register tells. */
  readonly shownIntervals: readonly RegisterStep[];
  /** Their sum, in mWh: each counts for itself. */
  readonly addedIntervals: bigint;
  /** The energy of all phases, in mWh, where each shows the same and one of them was taken for the total. */
  readonly intervalsOfPhases?: bigint;
  /** Anomalies of intervals, recorded only if energy is counted by them. */
  readonly intervalNotes: Noted;
};

/** A session whose intervals are read: its bounds, the power that its charger can have, and what was measured of it. */
type Measured = {
  readonly series: readonly Series[];
  readonly window: SessionWindow;
  readonly bound: PhysicalBound | undefined;
  readonly clock: Clock;
  readonly spans: readonly PowerSpan[];
  /** True if the power is that of the whole connector, as the charger gave it. */
  readonly isTotalPower: boolean;
};

/**
 * Reads the intervals of a session. Phases that each show the same are the total, or a part of it each, as of any balanced load: measured power of the whole
 * connector tells which. Without it the CDR is held if the sum of all phases is possible.
 */
export const readIntervals = (measured: Measured): IntervalView => {
  const one = summedBy(measured, 'one');
  if (!one.intervalNotes.has('PHASE_REPEATS_TOTAL') || !measured.window.stopped) return one;
  const all = summedBy(measured, 'all');
  const [energy, ofAll] = [energyOf(one), energyOf(all)];
  const { window, bound = anyChargerBound } = measured;
  const isPossible =
    ofAll <= bound(window.endedAt - window.startedAt) && !all.intervalNotes.has('REG_JUMP');
  if (!isPossible || !isBeyondLosses(ofAll, energy)) return one;
  const told = toldByPower(measured, one, all);
  if (told === 'all') return all;
  if (told === undefined) noteIn(one.intervalNotes)('ENERGY_CONTRADICTED', window.startedAt);
  return { ...one, intervalsOfPhases: ofAll };
};

const noteIn = (noted: Noted): RecordAnomaly => anomalyRecorder(noted);

const energyOf = ({ intervals }: IntervalView): bigint => intervals.at(-1)?.energy ?? 0n;

const summedBy = (
  { series, window, bound, clock }: Measured,
  phases: 'one' | 'all',
): IntervalView => {
  const intervalNotes: Noted = new Map();
  const note = noteIn(intervalNotes);
  const totals = totalSamples(series, 'interval', clock, note, phases === 'all');
  const { steps, meaning } = sumIntervals(totals, window, bound, note);
  return {
    intervals: steps,
    intervalMeaning: meaning,
    shownIntervals: shownIntervals(totals, window, bound),
    addedIntervals: addedIntervals(totals, window, bound),
    intervalNotes,
  };
};

/** Whether the power of the whole connector, over at least half of the session, is nearer to that of one phase or to that of all. */
const toldByPower = (
  { isTotalPower, window, spans }: Measured,
  one: IntervalView,
  all: IntervalView,
): 'one' | 'all' | undefined => {
  const covered = spans.reduce((sum, { from, to }) => sum + (to.at - from.at), 0n);
  const drawn = spans.reduce((sum, { energy }) => sum + energy, 0n);
  const isMeasured = drawn >= comparable && covered * 2n >= window.endedAt - window.startedAt;
  if (!isTotalPower || !isMeasured) return undefined;
  const during = ({ intervals }: IntervalView) =>
    spans.reduce(
      (sum, { from, to }) => sum + energyUpTo(intervals, to.at) - energyUpTo(intervals, from.at),
      0n,
    );
  return drawn * 2n < during(one) + during(all) ? 'one' : 'all';
};
