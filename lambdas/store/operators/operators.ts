import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { newReaderItem } from '../events/audience.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { number, text, toItem } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { lists, shardOf } from '../table/keys/lists.ts';
import { operatorKey, operatorSlugKey } from '../table/keys/operator-keys.ts';
import { writeTogether } from '../table/transaction.ts';
import { updateOf } from '../table/update.ts';

/** An operator and how many chargers it ever registered, which determines how many shards its lists have. */
export type Operator = {
  readonly operatorId: string;
  readonly name: string;
  /** Names the operator in the URL of a charger; unique in the deployment. */
  readonly slug: string;
  readonly chargerCount: number;
};

/** Creates an operator with its slug, or neither where the slug is another's. */
export async function createOperator(
  database: Database,
  operator: Omit<Operator, 'chargerCount'> & { readonly createdAt: string },
): Promise<'created' | 'slug-taken'> {
  const { operatorId, slug } = operator;
  const listed = { listKey: lists.operators, listSort: operatorId };
  const free = { TableName: database.state, ConditionExpression: 'attribute_not_exists(pk)' };
  const written = await writeTogether(database, [
    {
      item: {
        Put: {
          ...free,
          Item: toItem({
            ...operatorKey(operatorId),
            kind: 'OPERATOR',
            ...operator,
            chargerCount: 0,
            ...listed,
          }),
        },
      },
      otherwise: 'changed',
    },
    {
      item: {
        Put: {
          ...free,
          Item: toItem({ ...operatorSlugKey(slug), kind: 'OPERATORSLUG', operatorId }),
        },
      },
      otherwise: 'taken',
    },
    {
      item: { Put: { ...free, Item: newReaderItem(operatorId, operator.createdAt) } },
      otherwise: 'changed',
    },
  ]);
  if (written === 'changed') throw new Error(`There is an operator ${operatorId} already`);
  return written === 'written' ? 'created' : 'slug-taken';
}

/** Tells whose slug it is. */
export async function operatorOfSlug(
  database: Database,
  slug: string,
): Promise<string | undefined> {
  const item = await getItem(database, operatorSlugKey(slug));
  return item === undefined ? undefined : text(item, 'operatorId');
}

/** Reads an operator. */
export async function readOperator(
  database: Database,
  operatorId: string,
): Promise<Operator | undefined> {
  const item = await getItem(database, operatorKey(operatorId), true);
  if (item === undefined) return undefined;
  return {
    operatorId: text(item, 'operatorId'),
    name: text(item, 'name'),
    slug: text(item, 'slug'),
    chargerCount: number(item, 'chargerCount'),
  };
}

/** Counts one more charger of an operator: tells the shard of its lists that the charger's entries go to, and the operator's slug. */
export async function countCharger(
  database: Database,
  operatorId: string,
): Promise<{ readonly shard: number; readonly slug: string }> {
  const output = await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(operatorKey(operatorId)),
      ...updateOf({ set: {}, names: ['chargerCount'], values: { one: 1 } }),
      UpdateExpression: 'ADD #chargerCount :one',
      ConditionExpression: 'attribute_exists(pk)',
      ReturnValues: 'ALL_NEW',
    }),
  );
  const item = output.Attributes ?? {};
  return { shard: shardOf(number(item, 'chargerCount')), slug: text(item, 'slug') };
}

/** All shards that an operator's lists may have entries in. */
export const shardsOf = (operator: Operator): readonly number[] =>
  Array.from({ length: shardOf(operator.chargerCount) + 1 }, (_, shard) => shard);
