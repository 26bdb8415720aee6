import type { ConnectorStatus } from '../../charger/connector-status.ts';
import { ascending } from '../../units/ascending.ts';
import { type Instant, instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { ActivityKind } from '../model/metered.ts';
import type { ConnectorState } from '../model/reading.ts';
import type { Clock } from './correct-clock.ts';
import {
  clockTolerance,
  isUnset,
  longestKept,
  type ReadTimestamp,
  readTimestamp,
} from './read-timestamp.ts';
import { longestBefore } from './session-clock.ts';

/**
 * The meaning of a connector's state for the vehicle: it charges (or would, if the charger let it), it wants nothing, or
 * nothing of the kind. `plugged-in` and `occupied` are no states, but that the vehicle was connected then: see withPluggedIn.
 */
export type ShownActivity = ActivityKind | 'neither' | 'plugged-in' | 'occupied';

/** The state a connector showed from a point in time on. */
export type StatePoint = {
  /** The charger's clock, not yet corrected. */
  readonly at: Instant;
  readonly shows: ShownActivity;
  /** Our clock, where the two are too far apart to be left alone. */
  readonly received?: Instant;
  /** Our clock as it came first, where the two are near: of states at one time the order. */
  readonly heard?: Instant;
};

/**
 * OCPI 2.2.1 section 11.4 (PARKING_TIME as corrected): the vehicle that asks for no power is parked; one whose power
 * the charger holds back (`suspended-by-charger`) is not.
 */
const shown: Readonly<Partial<Record<ConnectorStatus, ShownActivity>>> = {
  charging: 'charging',
  'suspended-by-charger': 'charging',
  'suspended-by-vehicle': 'idle',
  finishing: 'idle',
  available: 'unused',
  reserved: 'unused',
  unavailable: 'unused',
  faulted: 'unused',
};

const order: readonly ShownActivity[] = [
  'occupied',
  'plugged-in',
  'neither',
  'unused',
  'idle',
  'charging',
];

/**
 * Reads connector states into a set of points, in their one order. One of a clock that was never set keeps that time beside its
 * receipt; one whose time cannot be read, or of which no receipt is known, is left out. `zone`: see readTimestamp.
 */
export const statePointsOf = (
  states: readonly ConnectorState[],
  zone?: string,
): readonly StatePoint[] =>
  mergeStatePoints(
    [],
    states.flatMap(({ timestamp, receivedAt, status, pluggedIn }): readonly StatePoint[] => {
      const time = readTimestamp(timestamp, receivedAt ?? 0, receivedAt === undefined, zone);
      const pointOf = (shows: ShownActivity): readonly StatePoint[] => {
        if (time.unset !== undefined && receivedAt !== undefined) {
          return [statePoint(time.unset, shows, time.at)];
        }
        const isUnusable = time.notes.includes('TS_UNPARSEABLE') || time.unset !== undefined;
        return isUnusable
          ? []
          : [statePoint(time.at, shows, time.received, nearHeard(time, receivedAt))];
      };
      return [
        ...(pluggedIn ? pointOf('plugged-in') : []),
        // That a vehicle is connected says nothing about what it does.
        ...(status !== 'occupied' ? pointOf(shown[status] ?? 'neither') : []),
        ...(status === 'occupied' && !pluggedIn ? pointOf('occupied') : []),
      ];
    }),
  );

const nearHeard = (
  { received }: ReadTimestamp,
  receivedAt: number | undefined,
): bigint | undefined =>
  received !== undefined || receivedAt === undefined ? undefined : BigInt(receivedAt);

/** Joins two sets of state points: the same in any order and any number of times. */
export const mergeStatePoints = (
  a: readonly StatePoint[],
  b: readonly StatePoint[],
): readonly StatePoint[] => {
  const byText = new Map<string, StatePoint>();
  for (const point of [...a, ...b]) {
    const known = byText.get(nameOf(point));
    if (known === undefined || (point.heard ?? 0n) < (known.heard ?? 0n)) {
      byText.set(nameOf(point), point);
    }
  }
  return [...byText.values()].sort(compareStates);
};

/** So long after it connected a charger may still send what it kept, in ms: 15 minutes. */
const slow = 15n * 60_000n;

/**
 * States at the times that hold for their readings too, in order and each once. One that is dated before its session and so long ago
 * that no charger keeps it, and came after the start, has the time of its receipt (`TS_EPOCH`); one that came before says nothing. So has
 * one that is dated more than an hour before its session and came 15 minutes after a start that came as it was taken: its charger
 * was connected then, and has nothing left to send from before.
 */
export const correctedStates = (
  states: readonly StatePoint[],
  clock: Clock,
  start: { readonly at: bigint; readonly received: bigint },
  recordAnomaly: RecordAnomaly,
): readonly StatePoint[] =>
  mergeStatePoints(
    [],
    states.flatMap((state): readonly StatePoint[] => {
      const { at, shows, received = at, heard = state.received } = state;
      // One without a receipt of its own may have no time of its charger either, but that of its arrival.
      const dated = state.received === undefined ? at : clock(state);
      const isOld =
        isUnset(at) || received - at > longestKept || isOfAnotherClock(dated, received, start);
      if (!isOld || at >= start.at) return [statePoint(dated, shows, undefined, heard)];
      if (received < start.received) return [];
      recordAnomaly('TS_EPOCH', received);
      return [statePoint(received, shows, undefined, heard)];
    }),
  );

const isOfAnotherClock = (
  dated: bigint,
  received: bigint,
  start: { readonly at: bigint; readonly received: bigint },
): boolean =>
  start.received - start.at <= clockTolerance &&
  dated + longestBefore < start.at &&
  received > start.received + slow;

const nameOf = ({ at, shows, received }: StatePoint): string => `${at} ${shows} ${received ?? ''}`;

const compareStates = (a: StatePoint, b: StatePoint): number =>
  ascending(a.at, b.at) ||
  ascending(a.heard ?? a.received ?? 0n, b.heard ?? b.received ?? 0n) ||
  order.indexOf(a.shows) - order.indexOf(b.shows) ||
  ascending(a.received ?? 0n, b.received ?? 0n);

/** A state point from stored numbers, for the compact form. */
export const statePoint = (
  at: bigint,
  shows: ShownActivity,
  received?: bigint,
  heard?: bigint,
): StatePoint => ({
  at: instant(at),
  shows,
  ...(received !== undefined && { received: instant(received) }),
  ...(heard !== undefined && { heard: instant(heard) }),
});
