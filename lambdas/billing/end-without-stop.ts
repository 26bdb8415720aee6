import { isStopMissing, type MissingSince } from '../../core/session/is-stop-missing.ts';
import { readConnector } from '../store/chargers/connectors.ts';
import { readLastOfSession } from '../store/readings/readings.ts';
import { applyToSession } from '../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { lastActivityAt } from './last-activity-at.ts';
import { lastReadingAt } from './last-reading-at.ts';

async function isMissing(
  database: Database,
  stored: StoredSession,
  since: MissingSince,
): Promise<boolean> {
  const { session, chargerKey } = stored;
  if (session.stop !== undefined) return isStopMissing(session, { lastHeardAt: '' }, since);
  const connector = await readConnector(database, chargerKey, session);
  const shown = { lastHeardAt: '', ...(connector && { connector }) };
  // Most connectors with a running session are in use: nothing else is read of those.
  if (!isStopMissing(session, shown, since)) return false;
  const [[last], lastHeardAt] = await Promise.all([
    readLastOfSession(database, session, 1),
    lastActivityAt(database, stored),
  ]);
  // A clock that runs ahead says nothing of what came after its messages.
  const isAhead = last !== undefined && last.at > last.receivedAt;
  const lastMessageAt = isAhead ? last.receivedAt : last?.at;
  const known = { ...shown, lastHeardAt, ...(lastMessageAt && { lastMessageAt }) };
  return isStopMissing(session, known, since);
}

/**
 * Ends a session whose stop is missing (see isStopMissing), at its last reading or at its start, so that its readings bill
 * it. `now` is our clock, ISO 8601 in UTC.
 */
export async function endWithoutStop(
  database: Database,
  stored: StoredSession,
  since: MissingSince,
  now: string,
): Promise<'closed' | 'unchanged'> {
  const { session, decision, result } = stored;
  const isFinal = decision !== undefined || result?.cdrSequence !== undefined;
  if (session.start === undefined || session.state === 'void' || isFinal) return 'unchanged';
  if (!(await isMissing(database, stored, since))) return 'unchanged';
  const endedAt = (await lastReadingAt(database, session, now)) ?? session.start.startedAt;
  const event = { kind: 'stopMissing', endedAt, receivedAt: now } as const;
  const applied = await applyToSession(database, stored, event, stored);
  return applied === 'changed' ? 'closed' : 'unchanged';
}
