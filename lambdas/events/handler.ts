import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { inTime, type RunningTime } from '../stream/in-time.ts';
import type { Failure } from '../stream/pass-over.ts';
import { answerBatch, newItem } from '../stream/stream-records.ts';
import { type Addressed, addressEvent, forgetSession } from './address-event.ts';
import { type Derived, deriveFromRecord } from './derive-from-record.ts';
import { publishEvents } from './publish-events.ts';

type Errors = Map<DynamoDBRecord, unknown>;

function derive(record: DynamoDBRecord, errors: Errors): readonly Derived[] {
  try {
    return deriveFromRecord(record);
  } catch (error) {
    const keys = record.dynamodb?.Keys;
    logger.error('No event could be derived from a record', { error, keys });
    errors.set(record, error);
    return [];
  }
}

async function address(
  derived: readonly Derived[],
  time: RunningTime,
  errors: Errors,
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

async function publish(
  operatorId: string,
  events: readonly Addressed[],
  time: RunningTime,
  errors: Errors,
): Promise<void> {
  try {
    await inTime(time, async () => await publishEvents(database, operatorId, events));
  } catch (error) {
    logger.error('Events could not be published', { error, operatorId });
    for (const { record } of events) errors.set(record, error);
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
    const errors: Errors = new Map();
    for (const { dynamodb } of Records) {
      const [kind, pk] = [dynamodb?.NewImage?.['kind']?.S, dynamodb?.NewImage?.['pk']?.S];
      if (kind === 'SESSION' && pk !== undefined) forgetSession(pk.slice('SESSION#'.length));
    }
    const derived = Records.flatMap((record) => derive(record, errors));
    const byOperator = Map.groupBy(
      await address(derived, context, errors),
      ({ operatorId }) => operatorId,
    );
    for (const [operatorId, events] of byOperator) {
      await publish(operatorId, events, context, errors);
    }
    const sealed = Records.filter(isSealedNow);
    if (sealed.length > 0) {
      const { countSealed } = await import('./count-sealed.ts');
      await countSealed(database, sealed, context, errors);
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
