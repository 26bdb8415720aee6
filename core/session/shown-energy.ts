import { withEnergy } from '../cdr/compute/apply-decision.ts';
import type { Metered } from '../metering/model/metered.ts';
import { milliWattHours } from '../units/energy.ts';

/**
 * A running session as it is shown after energy of `shown`, in mWh: never less. Only a reading that arrives after later ones, and contradicts
 * them, would lower it; then the operator decides on the CDR, and nobody sees energy disappear meanwhile.
 */
export const asShown = (metered: Metered, shown: bigint): Metered =>
  metered.energy < shown ? withEnergy(metered, milliWattHours(shown)) : metered;
