import { ownTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import { readStartAt } from '../../store/sessions/transaction-starts.ts';
import type { MessageContext } from '../message-context.ts';

/** The session that a message is about, and as it is stored, where it is. */
export type SessionOfPart = { readonly sessionId: string; readonly stored?: StoredSession };

/**
 * Finds the session of a message by its time (as the charger wrote it), where the id of its transaction is that of several. `stored` is
 * the one that has the id alone; of a transaction that has its id alone, as nearly all have, it is that one and nothing is read.
 */
export async function sessionOfPart(
  { database, charger, now }: MessageContext,
  stored: StoredSession,
  timestamp: string | undefined,
): Promise<SessionOfPart> {
  const { sessionId, part } = stored.session;
  if (part === undefined) return { sessionId, stored };
  const at = ownTimeOf(timestamp, now, charger.timeZone);
  const start = await readStartAt(database, part.of, at);
  if (start === undefined || start.sessionId === sessionId) return { sessionId, stored };
  const found = await readSession(database, start.sessionId, true);
  return { sessionId: start.sessionId, ...(found && { stored: found }) };
}
