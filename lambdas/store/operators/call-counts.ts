import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { number } from '../table/item.ts';
import { apiKeyCallsKey } from '../table/keys/api-key-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';

/**
 * Adds calls of an API key to its count of a window and gives the sum. Only the latest window is kept: calls of an
 * earlier one are not counted any more.
 */
export async function countCalls(
  database: Database,
  apiKeyId: string,
  window: number,
  calls: number,
): Promise<number> {
  const update = { TableName: database.state, Key: keyAttributes(apiKeyCallsKey(apiKeyId)) };
  const values = { ':window': { N: String(window) }, ':calls': { N: String(calls) } };
  const names = { '#window': 'window', '#calls': 'calls' };
  const added = await conditional(
    database.client.send(
      new UpdateItemCommand({
        ...update,
        UpdateExpression: 'ADD #calls :calls',
        ConditionExpression: '#window = :window',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ReturnValues: 'UPDATED_NEW',
      }),
    ),
  );
  if (added.kind === 'written') return number(added.output.Attributes ?? {}, 'calls');
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        ...update,
        UpdateExpression: 'SET #window = :window, #calls = :calls',
        ConditionExpression: 'attribute_not_exists(#window) OR #window < :window',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      }),
    ),
  );
  return calls;
}
