import type { Cdr } from '../../core/cdr/cdr.ts';
import { readHeldCdr, readSealedCdr } from '../store/cdrs.ts';
import type { Database } from '../store/client.ts';
import type { StoredSession } from '../store/session-item.ts';

/** Reads the CDR of a session, sealed or held; undefined while it has none. */
export async function cdrOf(database: Database, stored: StoredSession): Promise<Cdr | undefined> {
  const { result, chargerKey, session } = stored;
  if (result === undefined) return undefined;
  return result.cdrSequence === undefined
    ? await readHeldCdr(database, session.sessionId)
    : await readSealedCdr(database, chargerKey, result.cdrSequence);
}
