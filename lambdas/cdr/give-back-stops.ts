import type { EventOf } from '../../core/ocpp/event.ts';
import { loadVersion } from '../../core/ocpp/load-version.ts';
import { parseJson } from '../../core/ocpp/rpc/parse-json.ts';
import type { Version } from '../../core/ocpp/version.ts';
import { stopOf } from '../billing/stop-of.ts';
import { evidenceBytes } from '../runtime/evidence-bytes.ts';
import { type MessageRecord, readSessionReadings } from '../store/readings/readings.ts';
import { applyToSession } from '../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';

/** The stop that a stored message says; nothing where it says none, or cannot be read. */
function stopsOf(
  version: Version,
  { kind, raw }: MessageRecord,
): readonly EventOf<'sessionStopped'>[] {
  if (kind !== 'stop') return [];
  const payload = parseJson(raw)?.value;
  const call = { kind: 'call', messageId: '', action: 'TransactionEvent', payload, raw } as const;
  const read = version.readCall({ ...call, quirks: [] });
  const events = read.kind === 'events' ? read.events : [];
  return events.filter((event) => event.kind === 'sessionStopped');
}

/** Gives a session the stops that were stored in its part before that was known: they were taken for those of another one. */
export async function giveBackStops(database: Database, stored: StoredSession): Promise<void> {
  const { session } = stored;
  if (session.part === undefined || session.protocol === 'push') return;
  const version = await loadVersion(session.protocol);
  const { records } = await readSessionReadings(database, session, evidenceBytes());
  for (const record of records) {
    for (const event of stopsOf(version, record)) {
      const standing = await readSession(database, session.sessionId, true);
      if (standing === undefined) return;
      const stop = stopOf(event, Date.parse(record.receivedAt));
      const stopped = { kind: 'stopped', identity: standing.session, stop } as const;
      await applyToSession(database, standing, stopped, standing);
    }
  }
}
