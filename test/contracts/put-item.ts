import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../../lambdas/store/table/client.ts';
import type { Item } from '../../lambdas/store/table/item.ts';

/** Writes an item of the state table as it is. */
export async function putItem(database: Database, item: Item): Promise<void> {
  await database.client.send(new PutItemCommand({ TableName: database.state, Item: item }));
}
