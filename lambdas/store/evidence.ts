import { isoTimeOf } from '../edge/iso-time-of.ts';
import type { Database } from './client.ts';
import { type KeptReading, readConnectorReadings, readSessionReadings } from './readings.ts';
import type { StoredSession } from './session-item.ts';

const latest = '9999';

async function connectorReadings(
  database: Database,
  { session, chargerKey }: StoredSession,
): Promise<readonly KeptReading[]> {
  const { start, stop, connectorId } = session;
  if (start === undefined) return [];
  const from = isoTimeOf(start.startedAt, Date.parse(start.receivedAt));
  const to = stop === undefined ? latest : isoTimeOf(stop.endedAt, Date.parse(stop.receivedAt));
  return await readConnectorReadings(database, chargerKey, connectorId, from, to);
}

/**
 * Reads everything a session rests on, by the charger's time: its transaction's own messages, and what its connector
 * reported without naming a transaction from the start to the stop.
 */
export async function readEvidence(
  database: Database,
  stored: StoredSession,
): Promise<readonly KeptReading[]> {
  const [own, connector] = await Promise.all([
    readSessionReadings(database, stored.session.sessionId),
    connectorReadings(database, stored),
  ]);
  return [...own, ...connector].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
