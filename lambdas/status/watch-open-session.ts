import { askForMissingStop, type SendMissingStop } from '../billing/ask-for-missing-stop.ts';
import { readConnector } from '../store/chargers/connectors.ts';
import type { MessageRecord } from '../store/readings/readings.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Asks for the stop of a session that still runs on a connector which has just reported itself available. Most connectors
 * do so after their session has ended, and nothing is asked then.
 */
export async function watchOpenSession(
  database: Database,
  message: MessageRecord,
  send: SendMissingStop,
): Promise<'asked' | 'no-session'> {
  const connector = await readConnector(database, message.chargerKey, message);
  if (connector?.openSessionId === undefined) return 'no-session';
  const stored = await readSession(database, connector.openSessionId);
  if (stored?.session.state !== 'active') return 'no-session';
  const { sessionId, operatorId } = stored.session;
  const missingSince = message.keptAt ?? message.receivedAt;
  await askForMissingStop(database, operatorId, { sessionId, missingSince }, send);
  return 'asked';
}
