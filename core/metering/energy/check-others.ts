import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import {
  type CountedRegister,
  countRegisterEnergy,
  type RegisterPoint,
  type RegisterRules,
} from '../register/count-register-energy.ts';
import type { RegisterTimeline } from '../register/register-timeline.ts';
import type { PowerSpan } from './integrate-power.ts';
import type { SessionView } from './session-view.ts';

/** Less energy than this, in mWh, contradicts nothing: 100 Wh. */
const comparable = 100_000n;

/** More energy than this above three times what was counted, in mWh, contradicts that where it is of the same place: 1 kWh. */
const muchEnergy = 1_000_000n;

/** A vehicle that draws less than this, in mW, is not charging: 100 W, the standby of its electronics. */
const standby = 100_000n;

/**
 * Holds the energy of a register against all else that was measured. It is contradicted where most of the register's
 * own readings had to be left out, where power or the register of another place, which may serve other connectors too, show more
 * than ten times as much, and where intervals or the net register show more than three times as much and 1 kWh.
 */
export const checkOthers = (
  view: SessionView,
  { steps, leftOut }: CountedRegister,
  rules: RegisterRules,
  recordAnomaly: RecordAnomaly,
): void => {
  const { window, line, intervals, spans, registers, nets } = view;
  const read = line.points.filter(isReading(line)).length;
  const counted = steps.at(-1)?.energy ?? 0n;
  const isMuchMore = (energy: bigint) => energy >= comparable && energy > counted * 10n;
  const isFarMore = (energy: bigint) => isMuchMore(energy) || energy > counted * 3n + muchEnergy;
  // The first interval may have begun before the session.
  const all = intervals.at(-1)?.energy ?? 0n;
  const isMore =
    isMuchMore(all) ||
    isFarMore(all - (intervals[1]?.energy ?? 0n)) ||
    isMuchMore(drawn(spans)) ||
    registers.some((points) => isMuchMore(spread(points)) && isMuchMore(shown(points, rules))) ||
    nets.some((points) => isFarMore(spread(points)) && isFarMore(shown(points, rules)));
  const discardsMost = leftOut * 2 > read;
  if (isMore || discardsMost) recordAnomaly('ENERGY_CONTRADICTED', window.startedAt);
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

const shown = (points: readonly RegisterPoint[], rules: RegisterRules): bigint =>
  countRegisterEnergy(points, { ...rules, closed: false }, () => undefined).steps.at(-1)?.energy ??
  0n;

const drawn = (spans: readonly PowerSpan[]): bigint =>
  spans
    .filter(({ from, to }) => from.value > standby && to.value > standby)
    .reduce((sum, { energy }) => sum + energy, 0n);
