import { ascending } from '../../units/ascending.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import type { PhysicalBound } from './physical-bound.ts';
import { sameRegister } from './register-ends.ts';
import type { SessionWindow } from './session-window.ts';

/** The readings of a register by what they claim to be. */
export type RegisterReadings = {
  readonly begin: readonly RegisterPoint[];
  readonly end: readonly RegisterPoint[];
  readonly sample: readonly RegisterPoint[];
};

/** Puts registers into the order of their times; those of one time stay as they are. */
export const inOrder = (points: readonly RegisterPoint[]): readonly RegisterPoint[] =>
  points.toSorted((a, b) => ascending(a.at, b.at));

/**
 * Lifts readings that count from zero at the start onto the register of the start message: all of them below it, the
 * first of them about zero, and the stop message, where there is one, in agreement.
 */
export const rebaseRelativeRegister = (
  readings: RegisterReadings,
  window: SessionWindow,
  bound: PhysicalBound | undefined,
  recordAnomaly: RecordAnomaly,
): RegisterReadings => {
  const base = window.startRegister;
  const all = inOrder([...readings.begin, ...readings.end, ...readings.sample]).filter(
    ({ at }) => at >= window.startedAt,
  );
  const [first] = all;
  if (base === undefined || first === undefined) return readings;
  if (!isSessionRelative({ base, first, all }, window, bound)) return readings;
  recordAnomaly('REG_SESSION_RELATIVE', first.at);
  const lift = (points: readonly RegisterPoint[]) =>
    points.map(({ at, value }) => ({ at, value: value + base }));
  return { begin: lift(readings.begin), end: lift(readings.end), sample: lift(readings.sample) };
};

type Candidate = {
  readonly base: bigint;
  readonly first: RegisterPoint;
  readonly all: readonly RegisterPoint[];
};

const isSessionRelative = (
  { base, first, all }: Candidate,
  window: SessionWindow,
  bound: PhysicalBound | undefined,
): boolean => {
  const highest =
    all
      .map(({ value }) => value)
      .sort(ascending)
      .at(-1) ?? 0n;
  const small = bound?.(first.at - window.startedAt) ?? base / 10n;
  const counted = (window.stopRegister ?? base + highest) - base;
  return (
    highest + sameRegister < base &&
    first.value >= 0n &&
    first.value <= small &&
    counted >= 0n &&
    highest <= counted + 10n * sameRegister
  );
};
