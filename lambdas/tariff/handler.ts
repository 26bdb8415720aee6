import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { CorrectionMessage } from '../corrections/correction-message.ts';
import { isServiceTrouble } from '../edge/is-service-trouble.ts';
import { logger } from '../edge/logger.ts';
import { answerBatch, newItem } from '../edge/stream-records.ts';
import { withRequestId } from '../edge/with-request-id.ts';
import { database } from '../store/client.ts';
import { type KeptReading, keptReadingFrom } from '../store/readings.ts';
import { foldStretch, type Stretch, stretchesOf } from './fold-readings.ts';

/** Sessions that are worked on at a time. */
const atOnce = 16;

/** A record of a message that was kept, with the message where it can be read. */
type Received = {
  readonly record: DynamoDBRecord;
  readonly reading?: KeptReading;
  readonly error?: unknown;
};

/** Why messages could not be folded in. */
type Errors = ReadonlyMap<KeptReading, unknown>;

function receivedFrom(record: DynamoDBRecord): readonly Received[] {
  const item = newItem(record);
  if (item === undefined) return [];
  try {
    return [{ record, reading: keptReadingFrom(item) }];
  } catch (error) {
    logger.error('A reading could not be read', { error, keys: record.dynamodb?.Keys });
    return [{ record, error }];
  }
}

/** Read when it comes to that: most batches have nothing that is late. */
async function askForCorrection(message: CorrectionMessage): Promise<void> {
  const { sendCorrection } = await import('../corrections/send-correction.ts');
  await sendCorrection(message);
}

const none: Errors = new Map();

async function fold(stretch: Stretch): Promise<Errors> {
  try {
    const folded = await foldStretch(database, stretch, new Date().toISOString());
    if (folded.kind === 'late') await askForCorrection(folded.correction);
    return none;
  } catch (error) {
    const [{ sessionId, chargerId }] = stretch;
    logger.error('Readings could not be folded in', { error, sessionId, chargerId });
    return isServiceTrouble(error) || stretch.length === 1
      ? new Map(stretch.map((reading) => [reading, error]))
      : await foldSingly(stretch);
  }
}

/** One reading that breaks the step must not take the others of its session along. */
async function foldSingly(stretch: Stretch): Promise<Errors> {
  const errors = new Map<KeptReading, unknown>();
  for (const reading of stretch) {
    for (const [failed, error] of await fold([reading])) errors.set(failed, error);
  }
  return errors;
}

async function foldAll(readings: readonly KeptReading[]): Promise<Errors> {
  const errors = new Map<KeptReading, unknown>();
  const stretches = stretchesOf(readings);
  for (let from = 0; from < stretches.length; from += atOnce) {
    const folded = await Promise.all(stretches.slice(from, from + atOnce).map(fold));
    for (const [failed, error] of folded.flatMap((some) => [...some])) errors.set(failed, error);
  }
  return errors;
}

/** Keeps running energy and cost from the stream of readings; each session's readings of a batch are one write. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(async (event) => {
    const received = event.Records.flatMap(receivedFrom);
    const errors = await foldAll(received.flatMap(({ reading }) => reading ?? []));
    const failures = received.flatMap(({ record, reading, error }) => {
      if (reading === undefined) return [{ record, error }];
      return errors.has(reading) ? [{ record, error: errors.get(reading) }] : [];
    });
    return await answerBatch('tariff', received.length, failures);
  });
