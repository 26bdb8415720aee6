import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { text, toItem } from '../table/item.ts';
import { chargerIdKey } from '../table/keys/charger-keys.ts';

/**
 * Finds the charger of an id without its operator: the one that was registered first, and whether other operators have
 * one of this id too. Undefined where nobody has.
 */
export async function firstChargerOfId(
  database: Database,
  chargerId: string,
): Promise<{ readonly chargerKey: string; readonly isShared: boolean } | undefined> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': chargerIdKey(chargerId, '', '').pk }),
      Limit: 2,
    }),
  );
  const [first, second] = output.Items ?? [];
  return first === undefined
    ? undefined
    : { chargerKey: text(first, 'chargerKey'), isShared: second !== undefined };
}
