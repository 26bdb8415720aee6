import type { Metered } from '../../metering/model/metered.ts';
import { type MilliWattHours, milliWattHours } from '../../units/energy.ts';

/** Less energy than this, in mWh, contradicts no register: 100 Wh. */
const comparable = 100_000n;

/**
 * The energy that an operator accepts: as measured, but never more than the meter's own ends show, since a register that
 * fell in between is counted twice there. Ends that show next to nothing while more than ten times as much was measured
 * say nothing; neither do those of a register that is lower at the stop than at the start.
 */
export const acceptableEnergy = ({ energy, meterStart, meterStop }: Metered): MilliWattHours => {
  if (meterStart === undefined || meterStop === undefined) return energy;
  const shown = meterStop.register - meterStart.register;
  const isContradicted = energy >= comparable && energy > shown * 10n;
  return shown < 0n || isContradicted || energy <= shown ? energy : milliWattHours(shown);
};
