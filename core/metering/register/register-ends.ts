import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterPoint } from './count-register-energy.ts';

/** How far the whole Wh of a start or stop message may be from the finer reading of the same moment, in mWh. */
export const sameRegister = 1000n;

/** How long after the start a reading may come that claims to be the start's, and before the stop the stop's. */
const nearby = 5n * 60_000n;

/** The time of a start or stop message, and its register in mWh if given. */
export type StatedEnd = { readonly at: bigint; readonly register?: bigint };

/** Readings sorted out: the one of the end itself, and those that only count by their time. */
export type SortedOut = {
  readonly end?: RegisterPoint;
  readonly others: readonly RegisterPoint[];
};

const isClose = (a: bigint, b: bigint, tolerance: bigint): boolean =>
  a - b <= tolerance && b - a <= tolerance;

const agrees = (stated: StatedEnd, point: RegisterPoint): boolean =>
  stated.register !== undefined && isClose(point.value, stated.register, sameRegister);

/**
 * Finds the reading of the start among those that claim to be it. Some chargers repeat it in every message with the
 * time of that message: it counts once. Different values that claim to be the start are ordinary readings.
 */
export const sortOutBegin = (
  claimed: readonly RegisterPoint[],
  stated: StatedEnd,
  recordAnomaly: RecordAnomaly,
): SortedOut => {
  const end = claimed.find((point) => agrees(stated, point) || point.at <= stated.at + nearby);
  const others = claimed.filter(({ value }) => value !== end?.value);
  const repeated = claimed.find((point) => point !== end && point.value === end?.value);
  if (repeated !== undefined) recordAnomaly('BEGIN_REPEATED', repeated.at);
  const [mislabelled] = others;
  if (mislabelled !== undefined) recordAnomaly('CONTEXT_MISLABELLED', mislabelled.at);
  return end === undefined ? { others } : { end, others };
};

/**
 * Finds the reading of the stop among those that claim to be it: the last one near the stop; of two that agree the one
 * that is finer than the whole Wh of the stop message.
 */
export const sortOutEnd = (
  claimed: readonly RegisterPoint[],
  stated: StatedEnd,
  recordAnomaly: RecordAnomaly,
): SortedOut => {
  const near = claimed.filter(
    (point) =>
      point.at <= stated.at + nearby && (agrees(stated, point) || point.at >= stated.at - nearby),
  );
  const last = near.at(-1);
  if (last === undefined) return { others: claimed };
  const finer = near.findLast(
    ({ value }) => value !== stated.register && isClose(value, last.value, sameRegister),
  );
  const end = finer ?? last;
  const others = claimed.filter((point) => !isClose(point.value, end.value, sameRegister));
  const [mislabelled] = others;
  if (mislabelled !== undefined) recordAnomaly('CONTEXT_MISLABELLED', mislabelled.at);
  return { end, others };
};

/** A reading in steps of 10 or 100 Wh (kWh with two decimals or one) says nothing against whole Wh within its step. */
const isCoarser = (reading: bigint, stated: bigint): boolean =>
  [10_000n, 100_000n].some((step) => reading % step === 0n && isClose(reading, stated, step - 1n));

/**
 * The register at the start: the reading of that moment, which may be finer, or else what the start message says.
 * Where the two differ by more than 1 Wh, the one that the next reading follows with the least energy.
 */
export const startRegister = (
  reading: bigint | undefined,
  stated: bigint | undefined,
  next: bigint | undefined,
  disagree: () => void,
): bigint | undefined => {
  if (reading === undefined || stated === undefined) return reading ?? stated;
  if (isClose(reading, stated, sameRegister)) return reading;
  if (isCoarser(reading, stated)) return stated;
  disagree();
  const [low, high] = reading < stated ? [reading, stated] : [stated, reading];
  if (next === undefined) return reading;
  if (high <= next) return high;
  return low <= next ? low : reading;
};

/**
 * The register at the stop: the reading of that moment, or else what the stop message says. Where the two differ by
 * more than 1 Wh, the reading, unless only the message goes on from the reading before.
 */
export const stopRegister = (
  reading: bigint | undefined,
  stated: bigint | undefined,
  previous: bigint | undefined,
  disagree: () => void,
): bigint | undefined => {
  if (reading === undefined || stated === undefined) return reading ?? stated;
  if (isClose(reading, stated, sameRegister)) return reading;
  if (isCoarser(reading, stated)) return stated;
  disagree();
  const fits = previous === undefined || reading >= previous;
  return fits || stated < previous ? reading : stated;
};
