import type { Delete, Put } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { text, toItem } from '../table/item.ts';
import { connectionTokenKey } from '../table/keys/charger-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';

/** Keeps the SHA-256 of a charger's connection token, as part of a transaction; the token itself is shown once and never kept. */
export const connectionTokenPut = (
  database: Database,
  tokenHash: string,
  chargerKey: string,
  createdAt: string,
): Put => ({
  TableName: database.state,
  Item: toItem({
    ...connectionTokenKey(tokenHash),
    kind: 'CONNECTIONTOKEN',
    chargerKey,
    createdAt,
  }),
});

/** Deletes a connection token by its SHA-256 in hex, as part of a transaction. */
export const connectionTokenDelete = (database: Database, tokenHash: string): Delete => ({
  TableName: database.state,
  Key: keyAttributes(connectionTokenKey(tokenHash)),
});

/** When connection tokens were given to a charger, by their SHA-256 in hex; those that are gone are left out. */
export async function readConnectionTokens(
  database: Database,
  tokenHashes: readonly string[],
): Promise<readonly { readonly tokenHash: string; readonly createdAt: string }[]> {
  const items = await getItems(database, tokenHashes.map(connectionTokenKey), true);
  return tokenHashes.flatMap((tokenHash, n) => {
    const item = items[n];
    return item === undefined ? [] : [{ tokenHash, createdAt: text(item, 'createdAt') }];
  });
}

/** Tells whose connection token it is, by its SHA-256 in hex. `consistent` sees every write that has been answered. */
export async function chargerOfToken(
  database: Database,
  tokenHash: string,
  consistent = false,
): Promise<string | undefined> {
  const item = await getItem(database, connectionTokenKey(tokenHash), consistent);
  return item === undefined ? undefined : text(item, 'chargerKey');
}
