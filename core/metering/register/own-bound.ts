import type { RegisterPoint } from './count-register-energy.ts';
import { anyChargerBound, type PhysicalBound } from './physical-bound.ts';

const minute = 60_000n;
const hour = 60n * minute;

/** Power in mW that a charger may reach at any time: 22 kW, the most of alternating current. */
const alternatingCurrent = 22_000_000n;

/** A vehicle may draw this many times as much as it did before. */
const steeper = 3n;

/** How much later than its time a register may be read, in ms: 2 minutes. */
const readLater = 2n * minute;

/** Less energy than this above, in mWh, is not steep: 1 kWh. */
const little = 1_000_000n;

/**
 * The bound that a session sets itself where no power is registered: three times the highest power (mW) between its registers, or
 * that was measured, and at least 22 kW; never more than any charger delivers.
 */
export const ownBound = (
  points: readonly RegisterPoint[],
  measured: readonly bigint[] = [],
): PhysicalBound => {
  const reached = [...powersBetween(points), ...measured].reduce(
    (most, power) => (power > most ? power : most),
    0n,
  );
  const most = reached * steeper > alternatingCurrent ? reached * steeper : alternatingCurrent;
  return (milliseconds) => {
    const own = (most * (milliseconds + readLater)) / hour + little;
    const any = anyChargerBound(milliseconds);
    return own < any ? own : any;
  };
};

const powersBetween = (points: readonly RegisterPoint[]): readonly bigint[] =>
  points.slice(1).flatMap((to, index) => {
    const from = points[index];
    if (from === undefined || to.at <= from.at) return [];
    // Registers are read a little before or after their time, which matters where two are close together.
    const length = to.at - from.at < minute ? minute : to.at - from.at;
    return [((to.value - from.value) * hour) / length];
  });
