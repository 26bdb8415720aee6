import { ascending } from '../../units/ascending.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Activity } from '../model/metered.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { StatePoint } from '../points/state-points.ts';
import type { RegisterPoint, RegisterStep } from '../register/count-register-energy.ts';
import { chargingTime } from './charging-time.ts';
import type { CountedEnergy } from './count-energy.ts';
import type { SessionView } from './session-view.ts';

/** A vehicle that draws less than this, in mW, is not charging: 100 W, the standby of its electronics. */
const standby = 100_000n;

/** Less energy than this, in mWh, is not much to be missing: 1 kWh. */
const much = 1_000_000n;

/** Less energy than this, in mWh, does not show that a vehicle charged: 100 Wh. */
const comparable = 100_000n;

/** So long, in ms, a vehicle that needs much may have charged without a reading: 10 minutes. */
const long = 10n * 60_000n;

const minute = 60_000n;
const hour = 60n * minute;

/** The use of a session's time, and the states of its connector that show it. */
type Use = { readonly activities: readonly Activity[]; readonly states: readonly StatePoint[] };

/**
 * Holds a session whose register at the start or the stop is unknown, and in which the time to the nearest reading is so long that a quarter of what
 * was counted and 1 kWh is missing if the vehicle went on as it did beside it, or 10 minutes of charging beside next to nothing that was counted.
 * That it charged after the last reading, or while next to nothing was counted, must be shown, by its state or its power: it may have been full, or the charger without power. Where the
 * first reading is what the session before ended with, nothing is missing before it: the vehicle waited.
 */
export const checkUnreadEnds = (
  view: SessionView,
  { quality, steps, energy }: CountedEnergy,
  use: Use,
  { previousRegister }: Pick<MeteringFacts, 'previousRegister'>,
  recordAnomaly: RecordAnomaly,
): void => {
  const { window, line } = view;
  const [first, last] = [steps[0], steps.at(-1)];
  if (!window.stopped || first === undefined || last === undefined) return;
  if (quality !== 'register' && quality !== 'interval') return;
  const charged: Charged = (from, to) =>
    chargingTime(use.activities, { from, to, endedAt: window.endedAt });
  const goesOn = wasCharging(view, use.states);
  const isBegun = line.start !== undefined || hasWaited(line.points[0], previousRegister);
  const before = isBegun ? 0n : charged(window.startedAt, first.at);
  const after = line.stop === undefined && goesOn ? charged(last.at, window.endedAt) : 0n;
  // Next to nothing was counted over a time in which the vehicle may have been full already.
  const isShown = goesOn || hasCharged(use.states, first.at);
  const isBlind = energy < comparable && isShown && before + after >= long;
  if (isBlind || missedIn(view, steps, { before, after }, charged) > energy / 4n + much) {
    recordAnomaly('METER_ENDS_MISSING', window.startedAt);
  }
};

/** True if a first reading is where the session before ended, give or take what is too little to show that a vehicle charged. */
const hasWaited = (first: RegisterPoint | undefined, previous: bigint | undefined): boolean =>
  first !== undefined &&
  previous !== undefined &&
  first.value >= previous &&
  first.value - previous < comparable;

/** True if a state before a time says that the vehicle charged. */
const hasCharged = (states: readonly StatePoint[], before: bigint): boolean =>
  states.some(({ at, shows }) => at < before && shows === 'charging');

/** True if the latest power shows that the vehicle charged, or without any power the latest state that says so. */
const wasCharging = ({ power, window }: SessionView, states: readonly StatePoint[]): boolean => {
  const latest = power.at(-1);
  if (latest !== undefined) return latest.value > standby;
  return states.findLast(({ at }) => at < window.endedAt)?.shows === 'charging';
};

/** For how long, in ms, the vehicle charged in a span. */
type Charged = (from: bigint, to: bigint) => bigint;

/**
 * The energy in mWh that a vehicle draws before and after its readings, in ms, if it goes on as it charged in the steps next to that. Of readings that lag
 * behind, the energy is that of a longer time: no more than a quarter above the highest power of the connector is drawn, where that is measured.
 */
const missedIn = (
  { isTotalPower, power }: SessionView,
  steps: CountedEnergy['steps'],
  { before, after }: { readonly before: bigint; readonly after: bigint },
  charged: Charged,
): bigint => {
  const powers = power.map(({ value }) => value).toSorted(ascending);
  const highest = powers.at(-1) ?? 0n;
  const atMost = (drawn: bigint): bigint =>
    isTotalPower && highest > standby && drawn * 4n > highest * 5n ? (highest * 5n) / 4n : drawn;
  const first = atMost(powerOf(steps[0], steps[1], charged));
  const last = atMost(powerOf(steps.at(-2), steps.at(-1), charged));
  return (first * before + last * after) / hour;
};

/** The power in mW of a step while the vehicle charged in it: time in which it stood draws nothing. */
const powerOf = (
  from: RegisterStep | undefined,
  to: RegisterStep | undefined,
  charged: Charged,
): bigint => {
  if (from === undefined || to === undefined) return 0n;
  const [lasted, known] = [to.at - from.at, charged(from.at, to.at)];
  const time = known > 0n ? known : lasted;
  return ((to.energy - from.energy) * hour) / (time < minute ? minute : time);
};
