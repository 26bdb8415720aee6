import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../edge/logger.ts';
import { countRecords, newItem } from '../edge/stream-records.ts';
import { withRequestId } from '../edge/with-request-id.ts';
import { database } from '../store/client.ts';
import { type KeptReading, keptReadingFrom } from '../store/readings.ts';
import { foldStretch, type Stretch, stretchesOf } from './fold-readings.ts';

/** Sessions that are worked on at a time. */
const atOnce = 16;

/** A message with the record it came in. */
type Received = { readonly reading: KeptReading; readonly record: DynamoDBRecord };

const receivedOf = (records: readonly DynamoDBRecord[]): readonly Received[] =>
  records.flatMap((record) => {
    const item = newItem(record);
    return item === undefined ? [] : [{ reading: keptReadingFrom(item), record }];
  });

async function fold(stretch: Stretch): Promise<boolean> {
  try {
    await foldStretch(database, stretch, new Date().toISOString());
    return true;
  } catch (error) {
    const [{ sessionId, chargerId }] = stretch;
    logger.error('Readings could not be folded in', { error, sessionId, chargerId });
    return false;
  }
}

/** Keeps running energy and cost from the stream of readings; each session's readings of a batch are one write. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(async (event) => {
    const received = receivedOf(event.Records);
    const failed = new Set<KeptReading>();
    const stretches = stretchesOf(received.map(({ reading }) => reading));
    for (let from = 0; from < stretches.length; from += atOnce) {
      const some = stretches.slice(from, from + atOnce);
      const folded = await Promise.all(some.map(fold));
      for (const reading of some.filter((_, index) => !folded[index]).flat()) failed.add(reading);
    }
    countRecords('tariff', received.length, failed.size);
    return {
      batchItemFailures: received
        .filter(({ reading }) => failed.has(reading))
        .map(({ record }) => ({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' })),
    };
  });
