import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { SendMissingStop } from '../billing/ask-for-missing-stop.ts';
import { type MissingStopMessage, reviewMessageFrom } from '../billing/correction-message.ts';
import { signDigest } from '../billing/sign-digest.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { askForCdr } from '../store/sessions/unsealed-sessions.ts';
import { database } from '../store/table/client.ts';
import { passOverMessage, type Received, receivedFrom } from '../stream/pass-over-message.ts';
import { countRecords } from '../stream/stream-records.ts';
import { checkMissingStop } from './check-missing-stop.ts';
import { type CorrectionOutcome, correctSession } from './correct-session.ts';

function report(outcome: CorrectionOutcome, sessionId: string): void {
  if (outcome === 'unchanged' || outcome === 'waits') return;
  const name = outcome === 'corrected' ? 'CdrsCorrected' : 'LateReadingsReviewed';
  emitMetric({ action: 'corrections', outcome }, { [name]: 1 }, { sessionId });
  logger.info('Late readings reviewed', { sessionId, outcome });
}

/** Read when it comes to that: few operators wait longer than a message can be delayed. */
const sendMissing: SendMissingStop = async (message, minutes) => {
  const { sendMissingStop } = await import('../billing/send-correction.ts');
  await sendMissingStop(message, minutes);
};

const isoNow = (): string => new Date().toISOString();

async function endMissing(message: MissingStopMessage): Promise<void> {
  const { sessionId } = message;
  const outcome = await checkMissingStop(database, message, { now: isoNow(), send: sendMissing });
  if (outcome === 'closed') logger.info('Session ended without its stop', { sessionId });
}

async function review(body: string): Promise<void> {
  const message = reviewMessageFrom(body);
  if ('missingSince' in message) await endMissing(message);
  else if ('waitsSince' in message) await askForCdr(database, message.sessionId, isoNow());
  else report(await correctSession(database, signDigest, message), message.sessionId);
}

async function isDone(received: Received): Promise<boolean> {
  try {
    await review(received.body);
    return true;
  } catch (error) {
    const { id, body } = received;
    logger.error('Late readings could not be reviewed', { error, id, body });
    return await passOverMessage('corrections', received, error);
  }
}

/** Reviews sessions with late readings, or whose stop is missing; a message that fails is retried, for hours only where a service was out of reach. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }) => {
    const failed: string[] = [];
    for (const received of Records.map(receivedFrom)) {
      if (!(await isDone(received))) failed.push(received.id);
    }
    countRecords('corrections', Records.length, failed.length);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
