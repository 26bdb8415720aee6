import type { ConnectorState, MeterReading } from '../metering/model/reading.ts';
import { mergePoints } from '../metering/points/merge-points.ts';
import { noPoints, type Points } from '../metering/points/points.ts';
import { pointsOf } from '../metering/points/points-of.ts';
import {
  mergeStatePoints,
  type StatePoint,
  statePointsOf,
} from '../metering/points/state-points.ts';

/** Everything received for a session so far: two sets, so that order, repetition and chunks leave no trace. */
export type RunningReadings = {
  readonly points: Points;
  readonly states: readonly StatePoint[];
};

/** A session of which nothing has arrived yet. */
export const noRunningReadings: RunningReadings = { points: noPoints, states: [] };

/** Adds readings and connector states to a session of a charger in a `zone`: in any order and chunks, any number of times. */
export const accumulate = (
  running: RunningReadings,
  readings: readonly MeterReading[],
  states: readonly ConnectorState[],
  zone?: string,
): RunningReadings => ({
  points: mergePoints(running.points, pointsOf(readings, zone)),
  states: mergeStatePoints(running.states, statePointsOf(states, zone)),
});
