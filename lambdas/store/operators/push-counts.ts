import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { number } from '../table/item.ts';
import { pushCountKey } from '../table/keys/api-key-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { updateOf } from '../table/update.ts';

/**
 * Counts one more request of an API key in a window, and gives how many there are with it: each gets a number of its own, however
 * many come at once. The counter is removed some time after `removeAt`, epoch seconds.
 */
export async function countPush(
  database: Database,
  apiKeyId: string,
  window: number,
  removeAt: number,
): Promise<number> {
  const change = updateOf({
    setIfAbsent: { kind: 'PUSHES', removeAt },
    names: ['pushes'],
    values: { one: 1 },
  });
  const output = await database.client.send(
    new UpdateItemCommand({
      TableName: database.state,
      Key: keyAttributes(pushCountKey(apiKeyId, window)),
      ...change,
      UpdateExpression: `${change.UpdateExpression} ADD #pushes :one`,
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return number(output.Attributes ?? {}, 'pushes');
}
