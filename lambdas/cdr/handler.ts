import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Session } from '../../core/session/session.ts';
import type { SendMissingStop } from '../billing/ask-for-missing-stop.ts';
import type { CorrectionMessage, WaitForMessages } from '../billing/correction-message.ts';
import { signDigest } from '../billing/sign-digest.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { type StoredSession, storedSessionFrom } from '../store/sessions/session-item.ts';
import { database } from '../store/table/client.ts';
import { eachRecord, newItem, oldItem } from '../stream/stream-records.ts';
import { askAfterTakeover } from './ask-after-takeover.ts';
import { closeDivided } from './close-divided.ts';
import { closeSuperseded } from './close-superseded.ts';
import { type CdrOutcome, makeCdr } from './make-cdr.ts';
import type { CountWaiting } from './read-previous.ts';

/** Read when it comes to that: most sessions have nothing that is late. */
async function askForCorrection(message: CorrectionMessage): Promise<void> {
  const { sendCorrection } = await import('../billing/send-correction.ts');
  await sendCorrection(message);
}

const sendMissing: SendMissingStop = async (message, minutes) => {
  const { sendMissingStop } = await import('../billing/send-correction.ts');
  await sendMissingStop(message, minutes);
};

/** Read when it comes to that: between most sessions a register stands still. */
const countWaiting: CountWaiting = async () => {
  const { countWaiting: count } = await import('./count-waiting.ts');
  return await count();
};

const waitForMessages: WaitForMessages = async (message, seconds) => {
  const { sendMissingMessages } = await import('../billing/send-correction.ts');
  await sendMissingMessages(message, seconds);
};

const helpers = { sign: signDigest, askForCorrection, countWaiting, waitForMessages };

function report(outcome: CdrOutcome, { session, decision }: StoredSession): void {
  if (session.stop === undefined || (outcome !== 'sealed' && outcome !== 'held')) return;
  const { sessionId, chargerId, stop } = session;
  const since = decision?.decidedAt ?? stop.receivedAt;
  const lag = Math.max(0, Date.now() - Date.parse(since));
  const count = outcome === 'sealed' ? { CdrsSealed: 1 } : { CdrsHeld: 1 };
  emitMetric({ action: 'cdr', outcome }, { ...count, StopToCdrLag: lag }, { sessionId, chargerId });
  logger.info('CDR made', { sessionId, chargerId, outcome, decision: decision?.kind });
}

/** Ends the session that another one took over from. */
async function endPrevious(by: Session): Promise<void> {
  if ((await closeSuperseded(database, by)) === 'unchanged') return;
  const { previousSessionId: sessionId, chargerId } = by;
  emitMetric(
    { action: 'cdr', outcome: 'superseded' },
    { SessionsEnded: 1 },
    { sessionId, chargerId },
  );
  logger.info('Session superseded', { sessionId, chargerId, by: by.sessionId });
}

/** Ends a session after which another one began under the id of its transaction. */
async function endDivided(stored: StoredSession): Promise<void> {
  const { session } = stored;
  if ((await closeDivided(database, stored)) === 'unchanged') return;
  const { sessionId, chargerId } = session;
  emitMetric(
    { action: 'cdr', outcome: 'superseded' },
    { SessionsEnded: 1 },
    { sessionId, chargerId },
  );
}

/** True if it became known or other which part of what was said under its transaction's id a session has, or it has a stop no longer. */
function isNewlyDivided(record: DynamoDBRecord, { part, stop }: Session): boolean {
  if (part === undefined) return false;
  const old = oldItem(record);
  const before = old?.['part'] === undefined ? undefined : storedSessionFrom(old).session.part;
  return stop === undefined || before?.from !== part.from || before?.until !== part.until;
}

async function handleRecord(record: DynamoDBRecord): Promise<void> {
  const item = newItem(record);
  if (item?.['kind']?.S !== 'SESSION') return;
  const stored = storedSessionFrom(item);
  const { session } = stored;
  // A start that follows its own stop changes an existing session.
  const old = oldItem(record);
  const isNews = old?.['previousSessionId'] === undefined;
  if (isNews) await endPrevious(session);
  if (isNewlyDivided(record, session)) await endDivided(stored);
  if (session.stop === undefined) return;
  const before = old && storedSessionFrom(old).session;
  await askAfterTakeover(database, { before, session }, sendMissing);
  const { sessionId, previousSessionId } = session;
  const outcome = await makeCdr(database, helpers, sessionId, previousSessionId);
  report(outcome, stored);
}

/** Makes the CDR of every session that has ended, and ends those that another one took over from. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(async (event, context) => await eachRecord('cdr', event.Records, handleRecord, context));
