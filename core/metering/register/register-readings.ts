import { ascending, isAscending } from '../../units/ascending.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import type { PhysicalBound } from './physical-bound.ts';

/** The readings of a register by what they claim to be. */
export type RegisterReadings = {
  readonly begin: readonly RegisterPoint[];
  readonly end: readonly RegisterPoint[];
  readonly sample: readonly RegisterPoint[];
};

/** The readings of one register, and those of another one that came in turn with it. */
export type RebasedReadings = {
  readonly readings: RegisterReadings;
  readonly others: readonly RegisterPoint[];
};

/** The register of the start, all readings from then on in order, and what can be delivered. */
export type FromStart = {
  readonly base: bigint;
  readonly all: readonly RegisterPoint[];
  readonly bound: PhysicalBound;
};

/** Puts registers into the order of their times; those of one time stay as they are. */
export const inOrder = (points: readonly RegisterPoint[]): readonly RegisterPoint[] =>
  isAscending(points) ? points : points.toSorted((a, b) => ascending(a.at, b.at));

/** The readings with each list of them changed alike. */
export const eachOf = (
  { begin, end, sample }: RegisterReadings,
  change: (points: readonly RegisterPoint[]) => readonly RegisterPoint[],
): RegisterReadings => ({ begin: change(begin), end: change(end), sample: change(sample) });

/** Two counters of one meter may round differently, by this much in mWh: 10 Wh. */
export const rounding = 10_000n;

/** True if a register continues a previous one: not below, and no more above than can be delivered. */
export const continues = (
  before: RegisterPoint,
  { at, value }: RegisterPoint,
  bound: PhysicalBound,
): boolean => value >= before.value - rounding && value - before.value <= bound(at - before.at);
