import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { correctionMessageFrom } from '../billing/correction-message.ts';
import { signDigest } from '../billing/sign-digest.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { countRecords } from '../stream/stream-records.ts';
import { type CorrectionOutcome, correctSession } from './correct-session.ts';

function report(outcome: CorrectionOutcome, sessionId: string): void {
  if (outcome === 'unchanged' || outcome === 'waits') return;
  const name = outcome === 'corrected' ? 'CdrsCorrected' : 'LateReadingsReviewed';
  emitMetric({ action: 'corrections', outcome }, { [name]: 1 }, { sessionId });
  logger.info('Late readings looked at', { sessionId, outcome });
}

async function isDone({ messageId, body }: SQSRecord): Promise<boolean> {
  const message = correctionMessageFrom(body);
  const { sessionId } = message;
  try {
    report(await correctSession(database, signDigest, message), sessionId);
    return true;
  } catch (error) {
    logger.error('Late readings could not be looked at', { error, sessionId, id: messageId });
    return false;
  }
}

/** Looks again at sessions for which readings came too late; what fails comes again. */
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
