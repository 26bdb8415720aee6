import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterStep } from '../register/count-register-energy.ts';
import { ownBound } from '../register/own-bound.ts';
import type { SessionView } from './session-view.ts';

/** For so long, in ms, and with so much energy, in mWh, a vehicle must have charged before a longer last step can be compared. */
const enough = 5n * 60_000n;
const begun = 800_000n;

/** A vehicle that draws less than this, in mW, is not charging: 100 W, the standby of its electronics. */
const standby = 100_000n;

/** Less energy than this beyond what the course allows, in mWh, contradicts nothing: 10 kWh. */
const much = 10_000_000n;

const hour = 3_600_000n;

/**
 * Compares the step from the last reading to the register of the stop, or to the last reading if that is unknown, with the session before it, at a charger of which no
 * maximum power is registered: more than three times the highest power until then, and more than 22 kW, contradicts the
 * readings if it is a matter of more than 10 kWh. A session that was not read for long enough says nothing (at least as long as the
 * last step, or 5 minutes of charging), and neither does one in which the vehicle had drawn less than 800 Wh: a cold battery is
 * warmed first, and an app may let the vehicle wait.
 */
export const checkLastStep = (
  steps: readonly RegisterStep[],
  { window, power }: SessionView,
  recordAnomaly: RecordAnomaly,
): void => {
  const [first, before, last] = [steps[0], steps.at(-2), steps.at(-1)];
  if (!window.stopped) return;
  if (first === undefined || before === undefined || last === undefined) return;
  const course = steps.slice(0, -1);
  const lasted = last.at - before.at;
  const isEnough =
    before.energy >= begun && (before.at - first.at >= lasted || chargingTime(course) >= enough);
  if (before === first || !isEnough) return;
  const bound = ownBound(
    course.map(({ at, energy }) => ({ at, value: energy })),
    power.map(({ value }) => value),
  );
  const beyond = last.energy - before.energy - bound(lasted);
  if (beyond > much) recordAnomaly('ENERGY_CONTRADICTED', last.at);
};

const chargingTime = (steps: readonly RegisterStep[]): bigint =>
  steps.slice(1).reduce((sum, to, index) => {
    const from = steps[index] ?? to;
    const isCharging = (to.energy - from.energy) * hour > standby * (to.at - from.at);
    return isCharging ? sum + to.at - from.at : sum;
  }, 0n);
