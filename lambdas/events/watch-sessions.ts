import type { DynamoDBRecord } from 'aws-lambda';
import { abnormalReadings } from '../../core/monitoring/abnormal-readings.ts';
import { failureOf, mostFailedKwh } from '../../core/monitoring/session-failure.ts';
import { contentFrom } from '../store/cdrs/cdr-item.ts';
import { enterWatched } from '../store/monitoring/watched-sessions.ts';
import type { Database } from '../store/table/client.ts';
import type { RunningTime } from '../stream/in-time.ts';
import { newItem } from '../stream/stream-records.ts';
import { eachRecord, type RecordErrors } from './each-record.ts';

/** Whether a record says what became of a session: a CDR that was sealed or is held. */
export const saysResult = ({ dynamodb, eventName }: DynamoDBRecord): boolean => {
  const kind = dynamodb?.NewImage?.['kind']?.S;
  return kind === 'HELD' || (kind === 'CDR' && eventName === 'INSERT');
};

/** Enters the session of a CDR in the lists that it may belong to; those who read them look at its CDR in force. */
async function watch(database: Database, record: DynamoDBRecord): Promise<void> {
  const item = newItem(record);
  if (item === undefined) return;
  const content = contentFrom(item);
  const { operatorId, sessionId, creditOf, anomalies } = content;
  if (creditOf !== null) return;
  const watched = { sessionId, endedAt: new Date(content.endedAt).toISOString() };
  // The settings of today may not be those of whoever reads the list.
  if (failureOf(content, String(mostFailedKwh)) !== undefined) {
    await enterWatched(database, operatorId, 'failed-sessions', watched);
  }
  if (abnormalReadings(anomalies, 'warning').length > 0) {
    await enterWatched(database, operatorId, 'abnormal-readings', watched);
  }
}

/** Enters sessions in the lists of failed ones and of those with abnormal readings; notes the records that could not be looked at. */
export async function watchSessions(
  database: Database,
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<void> {
  await eachRecord(records, time, errors, {
    failure: 'A session could not be entered in the lists of monitoring',
    work: async (record) => await watch(database, record),
  });
}
