import { isoTimeOf } from '../edge/iso-time-of.ts';
import type { Database } from './client.ts';
import { type KeptReading, readConnectorReadings, readSessionReadings } from './readings.ts';
import type { StoredSession } from './session-item.ts';

/** A message that was kept of a session; `late` when it came too late to count for its CDR. */
export type SessionReading = KeptReading & { readonly late: boolean };

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

const laterOf = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);

/** When the last word about a session was kept: that of its stop, or of a start that came after it. */
const lastWordAt = ({ session: { start, stop }, keptAt }: StoredSession): string =>
  stop === undefined ? latest : laterOf(laterOf(stop.receivedAt, start?.receivedAt), keptAt);

/**
 * Reads everything a session rests on, by the charger's time: its transaction's own messages, and what its connector
 * reported without naming a transaction from the start to the stop. What arrived after the session had ended
 * does not count, so that the CDR is the same whenever it is made.
 */
export async function readEvidence(
  database: Database,
  stored: StoredSession,
): Promise<readonly KeptReading[]> {
  const readings = await readAllReadings(database, stored);
  return readings.filter(({ late }) => !late);
}

/** Reads everything that was kept of a session, what came too late included, by the charger's time. */
export async function readAllReadings(
  database: Database,
  stored: StoredSession,
): Promise<readonly SessionReading[]> {
  const [own, connector] = await Promise.all([
    readSessionReadings(database, stored.session.sessionId),
    connectorReadings(database, stored),
  ]);
  const all = [...own, ...connector].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const end = lastWordAt(stored);
  return all.map((reading) => ({ ...reading, late: (reading.keptAt ?? reading.receivedAt) > end }));
}
