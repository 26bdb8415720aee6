import type { MissingStopMessage } from '../billing/correction-message.ts';
import { endWithoutStop } from '../billing/end-without-stop.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Ends a session of which nothing was heard since its connector became free. The queue has waited for as long as the
 * operator wants. `now` is our clock, ISO 8601 in UTC.
 */
export async function checkMissingStop(
  database: Database,
  { sessionId, missingSince }: MissingStopMessage,
  now: string,
): Promise<'closed' | 'unchanged'> {
  const stored = await readSession(database, sessionId, true);
  if (stored === undefined) return 'unchanged';
  const since = { silent: missingSince, available: now };
  return await endWithoutStop(database, stored, since, now);
}
