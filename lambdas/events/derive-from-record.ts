import type { DynamoDBRecord } from 'aws-lambda';
import { deriveEvents } from '../../core/event/derive-events.ts';
import type { EventDraft } from '../../core/event/event.ts';
import type { CdrImage } from '../../core/event/state-image.ts';
import { mostFailedKwh } from '../../core/monitoring/session-failure.ts';
import { stateImageFrom } from '../store/events/state-image-from.ts';
import type { Database } from '../store/table/client.ts';
import { newItem, oldItem } from '../stream/stream-records.ts';
import { monitoringOf } from './operator-monitoring.ts';

/** An event that a record of the stream means, before it is known whose it is. */
export type Derived = {
  readonly record: DynamoDBRecord;
  readonly draft: EventDraft;
  /** The same whenever the record is delivered. */
  readonly source: string;
};

/** When a record was written, epoch ms, to the second. */
export const writtenAt = ({ dynamodb }: DynamoDBRecord): number =>
  dynamodb?.ApproximateCreationDateTime === undefined
    ? Date.now()
    : dynamodb.ApproximateCreationDateTime * 1000;

/** The energy up to which the operator of a CDR takes its session for one without any; nothing is read for one that gave more. */
async function noEnergyKwhOf(
  database: Database,
  { energyKwh, operatorId }: CdrImage['content'],
): Promise<string | undefined> {
  if (energyKwh > mostFailedKwh) return undefined;
  return (await monitoringOf(database, operatorId)).failedSessions.noEnergyKwh;
}

/** Names one event of a record: the same whenever the record is delivered. */
export const sourceOf = ({ dynamodb }: DynamoDBRecord, which: number | string): string =>
  [dynamodb?.SequenceNumber, dynamodb?.ApproximateCreationDateTime, which].join(' ');

/** The events that a record of the stream of state means. */
export async function deriveFromRecord(
  database: Database,
  record: DynamoDBRecord,
): Promise<readonly Derived[]> {
  const [old, image] = [oldItem(record), newItem(record)];
  const now = image && stateImageFrom(image);
  const drafts = deriveEvents(
    old && stateImageFrom(old),
    now,
    new Date(writtenAt(record)).toISOString(),
    now?.kind === 'cdr' ? await noEnergyKwhOf(database, now.content) : undefined,
  );
  return drafts.map((draft, index) => ({ record, draft, source: sourceOf(record, index) }));
}
