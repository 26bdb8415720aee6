import {
  type AttributeValue,
  BatchWriteItemCommand,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  chargerItemKey,
  keyAttributes,
  operatorKey,
  shardOf,
} from '../lambdas/store/table/keys.ts';
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
  const template = await readFirst(stack);
  for (let next = from; next < to; next += itemsPerRequest) {
    const size = Math.min(itemsPerRequest, to - next);
    const requests = Array.from({ length: size }, (_, index) => ({
      PutRequest: { Item: copyOf(template, next + index) },
    }));
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

async function readFirst({ database }: BenchStack): Promise<Item> {
  const Key = keyAttributes(chargerItemKey(benchChargerId(0)));
  const { Item } = await database.client.send(
    new GetItemCommand({ TableName: database.state, Key }),
  );
  if (Item === undefined) {
    throw new Error('The first charger of the fleet is not registered.');
  }
  return Item;
}

function copyOf(template: Item, index: number): Item {
  const text = JSON.stringify(template).replaceAll(benchChargerId(0), benchChargerId(index));
  return { ...(JSON.parse(text) as Item), shard: { N: String(shardOf(index + 1)) } };
}
