import { exceptionOf, mayBeException } from '../../core/cdr/compute/billing-exception.ts';
import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import type { ComputedCdr } from '../../core/cdr/compute/cdr-from-readings.ts';
import { limitsThatMatter, mayExceedLimits } from '../../core/cdr/compute/session-limits.ts';
import type { Session } from '../../core/session/session.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { readBillingSettings } from '../store/cdrs/billing-settings.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Reads the settings that decide on a session: one without energy or an aborted one, and one that is long or expensive.
 * Undefined for all others, which most are: for them nothing is read.
 */
export async function readSettingsFor(
  database: Database,
  { operatorId, stop }: Session,
  computed: ComputedCdr,
): Promise<Pick<CdrBasis, 'settings' | 'limits'> | undefined> {
  const { content, metered } = computed;
  const { energy } = metered;
  if (!mayBeException(stop, energy) && !mayExceedLimits(computed)) return undefined;
  const { zeroEnergy, aborted, limits } = await readBillingSettings(database, operatorId);
  const settings = { zeroEnergy, aborted };
  const found = omitUndefined({
    settings: exceptionOf(settings, stop, energy) === undefined ? undefined : settings,
    limits: limitsThatMatter(computed, limits, content.tariff?.currency),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
