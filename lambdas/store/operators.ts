import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './table/client.ts';
import { conditional } from './table/condition.ts';
import { getItem } from './table/get-item.ts';
import { number, text, toItem } from './table/item.ts';
import { keyAttributes, lists, operatorKey, shardOf } from './table/keys.ts';
import { updateOf } from './table/update.ts';

/** An operator and how many chargers it ever registered, which tells how many shards its lists have. */
export type Operator = {
  readonly operatorId: string;
  readonly name: string;
  readonly chargerCount: number;
};

/** Creates an operator; one that exists already stays as it is. */
export async function createOperator(
  database: Database,
  operator: { readonly operatorId: string; readonly name: string; readonly createdAt: string },
): Promise<'created' | 'exists'> {
  const key = operatorKey(operator.operatorId);
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...key,
          kind: 'OPERATOR',
          ...operator,
          chargerCount: 0,
          listKey: lists.operators,
          listSort: operator.operatorId,
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  return put.kind === 'written' ? 'created' : 'exists';
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
    chargerCount: number(item, 'chargerCount'),
  };
}

/** Counts one more charger of an operator and tells the shard of its lists that the charger's entries go to. */
export async function nextShard(database: Database, operatorId: string): Promise<number> {
  const output = await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(operatorKey(operatorId)),
      ...updateOf({ set: {}, names: ['chargerCount'], values: { one: 1 } }),
      UpdateExpression: 'ADD #chargerCount :one',
      ConditionExpression: 'attribute_exists(pk)',
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return shardOf(number(output.Attributes ?? {}, 'chargerCount'));
}

/** All shards that an operator's lists may have entries in. */
export const shardsOf = (operator: Operator): readonly number[] =>
  Array.from({ length: shardOf(operator.chargerCount) + 1 }, (_, shard) => shard);
