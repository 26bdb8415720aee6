import { ownTimeOf } from '../../core/metering/points/charger-time.ts';
import { isInPart, withNeighbours } from '../../core/session/transaction-part.ts';
import {
  readAllReadings,
  type SessionMessage,
  type SessionMessages,
} from '../store/readings/evidence.ts';
import type { CountedReadings } from '../store/sessions/closed-running-view.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readStartsAround } from '../store/sessions/transaction-starts.ts';
import type { Database } from '../store/table/client.ts';

/**
 * Reads all stored messages of a session; where others have the id of its transaction, with those of the sessions before and after it,
 * which were taken for its own as long as these had not begun. For a sealed CDR `counted` says which messages it is based on.
 */
export async function readDividedReadings(
  database: Database,
  stored: StoredSession,
  counted: CountedReadings | undefined,
): Promise<SessionMessages> {
  const { session } = stored;
  const { part, start, timeZone, sessionId } = session;
  if (part === undefined || start === undefined) {
    return await readAllReadings(database, stored, counted);
  }
  const at = ownTimeOf(start.startedAt, Date.parse(start.receivedAt), timeZone);
  const around = withNeighbours(part, await readStartsAround(database, part.of, at), sessionId);
  const wide = { ...stored, session: { ...session, part: around } };
  return await readAllReadings(database, wide, counted);
}

/** True if a message is of a session itself: in its part, or of its connector. */
export const isOwnMessage = (
  { session: { part } }: StoredSession,
  { sessionId, at }: Pick<SessionMessage, 'sessionId' | 'at'>,
): boolean => part === undefined || sessionId === undefined || isInPart(part, at);
