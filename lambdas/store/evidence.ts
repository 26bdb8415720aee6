import { connectorWindow, lateness } from '../../core/cdr/evidence.ts';
import type { CountedReadings } from './closed-running-view.ts';
import { countedBy } from './reading-marks.ts';
import { type MessageRecord, readConnectorReadings, readSessionReadings } from './readings.ts';
import type { StoredSession } from './session-item.ts';
import type { Database } from './table/client.ts';

/** A stored message of a session; `late` when it came too late to count for its CDR. */
export type SessionMessage = MessageRecord & { readonly late: boolean };

async function connectorReadings(
  database: Database,
  stored: StoredSession,
): Promise<readonly MessageRecord[]> {
  const window = connectorWindow(stored);
  if (window === undefined) return [];
  const { chargerKey, session } = stored;
  return await readConnectorReadings(database, chargerKey, session, window.from, window.to);
}

/**
 * Reads everything a session is based on, by the charger's time: its transaction's own messages, and what its connector
 * reported without naming a transaction from the start to the stop. What arrived after the session had ended
 * does not count, except for the message of the stop itself, so that the CDR is the same whenever it is made. Not to be
 * used for a session whose CDR is sealed.
 */
export async function readEvidence(
  database: Database,
  stored: StoredSession,
): Promise<readonly MessageRecord[]> {
  const readings = await readAllReadings(database, stored);
  return readings.filter(({ late }) => !late);
}

/**
 * Reads all stored messages of a session, late ones included, by the charger's time. For a sealed CDR `counted` says
 * which messages it is based on.
 */
export async function readAllReadings(
  database: Database,
  stored: StoredSession,
  counted: CountedReadings = {},
): Promise<readonly SessionMessage[]> {
  const [own, connector] = await Promise.all([
    readSessionReadings(database, stored.session.sessionId),
    connectorReadings(database, stored),
  ]);
  const all = [...own, ...connector].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const isLate = lateness(stored, countedBy(counted));
  return all.map((reading) => ({ ...reading, late: isLate(reading) }));
}
