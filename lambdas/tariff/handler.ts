import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { CorrectionMessage } from '../billing/correction-message.ts';
import { isServiceTrouble } from '../runtime/is-service-trouble.ts';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { TookTooLong } from '../runtime/within.ts';
import { type MessageRecord, messageRecordFrom } from '../store/readings/readings.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { database } from '../store/table/client.ts';
import { inTime, type RunningTime } from '../stream/in-time.ts';
import { answerBatch, newItem } from '../stream/stream-records.ts';
import { foldSpan, type Span, spansOf } from './fold-readings.ts';

/** Sessions that are worked on at a time. */
const atOnce = 16;

/** A record of a message that was kept, with the message where it can be read. */
type Received = {
  readonly record: DynamoDBRecord;
  readonly reading?: MessageRecord;
  readonly error?: unknown;
};

/** Why messages could not be folded in. */
type Errors = ReadonlyMap<MessageRecord, unknown>;

function receivedFrom(record: DynamoDBRecord): readonly Received[] {
  const item = newItem(record);
  if (item === undefined) return [];
  try {
    return [{ record, reading: messageRecordFrom(item) }];
  } catch (error) {
    logger.error('A stored message could not be decoded', { error, keys: record.dynamodb?.Keys });
    return [{ record, error }];
  }
}

/** Read when it comes to that: most batches have nothing that is late. */
async function askForCorrection(message: CorrectionMessage): Promise<void> {
  const { sendCorrection } = await import('../billing/send-correction.ts');
  await sendCorrection(message);
}

/** Read when it comes to that: few operators have chargers show what a session costs. */
async function tellCost({ session, chargerKey }: StoredSession, foundAt: string): Promise<void> {
  const { sendCommandMessage } = await import('../connection/send-command-message.ts');
  await sendCommandMessage({ kind: 'cost', chargerKey, sessionId: session.sessionId, foundAt });
}

const none: Errors = new Map();

async function fold(span: Span, time: RunningTime): Promise<Errors> {
  try {
    const now = new Date().toISOString();
    const outcomes = await inTime(time, async () => await foldSpan(database, span, now));
    for (const folded of outcomes) {
      if (folded.kind === 'late') await askForCorrection(folded.correction);
      if (folded.kind === 'written' && folded.untold) await tellCost(folded.untold, now);
    }
    return none;
  } catch (error) {
    const [{ sessionId, chargerId }] = span;
    logger.error('Readings could not be added to the running view', {
      error,
      sessionId,
      chargerId,
    });
    return isServiceTrouble(error) || error instanceof TookTooLong || span.length === 1
      ? new Map(span.map((reading) => [reading, error]))
      : await foldSingly(span, time);
  }
}

/** One reading that breaks the step must not take the others of its session along. */
async function foldSingly(span: Span, time: RunningTime): Promise<Errors> {
  const errors = new Map<MessageRecord, unknown>();
  for (const reading of span) {
    for (const [failed, error] of await fold([reading], time)) errors.set(failed, error);
  }
  return errors;
}

async function foldAll(readings: readonly MessageRecord[], time: RunningTime): Promise<Errors> {
  const errors = new Map<MessageRecord, unknown>();
  const spans = spansOf(readings);
  for (let from = 0; from < spans.length; from += atOnce) {
    const some = spans.slice(from, from + atOnce);
    const folded = await Promise.all(some.map((span) => fold(span, time)));
    for (const [failed, error] of folded.flatMap((some) => [...some])) errors.set(failed, error);
  }
  return errors;
}

/** Keeps running energy and cost from the stream of readings; each session's readings of a batch are one write. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(async (event, context) => {
    const received = event.Records.flatMap(receivedFrom);
    const errors = await foldAll(
      received.flatMap(({ reading }) => reading ?? []),
      context,
    );
    const failures = received.flatMap(({ record, reading, error }) => {
      if (reading === undefined) return [{ record, error }];
      return errors.has(reading) ? [{ record, error: errors.get(reading) }] : [];
    });
    return await answerBatch('tariff', received.length, failures);
  });
