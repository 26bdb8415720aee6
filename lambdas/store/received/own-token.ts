import { type StoredToken, tokenFrom } from '../operators/tokens.ts';
import type { Database } from '../table/client.ts';
import { getItem, getItems } from '../table/get-item.ts';
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

/** The operators of these whose driver has a token; a hundred of them are asked in one request. */
export async function operatorsWithToken(
  database: Database,
  operatorIds: readonly string[],
  tokenId: string,
): Promise<readonly string[]> {
  const unique = [...new Set(operatorIds)];
  const keys = unique.map((operatorId) => tokenItemKey(operatorId, tokenId));
  const items = await getItems(database, keys, true);
  return unique.filter((_operatorId, at) => {
    const item = items[at];
    return item !== undefined && item['partnerId'] === undefined;
  });
}
