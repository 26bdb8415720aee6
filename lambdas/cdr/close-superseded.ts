import type { Session } from '../../core/session/session.ts';
import { lastReadingAt } from '../billing/last-reading-at.ts';
import { applyToSession } from '../store/sessions/apply-to-session.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** Ends the session that was still open on the connector where another one began: at its last reading. */
export async function closeSuperseded(
  database: Database,
  by: Session,
): Promise<'closed' | 'unchanged'> {
  const { previousSessionId, start, sessionId } = by;
  if (previousSessionId === undefined || start === undefined) return 'unchanged';
  const stored = await readSession(database, previousSessionId, true);
  if (stored?.session.state !== 'active') return 'unchanged';
  const endedAt =
    (await lastReadingAt(database, stored.session, start.receivedAt)) ?? start.startedAt;
  const event = {
    kind: 'superseded',
    by: sessionId,
    endedAt,
    receivedAt: start.receivedAt,
  } as const;
  const applied = await applyToSession(database, stored, event, stored);
  return applied === 'changed' ? 'closed' : 'unchanged';
}
