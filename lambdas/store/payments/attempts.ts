import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { minorUnits } from '../../../core/payment/minor-units.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, toItem } from '../table/item.ts';
import { attemptKey } from '../table/keys/account-keys.ts';

type Kept = Omit<Attempt, 'hold' | 'mostHold'> & {
  readonly hold: string;
  readonly mostHold: string;
};

function attemptFrom(item: Item): Attempt {
  const { hold, mostHold, ...attempt } = document<Kept>(item, 'attempt');
  return {
    ...attempt,
    hold: minorUnits(BigInt(hold)),
    mostHold: minorUnits(BigInt(mostHold)),
  };
}

/** Amounts are whole numbers, which JSON has no room for: they are kept as text. */
const itemOf = ({ hold, mostHold, ...attempt }: Attempt, version: number): Item =>
  toItem({
    ...attemptKey(attempt.attemptId),
    kind: 'ATTEMPT',
    attempt: JSON.stringify({ ...attempt, hold: String(hold), mostHold: String(mostHold) }),
    version,
  });

/** Keeps a new attempt. */
export async function createAttempt(database: Database, attempt: Attempt): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: itemOf(attempt, 1),
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
}

/** Reads an attempt as it is now. */
export async function readAttempt(
  database: Database,
  attemptId: string,
): Promise<Attempt | undefined> {
  const item = await getItem(database, attemptKey(attemptId), true);
  return item === undefined ? undefined : attemptFrom(item);
}

/** How often another may have been at the same attempt before it is given up. */
const mostMeetings = 20;

/** Changes an attempt, whatever else is changed at the same time; gives it as it is then, undefined where there is none. */
export async function changeAttempt(
  database: Database,
  attemptId: string,
  change: Partial<Attempt>,
): Promise<Attempt | undefined> {
  for (let n = 0; n < mostMeetings; n += 1) {
    const item = await getItem(database, attemptKey(attemptId), true);
    if (item === undefined) return undefined;
    const version = number(item, 'version');
    const next = { ...attemptFrom(item), ...change };
    const put = await conditional(
      database.client.send(
        new PutItemCommand({
          TableName: database.state,
          Item: itemOf(next, version + 1),
          ConditionExpression: '#version = :before',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: toItem({ ':before': version }),
        }),
      ),
    );
    if (put.kind === 'written') return next;
  }
  throw new ConcurrentUpdateError('An attempt to pay kept being written');
}
