import type { SendMissingStop } from '../billing/ask-for-missing-stop.ts';
import type { MissingStopMessage } from '../billing/correction-message.ts';
import { endWithoutStop } from '../billing/end-without-stop.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Ends a session of which nothing was heard since its connector became free, once the queue has waited for as long as the
 * operator wants: a message that still has to wait is sent again. `now` is our clock, ISO 8601 in UTC.
 */
export async function checkMissingStop(
  database: Database,
  message: MissingStopMessage,
  { now, send }: { readonly now: string; readonly send: SendMissingStop },
): Promise<'closed' | 'unchanged' | 'waits'> {
  const { sessionId, missingSince, minutesLeft = 0 } = message;
  if (minutesLeft > 0) {
    await send(message, minutesLeft);
    return 'waits';
  }
  const stored = await readSession(database, sessionId, true);
  if (stored === undefined) return 'unchanged';
  const since = { silent: missingSince, available: now };
  return await endWithoutStop(database, stored, since, now);
}
