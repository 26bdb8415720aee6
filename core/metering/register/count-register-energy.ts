import type { Instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { PhysicalBound } from './physical-bound.ts';

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
};

/**
 * Walks along a register, in order of time, and counts the energy it shows. Momentary drops and peaks are left out, a
 * rollover is continued, and what cannot be true is not counted but noted, which holds the CDR.
 */
export const countRegisterEnergy = (
  points: readonly RegisterPoint[],
  rules: RegisterRules,
  recordAnomaly: RecordAnomaly,
): readonly RegisterStep[] => {
  const [first] = points;
  if (first === undefined) return [];
  const walk: Walk = {
    points,
    rules,
    recordAnomaly,
    steps: [{ at: first.at, energy: 0n }],
    anchor: first,
    energy: 0n,
  };
  let next = 1;
  while (next < points.length) next = stepTo(walk, next);
  return walk.steps;
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
  rules.bound?.(to.at - anchor.at) ?? to.value - anchor.value;

const count = (walk: Walk, index: number, point: RegisterPoint, energy: bigint): number => {
  walk.energy += energy;
  walk.anchor = point;
  walk.steps.push({ at: point.at, energy: walk.energy });
  return index + 1;
};

const jump = (walk: Walk, index: number, point: RegisterPoint): number => {
  const after = nextWhere(walk.points, index, ({ value }) => value < point.value - jitter);
  const later = walk.points[after];
  if (later !== undefined && later.value >= walk.anchor.value - jitter) {
    const withinReach = later.value - walk.anchor.value <= boundTo(walk, later);
    if (withinReach) return leaveOut(walk, 'REG_SPIKE', point, after);
  }
  walk.recordAnomaly('REG_JUMP', point.at);
  return count(walk, index, point, 0n);
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
  const recovered = recovery(walk, index, point);
  if (recovered !== undefined) return leaveOut(walk, 'REG_DROPOUT', point, recovered);
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

const leaveOut = (
  walk: Walk,
  code: 'REG_SPIKE' | 'REG_DROPOUT',
  point: RegisterPoint,
  goOnWith: number,
): number => {
  walk.recordAnomaly(code, point.at);
  return goOnWith;
};

/**
 * Where the register is back after a drop: at the next point, or after several that all show the same. A drop of
 * several points must come back by more than the charger could have delivered since, or it is a reset.
 */
const recovery = (walk: Walk, index: number, low: RegisterPoint): number | undefined => {
  const { points, anchor, rules } = walk;
  const after = nextWhere(points, index, ({ value }) => value !== low.value);
  const later = points[after];
  const lastLow = points[after - 1];
  if (later === undefined || lastLow === undefined) return undefined;
  const isBack =
    later.value >= anchor.value - jitter && later.value - anchor.value <= boundTo(walk, later);
  const cameBack =
    after === index + 1 ||
    rules.bound === undefined ||
    later.value - lastLow.value > rules.bound(later.at - lastLow.at);
  return isBack && cameBack ? after : undefined;
};

const restart = (walk: Walk, index: number, point: RegisterPoint): number => {
  const { anchor, rules, recordAnomaly } = walk;
  const bound = rules.bound?.(point.at - anchor.at);
  if (bound !== undefined) {
    const rollover = rules.moduli
      .map((modulus) => modulus - anchor.value + point.value)
      .find((rise) => rise >= 0n && rise <= bound);
    if (rollover !== undefined) {
      recordAnomaly('REG_ROLLOVER', point.at);
      return count(walk, index, point, rollover);
    }
    if (point.value >= 0n && point.value <= bound) {
      recordAnomaly('REG_RESET', point.at);
      return count(walk, index, point, point.value);
    }
  }
  recordAnomaly('REG_DECREASE', point.at);
  return count(walk, index, point, 0n);
};
