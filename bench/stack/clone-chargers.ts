import {
  type AttributeValue,
  BatchWriteItemCommand,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { chargerIdKey, chargerItemKey } from '../../lambdas/store/table/keys/charger-keys.ts';
import { keyAttributes } from '../../lambdas/store/table/keys/key.ts';
import { shardOf } from '../../lambdas/store/table/keys/lists.ts';
import { operatorKey } from '../../lambdas/store/table/keys/operator-keys.ts';
import type { BenchStack } from './bench-stack.ts';
import { benchChargerId } from './register-chargers.ts';

type Item = Record<string, AttributeValue>;

const itemsPerRequest = 25;

/**
 * Makes the chargers `from` to `to` of a fleet as copies of its first one, in the shards they would have come to:
 * registering each would take minutes. They connect with the first one's password.
 */
export async function cloneChargers(stack: BenchStack, from: number, to: number): Promise<void> {
  const { client, state } = stack.database;
  const templates = await readFirst(stack);
  const atOnce = Math.floor(itemsPerRequest / templates.length);
  for (let next = from; next < to; next += atOnce) {
    const size = Math.min(atOnce, to - next);
    const requests = Array.from({ length: size }, (_, index) => next + index).flatMap((index) =>
      templates.map((template) => ({ PutRequest: { Item: copyOf(template, index) } })),
    );
    await client.send(new BatchWriteItemCommand({ RequestItems: { [state]: requests } }));
  }
  await client.send(
    new UpdateItemCommand({
      TableName: state,
      Key: keyAttributes(operatorKey(stack.operatorId)),
      UpdateExpression: 'ADD chargerCount :more',
      ExpressionAttributeValues: { ':more': { N: String(to - from) } },
    }),
  );
}

/** The registration of the first charger, and by which its id is found without its operator. */
async function readFirst({ database, operatorId }: BenchStack): Promise<readonly Item[]> {
  const key = chargerKey(operatorId, benchChargerId(0));
  const { Item } = await database.client.send(
    new GetItemCommand({ TableName: database.state, Key: keyAttributes(chargerItemKey(key)) }),
  );
  const named = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: chargerIdKey(benchChargerId(0), '', '').pk } },
    }),
  );
  const items = [...(Item === undefined ? [] : [Item]), ...(named.Items ?? [])];
  if (items.length !== 2) {
    throw new Error('The first charger of the fleet is not registered.');
  }
  return items;
}

function copyOf(template: Item, index: number): Item {
  const text = JSON.stringify(template).replaceAll(benchChargerId(0), benchChargerId(index));
  const item = JSON.parse(text) as Item;
  return 'shard' in item ? { ...item, shard: { N: String(shardOf(index + 1)) } } : item;
}
