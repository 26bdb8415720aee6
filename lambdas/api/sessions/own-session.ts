import type { StoredSession } from '../../store/sessions/session-item.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { Caller } from '../api-route.ts';

/** Reads a session of the caller's operator; another operator's is as absent. */
export async function ownSession(
  { database, operatorId }: Caller,
  sessionId: string,
): Promise<StoredSession | undefined> {
  const stored = await readSession(database, sessionId);
  return stored?.session.operatorId === operatorId ? stored : undefined;
}
