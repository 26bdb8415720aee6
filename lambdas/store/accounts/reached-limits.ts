import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { EventData } from '../../../core/event/event.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { type Item, number, text, toItem } from '../table/item.ts';
import { limitReachedKey } from '../table/keys/account-keys.ts';

/** That an account reached a limit. */
export type ReachedLimit = EventData['account.limit_reached'] & {
  readonly operatorId: string;
  /** Our time, ISO 8601 in UTC. */
  readonly at: string;
};

/** Days that this is kept: longer than the month, so that nothing is said twice. */
const retentionDays = 400;

/** Notes that an account reached a limit, once however often it is seen. */
export async function noteReached(database: Database, reached: ReachedLimit): Promise<void> {
  const { operatorId, accountId, month, limit, limitValue, at } = reached;
  await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...limitReachedKey(operatorId, accountId, month, limit, limitValue),
          kind: 'LIMITREACHED',
          ...reached,
          removeAt: Math.floor(Date.parse(at) / 1000) + retentionDays * 86_400,
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/** Reads that an account reached a limit from its item. */
export const reachedLimitFrom = (item: Item): ReachedLimit => ({
  operatorId: text(item, 'operatorId'),
  accountId: text(item, 'accountId'),
  month: text(item, 'month'),
  limit: text(item, 'limit') === 'energy' ? 'energy' : 'money',
  limitValue: text(item, 'limitValue'),
  energyKwh: number(item, 'energyKwh'),
  inclVat: text(item, 'inclVat'),
  currency: text(item, 'currency'),
  at: text(item, 'at'),
});
