import type { Session } from '../../core/session/session.ts';
import { isoTimeOf } from '../edge/iso-time-of.ts';
import { applyToSession } from '../store/apply-to-session.ts';
import type { Database } from '../store/client.ts';
import { readSessionReadings } from '../store/readings.ts';
import { readSession } from '../store/sessions.ts';
import { reportOf } from '../tariff/report-of.ts';

/** When a session was last heard of by what had arrived until then, ISO 8601 in UTC; undefined when it never was. */
async function lastHeard(
  database: Database,
  sessionId: string,
  until: string,
): Promise<string | undefined> {
  const kept = await readSessionReadings(database, sessionId);
  const { readings } = reportOf(kept.filter(({ receivedAt }) => receivedAt <= until));
  return readings
    .map(({ timestamp, receivedAt }) => isoTimeOf(timestamp, receivedAt))
    .sort()
    .at(-1);
}

/** Ends the session that was still open on the connector where another one began: at its last reading. */
export async function closeSuperseded(
  database: Database,
  by: Session,
): Promise<'closed' | 'unchanged'> {
  const { previousSessionId, start, sessionId } = by;
  if (previousSessionId === undefined || start === undefined) return 'unchanged';
  const stored = await readSession(database, previousSessionId, true);
  if (stored?.session.state !== 'active') return 'unchanged';
  const endedAt =
    (await lastHeard(database, previousSessionId, start.receivedAt)) ?? start.startedAt;
  const event = {
    kind: 'superseded',
    by: sessionId,
    endedAt,
    receivedAt: start.receivedAt,
  } as const;
  const applied = await applyToSession(database, stored, event, stored);
  return applied === 'changed' ? 'closed' : 'unchanged';
}
