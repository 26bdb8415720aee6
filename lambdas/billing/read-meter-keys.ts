import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import type { DecodedMessage } from '../../core/cdr/compute/cdr-rules.ts';
import { keysThatCount, signedValuesIn } from '../../core/cdr/verify/check-meter-values.ts';
import { readMeterKeys } from '../store/chargers/meter-keys.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';

/**
 * The keys with which the signed values of a session are to be verified. The charger's keys are only read where its
 * messages hold signed values.
 */
export async function readKeysFor(
  database: Database,
  { session, chargerKey }: StoredSession,
  messages: readonly DecodedMessage[],
): Promise<Pick<CdrBasis, 'meterKeys'>> {
  const values = messages.flatMap(({ readings }) => signedValuesIn(readings));
  if (values.length === 0) return {};
  const all = await readMeterKeys(database, chargerKey);
  const registered = all.map(({ createdAt: _when, ...key }) => key);
  const meterKeys = keysThatCount(registered, values, session);
  return meterKeys.length === 0 ? {} : { meterKeys };
}
