import { exceptionOf, mayBeException } from '../../core/cdr/compute/billing-exception.ts';
import type { PriceSettings } from '../../core/cdr/compute/billing-settings.ts';
import type { Session } from '../../core/session/session.ts';
import type { MilliWattHours } from '../../core/units/energy.ts';
import { readBillingSettings } from '../store/billing-settings.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Reads the settings by which a session without energy or an aborted one is billed; undefined for all others, which most
 * are: for them nothing is read.
 */
export async function readSettingsFor(
  database: Database,
  { operatorId, stop }: Session,
  energy: MilliWattHours,
): Promise<PriceSettings | undefined> {
  if (!mayBeException(stop, energy)) return undefined;
  const { zeroEnergy, aborted } = await readBillingSettings(database, operatorId);
  const settings = { zeroEnergy, aborted };
  return exceptionOf(settings, stop, energy) === undefined ? undefined : settings;
}
