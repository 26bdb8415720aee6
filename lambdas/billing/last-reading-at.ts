import { isoTimeOf } from '../../core/metering/points/charger-time.ts';
import type { Session } from '../../core/session/session.ts';
import { evidenceBytes } from '../runtime/evidence-bytes.ts';
import { readSessionReadings } from '../store/readings/readings.ts';
import type { Database } from '../store/table/client.ts';
import { reportOf } from './report-of.ts';

/** The charger's time of a session's last reading, of those received by `until`: ISO 8601 in UTC; undefined when there is none. */
export async function lastReadingAt(
  database: Database,
  session: Pick<Session, 'sessionId' | 'part' | 'timeZone'>,
  until: string,
): Promise<string | undefined> {
  const { records } = await readSessionReadings(database, session, evidenceBytes());
  const { readings } = await reportOf(records.filter(({ receivedAt }) => receivedAt <= until));
  return readings
    .map(({ timestamp, receivedAt }) => isoTimeOf(timestamp, receivedAt, session.timeZone))
    .sort()
    .at(-1);
}
