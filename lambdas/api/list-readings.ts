import { understand } from '../../core/ocpp/understand.ts';
import type { Database } from '../store/client.ts';
import { cursorAt } from '../store/cursor.ts';
import { readAllReadings, type SessionReading } from '../store/evidence.ts';
import type { Listed, ListRequest } from '../store/listed.ts';
import type { StoredSession } from '../store/session-item.ts';

const readingView = (reading: SessionReading) => {
  const { key, kind, protocol, raw, at, receivedAt, evseId, connectorId } = reading;
  const { readings, states } = understand(protocol, reading);
  return {
    key,
    kind,
    at,
    receivedAt,
    evseId,
    connectorId,
    /** True when it arrived after the session had ended, and does not count. */
    late: reading.late,
    /** As received: the text that the CDR's hash of readings is over. */
    raw,
    /** As understood. */
    values: readings,
    state: states[0] ?? null,
  };
};

/** Lists what a charger reported about a session, by the charger's time; `late` picks what came too late, or the rest. */
export async function listReadings(
  database: Database,
  stored: StoredSession,
  request: ListRequest,
  late: boolean | undefined,
): Promise<Listed<ReturnType<typeof readingView>>> {
  const all = await readAllReadings(database, stored);
  const wanted = all.filter((reading) => late === undefined || reading.late === late);
  const rest = wanted.filter(({ key }) => request.after === undefined || key > request.after);
  const page = rest.slice(0, request.limit);
  const last = page.at(-1);
  return {
    items: page.map(readingView),
    nextCursor: rest.length > page.length && last !== undefined ? cursorAt(last.key) : null,
  };
}
