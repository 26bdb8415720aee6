import { mergePoints } from '../metering/merge-points.ts';
import { noPoints, type Points } from '../metering/points.ts';
import { pointsOf } from '../metering/points-of.ts';
import type { ConnectorState, MeterReading } from '../metering/reading.ts';
import { mergeStatePoints, type StatePoint, statePointsOf } from '../metering/state-points.ts';

/** What has arrived about a session so far: two sets, so that order, repetition and chunks leave no trace. */
export type RunningSession = {
  readonly points: Points;
  readonly states: readonly StatePoint[];
};

/** A session of which nothing has arrived yet. */
export const notYetRunning: RunningSession = { points: noPoints, states: [] };

/** Adds readings and connector states to a session: in any order, in any chunks, any number of times. */
export const accumulate = (
  running: RunningSession,
  readings: readonly MeterReading[],
  states: readonly ConnectorState[],
): RunningSession => ({
  points: mergePoints(running.points, pointsOf(readings)),
  states: mergeStatePoints(running.states, statePointsOf(states)),
});
