import { connectorStateOf } from '../../core/ocpp/connector-state-of.ts';
import { readingsOf } from '../../core/ocpp/readings-of.ts';
import type { Database } from '../store/client.ts';
import { cursorAt } from '../store/cursor.ts';
import { readEvidence } from '../store/evidence.ts';
import type { Listed, ListRequest } from '../store/listed.ts';
import type { KeptReading } from '../store/readings.ts';
import type { StoredSession } from '../store/session-item.ts';

const jsonOf = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
};

const readingView = (reading: KeptReading) => {
  const { kind, protocol, raw, at, receivedAt } = reading;
  const receivedMs = Date.parse(receivedAt);
  return {
    at,
    receivedAt,
    kind,
    evseId: reading.evseId,
    connectorId: reading.connectorId,
    /** As the charger sent it. */
    raw: jsonOf(raw),
    /** As we understood it. */
    values: kind === 'status' ? [] : readingsOf(protocol, kind, raw, receivedMs),
    state: kind === 'status' ? (connectorStateOf(protocol, raw, receivedMs) ?? null) : null,
  };
};

/** Lists what a charger reported about a session, by the charger's time. */
export async function listReadings(
  database: Database,
  stored: StoredSession,
  request: ListRequest,
): Promise<Listed<ReturnType<typeof readingView>>> {
  const all = await readEvidence(database, stored);
  const rest = all.filter(({ key }) => request.after === undefined || key > request.after);
  const page = rest.slice(0, request.limit);
  const last = page.at(-1);
  return {
    items: page.map(readingView),
    nextCursor: rest.length > page.length && last !== undefined ? cursorAt(last.key) : null,
  };
}
