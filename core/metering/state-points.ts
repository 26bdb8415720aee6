import { type Instant, instant } from '../units/instant.ts';
import { readTimestamp } from './read-timestamp.ts';
import type { ConnectorState } from './reading.ts';

/**
 * What a connector's state says of the vehicle: it charges (or would, if the charger let it), it wants nothing, or
 * nothing of the kind.
 */
export type ShownActivity = 'charging' | 'idle' | 'neither';

/** What the connector showed from a point in time on. */
export type StatePoint = { readonly at: Instant; readonly shows: ShownActivity };

/**
 * OCPI 2.2.1 section 11.4 (PARKING_TIME as corrected): the vehicle that asks for no power is parked; one whose power
 * the charger holds back (`SuspendedEVSE`) is not.
 */
const shown: Readonly<Record<string, ShownActivity>> = {
  charging: 'charging',
  suspendedevse: 'charging',
  suspendedev: 'idle',
  finishing: 'idle',
};

const order: readonly ShownActivity[] = ['neither', 'idle', 'charging'];

/** Reads connector states into a set of points, in their one order; a state whose time cannot be read is left out. */
export const statePointsOf = (states: readonly ConnectorState[]): readonly StatePoint[] =>
  mergeStatePoints(
    [],
    states.flatMap(({ timestamp, status }) => {
      const { at, notes } = readTimestamp(timestamp, 0, true);
      if (notes.includes('TS_UNPARSEABLE') || notes.includes('TS_EPOCH')) return [];
      return [{ at, shows: shown[status.toLowerCase()] ?? 'neither' }];
    }),
  );

/** Joins two sets of state points: the same in any order and any number of times. */
export const mergeStatePoints = (
  a: readonly StatePoint[],
  b: readonly StatePoint[],
): readonly StatePoint[] => {
  const byText = new Map([...a, ...b].map((point) => [`${point.at} ${point.shows}`, point]));
  return [...byText.values()].sort(compareStates);
};

const compareStates = (a: StatePoint, b: StatePoint): number => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return order.indexOf(a.shows) - order.indexOf(b.shows);
};

/** A state point from stored numbers, for the compact form. */
export const statePoint = (at: bigint, shows: ShownActivity): StatePoint => ({
  at: instant(at),
  shows,
});
