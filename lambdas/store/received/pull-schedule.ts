import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { hoursBetweenPulls } from '../../../core/ocpi/pull/hours-between-pulls.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText, toItem } from '../table/item.ts';
import { partnerOfPullKey, pullScheduleKey, receivedLists } from '../table/keys/received-keys.ts';
import { list } from '../table/listing.ts';
import { putWith } from '../table/put-with.ts';
import { putPart } from './write-parts.ts';

type Whose = Pick<Partner, 'operatorId' | 'partnerId'>;

const itemOf = ({ operatorId, partnerId }: Whose, dueAt: string | undefined): Item =>
  toItem(
    omitUndefined({
      ...pullScheduleKey(operatorId, partnerId),
      kind: 'RECEIVEDSCHEDULE',
      dueAt,
      ...(dueAt === undefined
        ? {}
        : { listKey: receivedLists.duePulls, listSort: `${dueAt}#${partnerId}` }),
    }),
  );

/**
 * The writes by which a change of a partner changes when it is pulled from: at once when it registers, is resumed or gets another
 * interval, and not any more when it parts. Undefined before is one that is new, after one that is deleted.
 */
export function scheduleParts(
  database: Database,
  before: Partner | undefined,
  after: Partner | undefined,
): readonly TransactWriteItem[] {
  const hours = after && hoursBetweenPulls(after);
  const hoursBefore = before && hoursBetweenPulls(before);
  if (after === undefined || hours === undefined) {
    const wasPulled = before !== undefined && hoursBefore !== undefined;
    return wasPulled ? [putPart(database, itemOf(before, undefined))] : [];
  }
  const isSame =
    hours === hoursBefore &&
    before?.registration?.registeredAt === after.registration?.registeredAt;
  return isSame ? [] : [putPart(database, itemOf(after, after.updatedAt))];
}

/** Reads when a partner is pulled from next, ISO 8601 in UTC; undefined where it is not. */
export async function readDuePull(
  database: Database,
  { operatorId, partnerId }: Whose,
): Promise<string | undefined> {
  const item = await getItem(database, pullScheduleKey(operatorId, partnerId), true);
  return item && optionalText(item, 'dueAt');
}

/** Puts the next pull off, if it was due when it was read. */
export async function postponePull(
  database: Database,
  whose: Whose,
  dueBefore: string,
  dueAt: string,
): Promise<'written' | 'changed'> {
  const put = {
    Item: itemOf(whose, dueAt),
    ConditionExpression: 'dueAt = :before',
    ExpressionAttributeValues: { ':before': { S: dueBefore } },
  };
  return (await putWith(database, put, [])) ? 'written' : 'changed';
}

/** Gives the partners of all operators that are to be pulled from by a time, ISO 8601 in UTC, the longest due first. */
export async function* listDuePulls(database: Database, until: string): AsyncGenerator<Whose> {
  let after: string | undefined;
  for (;;) {
    const span = { order: 'ascending', limit: 100, after, to: `${until}~` } as const;
    const { entries, more } = await list(database, { steps: [[receivedLists.duePulls]], ...span });
    for (const { key } of entries) yield partnerOfPullKey(key);
    after = entries.at(-1)?.sort;
    if (!more || after === undefined) return;
  }
}
