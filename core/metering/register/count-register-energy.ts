import type { Instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import { anyChargerBound, type PhysicalBound } from './physical-bound.ts';

/** A register in mWh at a time. */
export type RegisterPoint = { readonly at: Instant; readonly value: bigint };

/** The energy counted since the first register, in mWh, at a time. */
export type RegisterStep = { readonly at: Instant; readonly energy: bigint };

/** By what a register is judged. */
export type RegisterRules = {
  readonly bound: PhysicalBound | undefined;
  /** Where the register runs over, in mWh. */
  readonly moduli: readonly bigint[];
  /** True when the last point is the register of the stop, which then says what is billed. */
  readonly closed: boolean;
  /** True when no reading can follow any more: what the next one would decide is decided then. */
  readonly ended: boolean;
};

/** How much was counted of a register, and the readings that had to be left out for it; of those of 0 none. */
export type CountedRegister = {
  readonly steps: readonly RegisterStep[];
  readonly leftOut: readonly RegisterPoint[];
};

const jitter = 10_000n;
const oneWattHour = 1000n;

type Walk = {
  readonly points: readonly RegisterPoint[];
  readonly rules: RegisterRules;
  readonly recordAnomaly: RecordAnomaly;
  readonly steps: RegisterStep[];
  anchor: RegisterPoint;
  energy: bigint;
  kept: number;
  readonly leftOut: RegisterPoint[];
};

/**
 * Walks along a register, in order of time, and counts the energy it shows. Momentary drops and peaks are left out, a
 * rollover is continued, and what cannot be true is not counted but noted, which holds the CDR. What only the next
 * reading can decide is not counted while one may come, so that the energy of a running session never falls.
 */
export const countRegisterEnergy = (
  points: readonly RegisterPoint[],
  rules: RegisterRules,
  recordAnomaly: RecordAnomaly,
): CountedRegister => {
  const [first] = points;
  if (first === undefined) return { steps: [], leftOut: [] };
  const walk: Walk = {
    points,
    rules,
    recordAnomaly,
    steps: [{ at: first.at, energy: 0n }],
    anchor: first,
    energy: 0n,
    kept: 1,
    leftOut: [],
  };
  let next = 1;
  while (next < points.length) next = stepTo(walk, next);
  return { steps: walk.steps, leftOut: walk.leftOut };
};

/** Takes the point at `index` and answers the index to go on with. */
const stepTo = (walk: Walk, index: number): number => {
  const point = walk.points[index];
  if (point === undefined) return index + 1;
  const rise = point.value - walk.anchor.value;
  if (rise < 0n) return fall(walk, index, point);
  if (rise <= boundTo(walk, point)) return count(walk, index, point, rise);
  return jump(walk, index, point);
};

const boundTo = ({ anchor, rules }: Walk, to: RegisterPoint): bigint =>
  (rules.bound ?? anyChargerBound)(to.at - anchor.at);

const count = (walk: Walk, index: number, point: RegisterPoint, energy: bigint): number => {
  walk.energy += energy;
  walk.kept += 1;
  walk.anchor = point;
  walk.steps.push({ at: point.at, energy: walk.energy });
  return index + 1;
};

const jump = (walk: Walk, index: number, point: RegisterPoint): number => {
  const after = nextWhere(walk.points, index, ({ value }) => value < point.value - jitter);
  const later = walk.points[after];
  if (later !== undefined && later.value >= walk.anchor.value - jitter) {
    const withinReach = later.value - walk.anchor.value <= boundTo(walk, later);
    if (withinReach && isMoment(walk, index, after)) {
      return leaveOut(walk, 'REG_SPIKE', index, after);
    }
  }
  walk.recordAnomaly('REG_JUMP', point.at);
  return disputed(walk, index, point, 0n);
};

/** An impossible rise is counted up to the possible amount once the session has ended; until then nothing follows it. */
const disputed = (walk: Walk, index: number, point: RegisterPoint, energy: bigint): number =>
  walk.rules.ended ? count(walk, index, point, energy) : walk.points.length;

/** A peak never outnumbers what was counted before it. */
const isFew = ({ kept, leftOut }: Walk, count: number): boolean => leftOut.length + count <= kept;

/** True for readings that are few, and that last no longer than half of the time until the register is back. */
const isMoment = (walk: Walk, index: number, after: number): boolean => {
  const { points } = walk;
  const [first, from, to, back] = [points[0], points[index], points[after - 1], points[after]];
  if (first === undefined || from === undefined || to === undefined || back === undefined) {
    return false;
  }
  return isFew(walk, after - index) && (to.at - from.at) * 2n <= back.at - first.at;
};

const fall = (walk: Walk, index: number, point: RegisterPoint): number => {
  const depth = walk.anchor.value - point.value;
  if (depth <= jitter) {
    // Less than one Wh is only the difference between a whole number of Wh and a finer reading.
    if (depth >= oneWattHour) walk.recordAnomaly('REG_JITTER', point.at);
    if (walk.rules.closed && index === walk.points.length - 1) {
      return count(walk, index, point, walk.energy > depth ? -depth : -walk.energy);
    }
    return count(walk, index, { at: point.at, value: walk.anchor.value }, 0n);
  }
  const after = nextWhere(walk.points, index, ({ value }) => value !== point.value);
  if (isRecovery(walk, point, after)) return leaveOut(walk, 'REG_DROPOUT', index, after);
  if (after >= walk.points.length && !walk.rules.ended) return after;
  return restart(walk, index, point);
};

/** The index of the first point after `index` that fits; past the end when none does. */
const nextWhere = (
  points: readonly RegisterPoint[],
  index: number,
  fits: (point: RegisterPoint) => boolean,
): number => {
  let next = index + 1;
  for (; next < points.length; next += 1) {
    const point = points[next];
    if (point !== undefined && fits(point)) return next;
  }
  return next;
};

/** Leaves out the readings from one index to another; those of 0 say nothing, and are not counted as left out. */
const leaveOut = (
  walk: Walk,
  code: 'REG_SPIKE' | 'REG_DROPOUT',
  from: number,
  goOnWith: number,
): number => {
  const out = walk.points.slice(from, goOnWith);
  if (out[0] !== undefined) walk.recordAnomaly(code, out[0].at);
  walk.leftOut.push(...out.filter(({ value }) => value !== 0n));
  return goOnWith;
};

/**
 * True if the register is back after a drop: at the next point, or after several that all show the same. A drop of
 * several points must come back by more than the charger could have delivered since, or it is a reset.
 */
const isRecovery = (walk: Walk, low: RegisterPoint, after: number): boolean => {
  const { points, anchor, rules } = walk;
  const later = points[after];
  const lastLow = points[after - 1];
  if (later === undefined || lastLow === undefined) return false;
  const isBack =
    later.value >= anchor.value - jitter && later.value - anchor.value <= boundTo(walk, later);
  return (
    isBack &&
    (lastLow === low ||
      rules.bound === undefined ||
      later.value - lastLow.value > rules.bound(later.at - lastLow.at))
  );
};

const restart = (walk: Walk, index: number, point: RegisterPoint): number => {
  const { anchor, rules, recordAnomaly } = walk;
  const bound = rules.bound?.(point.at - anchor.at);
  // A stop that repeats the register of the start was never read: it is not a new beginning.
  const repeatsStart = rules.closed && point.value === walk.points[0]?.value;
  if (bound !== undefined && !repeatsStart) {
    // A register that is 0 to the end is more likely "unknown" than at the very moment of a rollover.
    const mayBeUnknown = walk.points.slice(index).every(({ value }) => value === 0n);
    const rollover = rules.moduli
      .map((modulus) => modulus - anchor.value + point.value)
      .find((rise) => rise >= 0n && rise <= bound && !mayBeUnknown);
    if (rollover !== undefined) {
      recordAnomaly('REG_ROLLOVER', point.at);
      return count(walk, index, point, rollover);
    }
    if (point.value >= 0n && point.value <= bound) {
      recordAnomaly('REG_RESET', point.at);
      return disputed(walk, index, point, point.value);
    }
  }
  recordAnomaly('REG_DECREASE', point.at);
  return disputed(walk, index, point, 0n);
};
