import type { Session, SessionStart } from '../../core/session/session.ts';
import type { SessionEvent } from '../../core/session/session-event.ts';
import { lastReadingAt } from '../billing/last-reading-at.ts';
import { applyToSession } from '../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import { readStartAt } from '../store/sessions/transaction-starts.ts';
import type { Database } from '../store/table/client.ts';
import { giveBackStops } from './give-back-stops.ts';

/** A session that has no stop, and the start after which it is over. */
type Unended = {
  readonly session: Session;
  readonly start: SessionStart;
  readonly next: { readonly sessionId: string; readonly start: SessionStart };
};

/** The start of the next session of a transaction's id; undefined while a session is the last one, or that start is not stored. */
async function nextOf(database: Database, { part }: Session): Promise<Unended['next'] | undefined> {
  if (part?.until === undefined) return undefined;
  const next = await readStartAt(database, part.of, part.until);
  if (next === undefined) return undefined;
  const { sessionId } = next;
  const start = (await readSession(database, sessionId, true))?.session.start;
  return start && { sessionId, start };
}

/** Its last reading, or else the start of the next one; one that was sealed by the stop of that other one is billed by its readings. */
async function endOf(
  database: Database,
  { session, start, next }: Unended,
  isSealed: boolean,
): Promise<SessionEvent> {
  const { receivedAt } = next.start;
  const last = await lastReadingAt(database, session, receivedAt);
  return isSealed
    ? { kind: 'stopMissing', endedAt: last ?? start.startedAt, receivedAt }
    : { kind: 'superseded', by: next.sessionId, endedAt: last ?? next.start.startedAt, receivedAt };
}

/**
 * Ends a session that has no stop and after which another one began under the id of its transaction, on whichever connector: an id is
 * of one transaction at a time. What was said of its own stop, and was taken for another one's, counts first.
 */
export async function closeDivided(
  database: Database,
  known: StoredSession,
): Promise<'closed' | 'unchanged'> {
  await giveBackStops(database, known);
  const { sessionId } = known.session;
  const stored = await readSession(database, sessionId, true);
  const { session } = stored ?? {};
  if (stored === undefined || session?.state !== 'active') return 'unchanged';
  const { start } = session;
  const next = await nextOf(database, session);
  if (start === undefined || next === undefined) return 'unchanged';
  const isSealed = stored.result?.cdrSequence !== undefined;
  const end = await endOf(database, { session, start, next }, isSealed);
  const applied = await applyToSession(database, stored, end, stored);
  return applied === 'changed' ? 'closed' : 'unchanged';
}
