import type { DynamoDBRecord } from 'aws-lambda';
import { absenceOf } from '../../core/uptime/absence.ts';
import { stateImageFrom } from '../store/events/state-image-from.ts';
import { keepOffline } from '../store/monitoring/offline-spans.ts';
import type { Database } from '../store/table/client.ts';
import type { RunningTime } from '../stream/in-time.ts';
import { newItem, oldItem } from '../stream/stream-records.ts';
import { eachRecord, type RecordErrors } from './each-record.ts';

async function noteAbsence(database: Database, record: DynamoDBRecord): Promise<void> {
  const [before, after] = [oldItem(record), newItem(record)];
  const [old, image] = [before && stateImageFrom(before), after && stateImageFrom(after)];
  if (old?.kind !== 'connection' || image?.kind !== 'connection') return;
  const absence = absenceOf(old, image);
  if (absence !== undefined) await keepOffline(database, image.chargerKey, absence);
}

/** Whether a charger came back on a new connection. */
export const isReturn = ({ dynamodb }: DynamoDBRecord): boolean =>
  dynamodb?.NewImage?.['kind']?.S === 'CONNECTION' &&
  dynamodb.OldImage?.['disconnectedAt'] !== undefined;

/** Keeps how long chargers that came back had been away, for their uptime; notes the records of which that failed. */
export async function noteAbsences(
  database: Database,
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<void> {
  await eachRecord(records, time, errors, {
    failure: 'The absence of a charger could not be kept',
    work: async (record) => await noteAbsence(database, record),
  });
}
