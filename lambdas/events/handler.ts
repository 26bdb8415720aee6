import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { inTime, type RunningTime } from '../stream/in-time.ts';
import type { Failure } from '../stream/pass-over.ts';
import { answerBatch, newItem } from '../stream/stream-records.ts';
import { type Addressed, addressEvent, forgetSession } from './address-event.ts';
import { alertsOf } from './alerts-of.ts';
import { audienceOf } from './audience-of.ts';
import { type Derived, deriveFromRecord } from './derive-from-record.ts';
import { eachRecord, type RecordErrors } from './each-record.ts';
import { isReturn, noteAbsences } from './note-absences.ts';
import { publishEvents } from './publish-events.ts';
import { looksAt, type Shared, sharedByEvent, sharedByRecord } from './shared-things.ts';
import { saysResult, watchSessions } from './watch-sessions.ts';
import { type Watched, watchedIn } from './watched-in.ts';

async function derive(
  records: readonly DynamoDBRecord[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<readonly Derived[]> {
  const derived = await eachRecord(records, time, errors, {
    failure: 'No event could be derived from a record',
    work: async (record) => await deriveFromRecord(database, record),
  });
  return derived.flat();
}

async function address(
  derived: readonly Derived[],
  time: RunningTime,
  errors: RecordErrors,
): Promise<readonly Addressed[]> {
  const addressed: Addressed[] = [];
  for (const one of derived) {
    try {
      const found = await inTime(time, async () => await addressEvent(database, one));
      if (found !== undefined) addressed.push(found);
    } catch (error) {
      logger.error('It could not be read whose an event is', { error, type: one.draft.type });
      errors.set(one.record, error);
    }
  }
  return addressed;
}

/** Loaded when needed: most operators have no roaming partners. */
async function tellPartners(operatorId: string, shared: readonly Shared[]): Promise<void> {
  if (shared.length === 0) return;
  const { sendPartnerMessages } = await import('../roaming/send-partner-messages.ts');
  await sendPartnerMessages(looksAt(operatorId, shared));
}

/** The part of a batch that concerns one operator. */
type News = {
  readonly events: readonly Addressed[];
  readonly shared: readonly Shared[];
  readonly watched: readonly Watched[];
};

async function publish(
  operatorId: string,
  { events, shared, watched }: News,
  time: RunningTime,
  errors: RecordErrors,
): Promise<void> {
  try {
    await inTime(time, async () => {
      const audience = await audienceOf(database, operatorId, Date.now());
      if (audience === undefined) return;
      const alerts = audience.isAny ? await alertsOf(database, operatorId, watched) : [];
      await publishEvents(database, operatorId, [...events, ...alerts], audience);
      const gone = events.filter(({ event }) => event.type === 'charger.disconnected');
      if (audience.isAny && gone.length > 0) {
        const { watchAbsences } = await import('./watch-absences.ts');
        await watchAbsences(database, operatorId, gone);
      }
      if (audience.hasPartners) await tellPartners(operatorId, shared);
    });
  } catch (error) {
    logger.error('Events could not be published', { error, operatorId });
    for (const { record } of [...events, ...shared, ...watched]) errors.set(record, error);
  }
}

/** Kinds of items that say what an account uses, or what it may use. */
const kindsOfAccounts: readonly (string | undefined)[] = ['LIVE', 'CDR', 'ACCOUNT'];

const isOfAccounts = (record: DynamoDBRecord): boolean =>
  kindsOfAccounts.includes(record.dynamodb?.NewImage?.['kind']?.S);

const isSealedNow = (record: DynamoDBRecord): boolean =>
  record.eventName === 'INSERT' && newItem(record)?.['kind']?.S === 'CDR';

/**
 * Logs what changed for whoever is interested, counts sealed CDRs, and holds accounts against their limits, from the stream of state; to do
 * it again logs, counts and commands nothing twice.
 */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(withRequestId())
  .handler(async ({ Records }, context) => {
    const errors: RecordErrors = new Map();
    for (const { dynamodb } of Records) {
      const [kind, pk] = [dynamodb?.NewImage?.['kind']?.S, dynamodb?.NewImage?.['pk']?.S];
      if (kind === 'SESSION' && pk !== undefined) forgetSession(pk.slice('SESSION#'.length));
    }
    const derived = await derive(Records, context, errors);
    const addressed = await address(derived, context, errors);
    const shared = [...Records.flatMap(sharedByRecord), ...addressed.flatMap(sharedByEvent)];
    const watched = await watchedIn(database, Records, context, errors);
    const operators = new Set(
      [...addressed, ...shared, ...watched].map(({ operatorId }) => operatorId),
    );
    for (const operatorId of operators) {
      const isOf = (one: { readonly operatorId: string }) => one.operatorId === operatorId;
      const news = {
        events: addressed.filter(isOf),
        shared: shared.filter(isOf),
        watched: watched.filter(isOf),
      };
      await publish(operatorId, news, context, errors);
    }
    const returns = Records.filter(isReturn);
    if (returns.length > 0) await noteAbsences(database, returns, context, errors);
    const results = Records.filter(saysResult);
    if (results.length > 0) await watchSessions(database, results, context, errors);
    const sealed = Records.filter(isSealedNow);
    if (sealed.length > 0) {
      const { countSealed } = await import('./count-sealed.ts');
      await countSealed(database, sealed, context, errors);
    }
    if (sealed.length > 0) {
      const { keepBills } = await import('./keep-bills.ts');
      await keepBills(database, sealed, context, errors);
    }
    // The CDRs of this batch are counted by now.
    const ofAccounts = Records.filter(isOfAccounts);
    if (ofAccounts.length > 0) {
      const { watchAccounts } = await import('./watch-accounts.ts');
      await watchAccounts(database, ofAccounts, context, errors);
    }
    const failures: readonly Failure[] = Records.filter((record) => errors.has(record)).map(
      (record) => ({ record, error: errors.get(record) }),
    );
    return await answerBatch('events', Records.length, failures);
  });
