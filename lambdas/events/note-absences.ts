import type { DynamoDBRecord } from 'aws-lambda';
import { absenceOf } from '../../core/uptime/absence.ts';
import { logger } from '../runtime/logger.ts';
import { stateImageFrom } from '../store/events/state-image-from.ts';
import { keepOffline } from '../store/monitoring/offline-spans.ts';
import type { Database } from '../store/table/client.ts';
import { inTime, type RunningTime } from '../stream/in-time.ts';
import { newItem, oldItem } from '../stream/stream-records.ts';

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
  errors: Map<DynamoDBRecord, unknown>,
): Promise<void> {
  for (const record of records) {
    try {
      await inTime(time, async () => await noteAbsence(database, record));
    } catch (error) {
      logger.error('The absence of a charger could not be kept', { error });
      errors.set(record, error);
    }
  }
}
