import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import type { StoredSession } from '../sessions/session-item.ts';
import { readSession } from '../sessions/sessions.ts';
import type { Database } from '../table/client.ts';
import { readHeldCdr, readSealedCdr } from './cdrs.ts';

/**
 * Reads the CDR of a session that is in force, sealed or held; undefined while it has none. One that is not where its session said was
 * sealed or released since, and is looked for once more with reads that see every write.
 */
export async function readCdrInForce(
  database: Database,
  stored: StoredSession,
): Promise<Cdr | undefined> {
  if (stored.result === undefined) return undefined;
  const found = await readAtPlace(database, stored, false);
  if (found !== undefined) return found;
  const since = await readSession(database, stored.session.sessionId, true);
  return since && (await readAtPlace(database, since, true));
}

async function readAtPlace(
  database: Database,
  { result, chargerKey, session }: StoredSession,
  consistent: boolean,
): Promise<Cdr | undefined> {
  if (result === undefined) return undefined;
  return result.cdrSequence === undefined
    ? await readHeldCdr(database, session.sessionId, consistent)
    : await readSealedCdr(database, chargerKey, result.cdrSequence, consistent);
}
