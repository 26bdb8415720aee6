import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import type { Item } from '../table/item.ts';

/** Reads every item of a partition in its order, with every write that has been answered. */
export async function readPartition(database: Database, pk: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ConsistentRead: true,
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    items.push(...(output.Items ?? []));
    ExclusiveStartKey = output.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
