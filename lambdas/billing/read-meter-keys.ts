import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import type { CdrRules } from '../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../core/cdr/model/stored-message.ts';
import { keysThatCount, signedValuesIn } from '../../core/cdr/verify/check-meter-values.ts';
import { readMeterKeys } from '../store/meter-keys.ts';
import type { StoredSession } from '../store/session-item.ts';
import type { Database } from '../store/table/client.ts';

/**
 * The keys with which the signed values of a session are to be verified. Only where its readings hold signed values are
 * the charger's keys read at all.
 */
export async function readKeysFor(
  database: Database,
  { session, chargerKey }: StoredSession,
  kept: readonly StoredMessage[],
  read: CdrRules['read'],
): Promise<Pick<CdrBasis, 'meterKeys'>> {
  const values = kept.flatMap((reading) => signedValuesIn(read(reading).readings));
  if (values.length === 0) return {};
  const all = await readMeterKeys(database, chargerKey);
  const registered = all.map(({ createdAt: _when, ...key }) => key);
  const meterKeys = keysThatCount(registered, values, session);
  return meterKeys.length === 0 ? {} : { meterKeys };
}
