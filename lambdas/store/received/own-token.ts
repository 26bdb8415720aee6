import { type StoredToken, tokenFrom } from '../operators/tokens.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { tokenItemKey } from '../table/keys/token-keys.ts';

/** Reads a token of one of our drivers; undefined for one that nobody has, and for one that a partner pushed. */
export async function readOwnToken(
  database: Database,
  operatorId: string,
  tokenId: string,
): Promise<StoredToken | undefined> {
  const item = await getItem(database, tokenItemKey(operatorId, tokenId), true);
  return item === undefined || item['partnerId'] !== undefined ? undefined : tokenFrom(item);
}
