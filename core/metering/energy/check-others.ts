import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type {
  CountedRegister,
  RegisterPoint,
  RegisterRules,
} from '../register/count-register-energy.ts';
import type { RegisterTimeline } from '../register/register-timeline.ts';
import { areThousandfold, disagrees } from './disagrees.ts';
import { leastDrawn } from './integrate-power.ts';
import { comparable, isBeyondLosses, isFarMore, isMore, isMuchMore } from './is-more.ts';
import { riseOf } from './rise-of.ts';
import type { PlacedRegister, SessionView } from './session-view.ts';
import { shownBeforeRegister } from './shown-before-register.ts';

/** Places that no other vehicle is charged through. */
const ofThisVehicle: ReadonlySet<string> = new Set(['Outlet', 'Cable', 'EV']);

/**
 * Holds the energy of a register against all else that was measured. It is contradicted
 * - where it is less than the session showed by intervals before the register told;
 * - where most of its own readings had to be left out, or those that were rise by another energy;
 * - where a register of the same vehicle (outlet, cable, vehicle) shows a quarter and 250 Wh more: losses are less than 15 %;
 * - where power, intervals, the net register, or a place that may serve other connectors too, show three times as much and 1 kWh more.
 */
export const checkOthers = (
  view: SessionView,
  { steps, leftOut }: CountedRegister,
  rules: RegisterRules,
  recordAnomaly: RecordAnomaly,
): void => {
  const { window, line, intervals, power, registers, nets } = view;
  const read = line.points.filter(isReading(line)).length;
  const counted = steps.at(-1)?.energy ?? 0n;
  // The first interval may have begun before the session.
  const all = intervals.at(-1)?.energy ?? 0n;
  const isContradicted =
    isMuchMore(all, counted) ||
    isLessThanShown(view, counted) ||
    isFarMore(all - (intervals[1]?.energy ?? 0n), counted) ||
    isFarMore(leastDrawn(power), counted) ||
    registers.some((one) => showsMore(one, rules, counted)) ||
    nets.some(({ points }) => isFarMore(leastShown(points, rules).energy, counted)) ||
    disagrees(leftOut, steps, rules) ||
    disagrees(line.others ?? [], steps, rules);
  const others = [...leftOut, ...(line.others ?? [])];
  if (areThousandfold(others, line.points.filter(isReading(line)))) {
    recordAnomaly('UNIT_KWH_AS_WH', window.startedAt);
  }
  const discardsMost = leftOut.length * 2 > read;
  if (isContradicted || discardsMost) recordAnomaly('ENERGY_CONTRADICTED', window.startedAt);
};

/**
 * Whether less was counted than the session showed before its register did, from intervals of the same meter; by what may be lost where they
 * are of another one of the vehicle's. Where the start is unknown, what came before the first reading is missing in any case: 100 Wh of that.
 */
const isLessThanShown = (view: SessionView, counted: bigint): boolean => {
  const shown = shownBeforeRegister(view)?.energy ?? 0n;
  if (view.intervalPlace !== view.registerPlace) {
    return ofThisVehicle.has(view.intervalPlace) && isBeyondLosses(shown, counted);
  }
  return view.line.start === undefined ? shown > counted + comparable : isMore(shown, counted);
};

const showsMore = (
  { location, points }: PlacedRegister,
  rules: RegisterRules,
  counted: bigint,
): boolean => {
  const { energy, isClean } = leastShown(points, rules);
  if (!isClean) return isMuchMore(energy, counted);
  return (ofThisVehicle.has(location) ? isBeyondLosses : isFarMore)(energy, counted);
};

/** The energy that a register shows for itself, in mWh, never more than between its lowest and its highest value; and whether all of it can be true. */
const leastShown = (points: readonly RegisterPoint[], rules: RegisterRules) => {
  const { energy, isClean } = riseOf(points, rules);
  const most = spread(points);
  if (energy > most) return { energy: most, isClean };
  return { energy, isClean };
};

/** True for a reading between the ends of a session that is not 0: one of 0 says nothing. */
const isReading =
  ({ start, stop }: RegisterTimeline) =>
  (point: RegisterPoint): boolean =>
    point !== start && point !== stop && point.value !== 0n;

/** How far the highest value is above the lowest: the most that the register can show. */
const spread = (points: readonly RegisterPoint[]): bigint => {
  let [low, high] = [points[0]?.value ?? 0n, points[0]?.value ?? 0n];
  for (const { value } of points) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
};
