import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { text } from '../table/item.ts';
import { receivedEvsePrefix, receivedKey } from '../table/keys/received-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { type HeldEvse, heldEvseFrom } from './held-location.ts';

/** Lists the EVSEs of a partner's location by their ids; undefined where there is no such location. */
export async function listEvses(
  database: Database,
  operatorId: string,
  id: string,
  { limit, after }: ListRequest,
): Promise<Listed<HeldEvse> | undefined> {
  const key = receivedKey(operatorId, id);
  if ((await getItem(database, key)) === undefined) return undefined;
  const { pk } = key;
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :evse)',
      ExpressionAttributeValues: { ':pk': { S: pk }, ':evse': { S: receivedEvsePrefix } },
      Limit: limit + 1,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk: { S: pk }, sk: { S: after } } }),
    }),
  );
  const items = (output.Items ?? []).slice(0, limit);
  const last = items.at(-1);
  const hasMore = (output.Items ?? []).length > limit || output.LastEvaluatedKey !== undefined;
  return {
    items: items.map(heldEvseFrom),
    next: hasMore && last !== undefined ? text(last, 'sk') : null,
  };
}
