import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './client.ts';
import { conditional } from './condition.ts';
import { type Key, keyAttributes } from './keys/key.ts';

/** Deletes an item; `absent` where there is none. */
export async function deleteItem(database: Database, key: Key): Promise<'deleted' | 'absent'> {
  const deletion = await conditional(
    database.client.send(
      new DeleteItemCommand({
        TableName: database.state,
        Key: keyAttributes(key),
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ),
  );
  return deletion.kind === 'written' ? 'deleted' : 'absent';
}
