import type { Database } from '../table/client.ts';
import { text } from '../table/item.ts';
import { accountKey } from '../table/keys/account-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { queryItems } from '../table/query-items.ts';
import { transact } from '../table/transact.ts';

/** Items that one transaction deletes. */
const mostAtOnce = 50;

/** Items that one call goes through: ten years have fewer than a hundred for each currency and limit. */
const most = 1_000;

/**
 * Deletes what is kept beside an account and is its own alone: its sums at roaming partners, which of its sessions run, and which limits it
 * reached. The account itself stays.
 */
export async function forgetUse(
  database: Database,
  operatorId: string,
  accountId: string,
): Promise<void> {
  const { pk, sk } = accountKey(operatorId, accountId);
  const query = {
    TableName: database.state,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
    ProjectionExpression: 'pk, sk',
    ConsistentRead: true,
  };
  const items = await queryItems(database, query, most);
  const keys = items.map((item) => text(item, 'sk')).filter((one) => one !== sk);
  for (let from = 0; from < keys.length; from += mostAtOnce) {
    const parts = keys.slice(from, from + mostAtOnce).map((one) => ({
      Delete: { TableName: database.state, Key: keyAttributes({ pk, sk: one }) },
    }));
    await transact(database, parts);
  }
}
