import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type MissingStopMessage, reviewMessageFrom } from '../billing/correction-message.ts';
import { signDigest } from '../billing/sign-digest.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { countRecords } from '../stream/stream-records.ts';
import { checkMissingStop } from './check-missing-stop.ts';
import { type CorrectionOutcome, correctSession } from './correct-session.ts';

function report(outcome: CorrectionOutcome, sessionId: string): void {
  if (outcome === 'unchanged' || outcome === 'waits') return;
  const name = outcome === 'corrected' ? 'CdrsCorrected' : 'LateReadingsReviewed';
  emitMetric({ action: 'corrections', outcome }, { [name]: 1 }, { sessionId });
  logger.info('Late readings reviewed', { sessionId, outcome });
}

async function endMissing(message: MissingStopMessage): Promise<void> {
  const { sessionId } = message;
  const outcome = await checkMissingStop(database, message, new Date().toISOString());
  if (outcome === 'closed') logger.info('Session ended without its stop', { sessionId });
}

async function isDone({ messageId, body }: SQSRecord): Promise<boolean> {
  const message = reviewMessageFrom(body);
  const { sessionId } = message;
  try {
    if ('missingSince' in message) await endMissing(message);
    else report(await correctSession(database, signDigest, message), sessionId);
    return true;
  } catch (error) {
    logger.error('Late readings could not be reviewed', { error, sessionId, id: messageId });
    return false;
  }
}

/** Reviews sessions with late readings, or whose stop is missing; a message that fails is retried. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }) => {
    const failed: string[] = [];
    for (const record of Records) {
      if (!(await isDone(record))) failed.push(record.messageId);
    }
    countRecords('corrections', Records.length, failed.length);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
