import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from './table/client.ts';
import { getItem } from './table/get-item.ts';
import { text, toItem } from './table/item.ts';
import { connectionTokenKey } from './table/keys.ts';

/** Keeps the SHA-256 of a charger's connection token; the token itself is shown once and never kept. */
export async function createConnectionToken(
  database: Database,
  tokenHash: string,
  chargerKey: string,
): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({ ...connectionTokenKey(tokenHash), kind: 'CONNECTIONTOKEN', chargerKey }),
    }),
  );
}

/** Tells whose connection token it is, by its SHA-256 in hex. */
export async function chargerOfToken(
  database: Database,
  tokenHash: string,
): Promise<string | undefined> {
  const item = await getItem(database, connectionTokenKey(tokenHash));
  return item === undefined ? undefined : text(item, 'chargerKey');
}
