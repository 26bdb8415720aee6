import { countTokenChange, tokenChange } from '../chargers/desired-configuration.ts';
import type { Database } from '../table/client.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { tokenItemKey } from '../table/keys/token-keys.ts';
import { transact } from '../table/transact.ts';

/** Deletes a token and counts that at a time, ISO 8601 in UTC, both or neither; of one that is gone, it counts alone. */
export async function deleteToken(
  database: Database,
  operatorId: string,
  tokenId: string,
  deletedAt: string,
): Promise<'deleted' | 'absent'> {
  const count = { Update: tokenChange(database, operatorId, deletedAt, true) };
  const deletion = {
    Delete: {
      TableName: database.state,
      Key: keyAttributes(tokenItemKey(operatorId, tokenId)),
      ConditionExpression: 'attribute_exists(pk)',
    },
  };
  const [isThere] = await transact(database, [deletion, count]);
  if (isThere) return 'deleted';
  await countTokenChange(database, operatorId, deletedAt, true);
  return 'absent';
}
