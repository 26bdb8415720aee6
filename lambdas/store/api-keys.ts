import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { Database } from './table/client.ts';
import { conditional } from './table/condition.ts';
import { getItem } from './table/get-item.ts';
import { type Item, optionalText, text, texts, toItem } from './table/item.ts';
import { apiKeyItemKey, keyAttributes, lists } from './table/keys.ts';
import { type Listed, type ListRequest, listThings } from './table/listed.ts';

/** An API key as it is kept: only the hash of its secret. */
export type ApiKey = {
  readonly apiKeyId: string;
  readonly operatorId: string;
  readonly name: string;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** ISO 8601 in UTC; absent when the key does not expire. */
  readonly expiresAt?: string;
};

const apiKeyFrom = (item: Item): ApiKey =>
  omitUndefined({
    apiKeyId: text(item, 'apiKeyId'),
    operatorId: text(item, 'operatorId'),
    name: text(item, 'name'),
    hash: text(item, 'hash'),
    scopes: texts(item, 'scopes'),
    createdAt: text(item, 'createdAt'),
    expiresAt: optionalText(item, 'expiresAt'),
  });

/** Keeps a new API key; its id is random, so one that exists already is a bug. */
export async function createApiKey(database: Database, apiKey: ApiKey): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({
        ...apiKeyItemKey(apiKey.apiKeyId),
        kind: 'APIKEY',
        ...apiKey,
        listKey: lists.apiKeys(apiKey.operatorId),
        listSort: apiKey.apiKeyId,
      }),
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
}

/** Reads an API key by its id. */
export async function readApiKey(
  database: Database,
  apiKeyId: string,
): Promise<ApiKey | undefined> {
  const item = await getItem(database, apiKeyItemKey(apiKeyId));
  return item === undefined ? undefined : apiKeyFrom(item);
}

/** Deletes an operator's API key; another operator's is as absent. */
export async function deleteApiKey(
  database: Database,
  operatorId: string,
  apiKeyId: string,
): Promise<'deleted' | 'absent'> {
  const deletion = await conditional(
    database.client.send(
      new DeleteItemCommand({
        TableName: database.state,
        Key: keyAttributes(apiKeyItemKey(apiKeyId)),
        ConditionExpression: 'operatorId = :operatorId',
        ExpressionAttributeValues: { ':operatorId': { S: operatorId } },
      }),
    ),
  );
  return deletion.kind === 'written' ? 'deleted' : 'absent';
}

/** Lists an operator's API keys by id. */
export async function listApiKeys(
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<ApiKey>> {
  return await listThings(
    database,
    { partitions: [lists.apiKeys(operatorId)], order: 'ascending', ...request },
    apiKeyFrom,
  );
}
