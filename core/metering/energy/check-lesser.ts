import { ascending } from '../../units/ascending.ts';
import type { AnomalyCode } from '../model/anomaly-codes.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { RegisterRules, RegisterStep } from '../register/count-register-energy.ts';
import { comparable, isBeyondLosses, isFarMore } from './is-more.ts';
import { riseOf } from './rise-of.ts';
import type { PlacedRegister, SessionView } from './session-view.ts';

/** Places through which all energy of a vehicle flows, with less than 15 % lost between two of them. */
const onTheWay: ReadonlySet<string> = new Set(['Inlet', 'Body', 'Outlet', 'Cable']);

/** The places nearest to the vehicle: no other one charges through them. */
const atVehicle: ReadonlySet<string> = new Set(['Outlet', 'Cable']);

/** So many values show that a register counts by itself, and so many readings that one of them may be late. */
const fewestValues = 3;
const fewestReadings = 4;

/** Steps in which meters count, in mWh: 1 kWh, 100 Wh and 10 Wh. */
const roundings = [1_000_000n, 100_000n, 10_000n] as const;

/**
 * Holds a session of which something that must show as much as its register shows less of the same time: by a quarter and 250 Wh
 * - a register of another place on the way to the vehicle, or by three times and 1 kWh that of the vehicle itself;
 * - intervals of the same place without a gap.
 * Each may be one reading late, and rounded down; one that stands still says nothing. Nothing speaks against signed values.
 */
export const checkLesser = (
  view: SessionView,
  steps: readonly RegisterStep[],
  { verified }: Pick<MeteringFacts, 'verified'>,
  rules: RegisterRules,
  recordAnomaly: RecordAnomaly,
): void => {
  if (verified !== undefined || !atVehicle.has(view.registerPlace)) return;
  const isLess = view.registers.some(
    (one) => one.location !== view.registerPlace && isBelow(one, steps, rules),
  );
  if (isLess || areIntervalsBelow(view, steps)) {
    recordAnomaly('ENERGY_CONTRADICTED', view.window.startedAt);
  }
};

const isBelow = (
  { location, phase, points }: PlacedRegister,
  steps: readonly RegisterStep[],
  rules: RegisterRules,
): boolean => {
  const [first, lastButOne] = [points[0], points.at(-2)];
  const values = points.map(({ value }) => value);
  const isCounter =
    phase === '' && values.length >= fewestReadings && new Set(values).size >= fewestValues;
  if (!isCounter || first === undefined || lastButOne === undefined) return false;
  const { energy, isClean } = riseOf(points, rules);
  const least = risenWithin(steps, first.at, lastButOne.at);
  if (!isClean || energy < comparable) return false;
  if (location === 'EV') return isFarMore(least, energy);
  const rounded = roundingOf(values) + roundingOf(steps.map((one) => one.energy));
  return onTheWay.has(location) && isBeyondLosses(least, energy + rounded);
};

/** The energy in mWh that a register is known to have risen within a time: between the first and the last of its own readings in it. */
const risenWithin = (steps: readonly RegisterStep[], from: bigint, to: bigint): bigint => {
  const first = steps.find(({ at }) => at >= from);
  const last = steps.findLast(({ at }) => at <= to);
  return first === undefined || last === undefined || last.at <= first.at
    ? 0n
    : last.energy - first.energy;
};

const roundingOf = (values: readonly bigint[]): bigint =>
  roundings.find((one) => values.every((value) => value % one === 0n)) ?? 0n;

/** Notes of intervals that leave none out but the last, whose energy is allowed for. */
const harmless: ReadonlySet<AnomalyCode> = new Set(['STOP_REGISTER_MISSING', 'OUTSIDE_TX']);

const areIntervalsBelow = (view: SessionView, steps: readonly RegisterStep[]): boolean => {
  const { intervals, intervalMeaning, intervalNotes, window } = view;
  const last = intervals.at(-1);
  const areWhole =
    intervals.length >= fewestReadings &&
    intervalMeaning === 'own' &&
    view.intervalPlace === view.registerPlace &&
    [...intervalNotes.keys()].every((code) => harmless.has(code));
  if (!areWhole || last === undefined || last.energy < comparable) return false;
  const counted = steps.at(-1)?.energy ?? 0n;
  const energies = intervals.slice(1).map(({ energy }, n) => energy - (intervals[n]?.energy ?? 0n));
  const largest = energies.toSorted(ascending).at(-1) ?? 0n;
  const mean = (last.at - window.startedAt) / BigInt(energies.length);
  // The vehicle went on after the last one, at up to three times the power of any.
  const after = mean === 0n ? 0n : (largest * 3n * (window.endedAt - last.at)) / mean;
  const rounded = roundingOf(energies) * BigInt(energies.length) + roundingOf([counted]);
  const most = last.energy + largest + after + rounded;
  const inKwh = last.energy * 1000n;
  const areKwh = !(isBeyondLosses(inKwh, counted) || isBeyondLosses(counted, inKwh));
  return !areKwh && isBeyondLosses(counted, most);
};
