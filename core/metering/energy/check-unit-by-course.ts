import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Activity } from '../model/metered.ts';
import { anyChargerBound } from '../register/physical-bound.ts';
import type { SessionView } from './session-view.ts';

const minute = 60_000n;
const hour = 60n * minute;

/** The least power of a vehicle by IEC 61851, a little below 6 A at 230 V, in mW: 1.3 kW. */
const leastOfVehicles = 1_300_000n;

/** The highest power of vehicles in mW: with readings that have decimals, as in kWh; and where only the course tells. */
const mostOfVehicles = 350_000_000n;
const usualOfVehicles = 50_000_000n;

/** Rises of the register that show a course; shorter sessions than this, in ms, have none. */
const fewestRises = 3;
const shortest = 10n * minute;

const oneWattHour = 1000n;

/**
 * Recognises a register in kWh that is labelled Wh throughout, of a charger without registered power: it rose from most readings to the next,
 * and by so little that no vehicle draws it, but a thousandfold of it is what vehicles draw. A vehicle that is full draws nothing
 * most of the time, and electronics on standby draw less than a thousandth of that.
 */
export const checkUnitByCourse = (
  { window, line: { points } }: Pick<SessionView, 'window' | 'line'>,
  energy: bigint,
  activities: readonly Activity[],
  recordAnomaly: RecordAnomaly,
): void => {
  const length = window.endedAt - window.startedAt;
  if (!window.stopped || length < shortest) return;
  const rises = points
    .slice(1)
    .filter(({ value }, index) => value > (points[index]?.value ?? value));
  const isSteady = rises.length >= fewestRises && rises.length * 2 >= points.length - 1;
  const charging = chargingTime(activities, window.endedAt);
  if (!isSteady || charging * 2n < length) return;
  const hasDecimals = points.some(({ value }) => value % oneWattHour !== 0n);
  const power = (energy * 1000n * hour) / length;
  const most = hasDecimals ? mostOfVehicles : usualOfVehicles;
  if (power >= leastOfVehicles && power <= most && energy * 1000n <= anyChargerBound(length)) {
    recordAnomaly('UNIT_KWH_AS_WH', window.startedAt);
  }
};

const chargingTime = (activities: readonly Activity[], endedAt: bigint): bigint =>
  activities.reduce(
    (sum, { from, kind }, index) =>
      kind === 'charging' ? sum + (activities[index + 1]?.from ?? endedAt) - from : sum,
    0n,
  );
