import type { DynamoDBRecord } from 'aws-lambda';
import { deriveEvents } from '../../core/event/derive-events.ts';
import type { EventDraft } from '../../core/event/event.ts';
import { stateImageFrom } from '../store/events/state-image-from.ts';
import { newItem, oldItem } from '../stream/stream-records.ts';

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

/** The events that a record of the stream of state means. */
export function deriveFromRecord(record: DynamoDBRecord): readonly Derived[] {
  const [old, image] = [oldItem(record), newItem(record)];
  const drafts = deriveEvents(
    old && stateImageFrom(old),
    image && stateImageFrom(image),
    new Date(writtenAt(record)).toISOString(),
  );
  const { SequenceNumber, ApproximateCreationDateTime } = record.dynamodb ?? {};
  return drafts.map((draft, index) => ({
    record,
    draft,
    source: [SequenceNumber, ApproximateCreationDateTime, index].join(' '),
  }));
}
