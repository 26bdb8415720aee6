import type { Delete, Put } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { text, toItem } from '../table/item.ts';
import { connectionTokenKey, keyAttributes } from '../table/keys.ts';

/** Keeps the SHA-256 of a charger's connection token, as part of a transaction; the token itself is shown once and never kept. */
export const connectionTokenPut = (
  database: Database,
  tokenHash: string,
  chargerKey: string,
): Put => ({
  TableName: database.state,
  Item: toItem({ ...connectionTokenKey(tokenHash), kind: 'CONNECTIONTOKEN', chargerKey }),
});

/** Deletes a connection token by its SHA-256 in hex, as part of a transaction. */
export const connectionTokenDelete = (database: Database, tokenHash: string): Delete => ({
  TableName: database.state,
  Key: keyAttributes(connectionTokenKey(tokenHash)),
});

/** Tells whose connection token it is, by its SHA-256 in hex. */
export async function chargerOfToken(
  database: Database,
  tokenHash: string,
): Promise<string | undefined> {
  const item = await getItem(database, connectionTokenKey(tokenHash));
  return item === undefined ? undefined : text(item, 'chargerKey');
}
