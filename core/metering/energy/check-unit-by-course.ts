import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Activity } from '../model/metered.ts';
import type { RegisterPoint } from '../register/count-register-energy.ts';
import { anyChargerBound } from '../register/physical-bound.ts';
import { chargingTime } from './charging-time.ts';
import type { PowerSpan } from './integrate-power.ts';
import type { SessionView } from './session-view.ts';

const minute = 60_000n;
const hour = 60n * minute;

/** The least power of a vehicle by IEC 61851, a little below 6 A at 230 V, in mW: 1.3 kW. */
const leastOfVehicles = 1_300_000n;

/** The highest power of vehicles in mW: with registers that have decimals, as in kWh; and where only the course tells. */
const mostOfVehicles = 350_000_000n;
const usualOfVehicles = 50_000_000n;

/** Rises of the register that show how often it rises. */
const fewestRises = 3;

/** A shorter session than this, in ms, has no course. */
const shortest = 10n * minute;

/** 1 Wh in mWh: what a register in whole kWh rises by, as it is labelled. */
const oneWattHour = 1000n;

/** No register in kWh is above this, in mWh as it is labelled: 2 GWh. One in Wh passes it after 2 MWh. */
const mostOfKwh = 2_000_000_000n;

/**
 * Recognises a register, or intervals, in kWh that are labelled Wh throughout, by time: from start to stop it rose evenly, and by so little that
 * no vehicle draws it, but a thousandfold of it is what vehicles draw and what the charger delivers (`maxPowerW`, where it is
 * registered). A vehicle that is full draws nothing most of the time; measured power that agrees with the register tells otherwise.
 */
export const checkUnitByCourse = (
  {
    window,
    points,
    spans,
  }: Pick<SessionView, 'window' | 'spans'> & { readonly points: readonly RegisterPoint[] },
  energy: bigint,
  activities: readonly Activity[],
  maxPowerW: number | undefined,
  recordAnomaly: RecordAnomaly,
): void => {
  const length = window.endedAt - window.startedAt;
  const charged = chargingTime(activities, {
    from: window.startedAt,
    to: window.endedAt,
    ...window,
  });
  const [first, last] = [points[0], points.at(-1)];
  if (!window.stopped || first === undefined || last === undefined) return;
  // Energy that was not counted from end to end shows no even course.
  if (first.value > mostOfKwh || last.value - first.value !== energy) return;
  if (length < shortest || charged * 2n < length) return;
  if (agreesWith(spans, energy, length)) return;
  const hasDecimals = points.some(({ value }) => value % oneWattHour !== 0n);
  const most =
    maxPowerW === undefined ? usualMost(hasDecimals) : BigInt(Math.round(maxPowerW * 1100));
  // Whole numbers cut off up to one of them.
  const upTo = hasDecimals ? energy : energy + oneWattHour;
  const isPossible =
    energy > 0n &&
    upTo * 1000n * hour >= leastOfVehicles * length &&
    energy * 1000n * hour <= most * length &&
    energy * 1000n <= anyChargerBound(length);
  if (isPossible && isEven(points, length)) {
    recordAnomaly('UNIT_KWH_AS_WH', window.startedAt);
  }
};

/** True if power was measured for most of a session, and shows about the energy that was counted rather than a thousandfold of it. */
const agreesWith = (spans: readonly PowerSpan[], energy: bigint, length: bigint): boolean => {
  const covered = spans.reduce((sum, { from, to }) => sum + (to.at - from.at), 0n);
  const drawn = spans.reduce((sum, span) => sum + span.energy, 0n);
  return covered * 2n >= length && drawn < energy * 100n;
};

const usualMost = (hasDecimals: boolean): bigint =>
  hasDecimals ? mostOfVehicles : usualOfVehicles;

/**
 * True if a register rises throughout: the times between two rises that are not far longer than most of them amount to at
 * least half of the session. Where it rose once or twice, all readings lie on a line, give or take one kWh or a quarter.
 */
const isEven = (points: readonly RegisterPoint[], length: bigint): boolean => {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return false;
  const rises = points.slice(1).filter(({ value }, n) => value > (points[n]?.value ?? value));
  if (rises.length < fewestRises) {
    const quarter = (last.value - first.value) / 4n;
    const tolerance = quarter > oneWattHour ? quarter : oneWattHour;
    return points.every(({ at, value }) => {
      const onLine = ((last.value - first.value) * (at - first.at)) / (last.at - first.at || 1n);
      const off = value - first.value - onLine;
      return off < tolerance && -off < tolerance;
    });
  }
  const pauses = rises.map(({ at }, n) => at - (rises[n - 1]?.at ?? first.at));
  const usual = [...pauses].sort((a, b) => (a < b ? -1 : 1))[Math.floor(pauses.length / 2)] ?? 0n;
  const even = pauses.filter((pause) => pause <= usual * 3n);
  return even.reduce((sum, pause) => sum + pause, 0n) * 2n >= length;
};
