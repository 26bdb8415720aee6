import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { CorrectionMessage } from '../corrections/correction-message.ts';
import { logger } from '../edge/logger.ts';
import { measure } from '../edge/metrics.ts';
import { eachRecord, newItem, oldItem } from '../edge/stream-records.ts';
import { withRequestId } from '../edge/with-request-id.ts';
import { database } from '../store/client.ts';
import { storedSessionFrom } from '../store/session-item.ts';
import { closeSuperseded } from './close-superseded.ts';
import { type CdrOutcome, makeCdr } from './make-cdr.ts';
import { signDigest } from './sign-digest.ts';

/** Read when it comes to that: most sessions have nothing that is late. */
async function askForCorrection(message: CorrectionMessage): Promise<void> {
  const { sendCorrection } = await import('../corrections/send-correction.ts');
  await sendCorrection(message);
}

const helpers = { sign: signDigest, askForCorrection };

function report(outcome: CdrOutcome, sessionId: string, stoppedAt: string): void {
  if (outcome !== 'sealed' && outcome !== 'held') return;
  const lag = Math.max(0, Date.now() - Date.parse(stoppedAt));
  const count = outcome === 'sealed' ? { CdrsSealed: 1 } : { CdrsHeld: 1 };
  measure({ action: 'cdr', outcome }, { ...count, StopToCdrLag: lag }, { sessionId });
  logger.info('CDR made', { sessionId, outcome });
}

async function handleRecord(record: DynamoDBRecord): Promise<void> {
  const item = newItem(record);
  if (item?.['kind']?.S !== 'SESSION') return;
  const { session } = storedSessionFrom(item);
  // A start that follows its own stop changes a session that is there already.
  const isNews = oldItem(record)?.['previousSessionId'] === undefined;
  if (isNews) await closeSuperseded(database, session);
  if (session.stop === undefined) return;
  const outcome = await makeCdr(database, helpers, session.sessionId);
  report(outcome, session.sessionId, session.stop.receivedAt);
}

/** Makes the CDR of every session that has ended, and ends those that another one took over from. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(async (event) => await eachRecord('cdr', event.Records, handleRecord));
