import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { CorrectionMessage } from '../corrections/correction-message.ts';
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

/** Read when it comes to that: most batches have nothing that is late. */
async function askForCorrection(message: CorrectionMessage): Promise<void> {
  const { sendCorrection } = await import('../corrections/send-correction.ts');
  await sendCorrection(message);
}

async function fold(stretch: Stretch): Promise<boolean> {
  try {
    const folded = await foldStretch(database, stretch, new Date().toISOString());
    if (folded.kind === 'late') await askForCorrection(folded.correction);
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
