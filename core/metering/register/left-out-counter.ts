import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import { continues, eachOf, type FromStart, type RegisterReadings } from './register-readings.ts';
import type { SessionWindow } from './session-window.ts';

/**
 * Leaves out the meter's own register where the start message has another one, that counts from zero, and readings of
 * both come in turn: readings too far above the start to be reached by then, at least two that run on by themselves,
 * with one after the first of them that the start leads to.
 */
export const leftOutCounter = (
  readings: RegisterReadings,
  from: FromStart,
  window: SessionWindow,
  recordAnomaly: RecordAnomaly,
): RegisterReadings => {
  const { base, bound } = from;
  const { startedAt, endedAt, stopRegister } = window;
  const isStopOwn = stopRegister !== undefined && stopRegister > base + bound(endedAt - startedAt);
  const own = isStopOwn ? new Set<RegisterPoint>() : ownReadings(from, startedAt);
  const [first] = own;
  const last = from.all.findLast((point) => point.value > base && !own.has(point));
  const alternates = first !== undefined && last !== undefined && last.at > first.at;
  if (!alternates || own.size < 2) return readings;
  recordAnomaly('TWO_COUNTERS', first.at);
  return eachOf(readings, (points) => points.filter((point) => !own.has(point)));
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
