import { lastActivityAt } from '../billing/last-activity-at.ts';
import { lastReadingAt } from '../billing/last-reading-at.ts';
import { applyToSession } from '../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Ends a running session of which nothing was heard since `quietSince`: at its last reading, or at its start. Both times
 * on our clock, ISO 8601 in UTC.
 */
export async function closeAbandoned(
  database: Database,
  stored: StoredSession,
  { quietSince, now }: { readonly quietSince: string; readonly now: string },
): Promise<'closed' | 'unchanged'> {
  const { session } = stored;
  if (session.state !== 'active' || session.start === undefined) return 'unchanged';
  // Most sessions that run are younger, and nothing is read of those.
  const { receivedAt } = session.start;
  if (receivedAt > quietSince) return 'unchanged';
  if ((await lastActivityAt(database, stored)) > quietSince) return 'unchanged';
  const endedAt = (await lastReadingAt(database, session, now)) ?? session.start.startedAt;
  const event = { kind: 'abandoned', endedAt, receivedAt: now } as const;
  const applied = await applyToSession(database, stored, event, stored);
  return applied === 'changed' ? 'closed' : 'unchanged';
}
