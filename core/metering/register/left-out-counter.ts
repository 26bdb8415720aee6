import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import {
  continues,
  eachOf,
  type FromStart,
  type RebasedReadings,
  type RegisterReadings,
  rounding,
} from './register-readings.ts';
import type { SessionWindow } from './session-window.ts';

/**
 * Leaves out the meter's own register where the start message has another one, that counts from zero, and readings of
 * both come in turn: readings too far above the start to be reached by then, at least two that run on by themselves,
 * with a lower one after them that the start leads to.
 */
export const leftOutCounter = (
  readings: RegisterReadings,
  from: FromStart,
  window: SessionWindow,
  recordAnomaly: RecordAnomaly,
): RebasedReadings => {
  const { base, bound } = from;
  const none = { readings, others: [] };
  const { startedAt, endedAt, stopRegister } = window;
  const own = ownReadings(from, startedAt);
  const [first] = own;
  if (first === undefined || own.size < 2 || !alternates(from, own)) return none;
  // A stop that goes on from them is of the same register: then it is the start that is not.
  const stop = stopRegister === undefined ? undefined : { at: endedAt, value: stopRegister };
  const isBeyond = stop !== undefined && stop.value > base + bound(endedAt - startedAt);
  const isStopOwn = stop !== undefined && [...own].some((point) => goesOn(point, stop));
  if (isBeyond || isStopOwn) return none;
  recordAnomaly('TWO_COUNTERS', first.at);
  return {
    readings: eachOf(readings, (points) => points.filter((point) => !own.has(point))),
    others: [...own],
  };
};

/** So far above a reading, in mWh, a stop is still of its register: 100 kWh. */
const goesOn = (point: RegisterPoint, stop: RegisterPoint): boolean =>
  continues(point, stop, () => 100_000_000n);

/**
 * True if another register comes in turn with the meter's own one: above the start, and below what that showed before. What
 * goes on from there is the same register, which only the start does not lead to.
 */
const alternates = ({ base, all }: FromStart, own: ReadonlySet<RegisterPoint>): boolean => {
  let shown: bigint | undefined;
  return all.some((point) => {
    if (own.has(point)) shown = point.value;
    return shown !== undefined && point.value > base && point.value < shown - rounding;
  });
};

const ownReadings = (
  { base, all, bound }: FromStart,
  startedAt: bigint,
): ReadonlySet<RegisterPoint> => {
  const own = new Set<RegisterPoint>();
  let last: RegisterPoint | undefined;
  for (const point of all) {
    const isOutOfReach = point.value > base + bound(point.at - startedAt);
    if (!isOutOfReach || (last !== undefined && !continues(last, point, bound))) continue;
    last = point;
    own.add(point);
  }
  return own;
};
