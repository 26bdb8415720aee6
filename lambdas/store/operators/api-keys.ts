import { type TransactWriteItem, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText, text, texts, toItem } from '../table/item.ts';
import { apiKeyItemKey } from '../table/keys/api-key-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { lists } from '../table/keys/lists.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';
import { transact } from '../table/transact.ts';
import { type Part, writeTogether } from '../table/transaction.ts';
import { updateOf } from '../table/update.ts';

/** A secret that was replaced: its SHA-256, hex, and until when it is valid at most, ISO 8601 in UTC. */
export type PreviousSecret = { readonly hash: string; readonly validUntil?: string };

/** An API key as it is kept: only the hash of its secret. */
export type ApiKey = {
  readonly apiKeyId: string;
  readonly operatorId: string;
  readonly name: string;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** The wallbox whose sessions it pushes. */
  readonly chargerId?: string;
  /** The tariff of sessions that it pushes where no wallbox has one. */
  readonly tariffId?: string;
  /** IANA zone of sessions that it pushes without a wallbox; UTC unless stated. */
  readonly timeZone?: string;
  /** ISO 8601 in UTC; absent when the key does not expire. */
  readonly expiresAt?: string;
  /** The locations that it is bounded to; absent where it sees all of its operator. */
  readonly locationIds?: readonly string[];
  /** The secret before the last rotation, as long as nobody has used the new one. */
  readonly previous?: PreviousSecret;
  /** When it was used last, ISO 8601 in UTC; up to an hour behind. */
  readonly lastUsedAt?: string;
};

const previousFrom = (item: Item): PreviousSecret | undefined => {
  const hash = optionalText(item, 'previousHash');
  const validUntil = optionalText(item, 'previousUntil');
  return hash === undefined ? undefined : omitUndefined({ hash, validUntil });
};

const apiKeyFrom = (item: Item): ApiKey =>
  omitUndefined({
    apiKeyId: text(item, 'apiKeyId'),
    operatorId: text(item, 'operatorId'),
    name: text(item, 'name'),
    hash: text(item, 'hash'),
    scopes: texts(item, 'scopes'),
    createdAt: text(item, 'createdAt'),
    chargerId: optionalText(item, 'chargerId'),
    tariffId: optionalText(item, 'tariffId'),
    timeZone: optionalText(item, 'timeZone'),
    expiresAt: optionalText(item, 'expiresAt'),
    locationIds: item['locationIds'] === undefined ? undefined : texts(item, 'locationIds'),
    previous: previousFrom(item),
    lastUsedAt: optionalText(item, 'lastUsedAt'),
  });

/** Keeps a new API key, together with `more`; `refused` where a condition of those does not hold: its id is random. */
export async function createApiKey(
  database: Database,
  apiKey: ApiKey,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'refused'> {
  const { previous: _, ...kept } = apiKey;
  const Item = toItem({
    ...apiKeyItemKey(apiKey.apiKeyId),
    kind: 'APIKEY',
    ...kept,
    listKey: lists.apiKeys(apiKey.operatorId),
    listSort: apiKey.apiKeyId,
  });
  const put = { Item, ConditionExpression: 'attribute_not_exists(pk)' };
  return (await putWith(database, put, more)) ? 'created' : 'refused';
}

/** Reads an API key by its id. `consistent` sees every write that has been answered. */
export async function readApiKey(
  database: Database,
  apiKeyId: string,
  consistent = false,
): Promise<ApiKey | undefined> {
  const item = await getItem(database, apiKeyItemKey(apiKeyId), consistent);
  return item === undefined ? undefined : apiKeyFrom(item);
}

/** Notes that a key was used; `endsPrevious` ends the secret before the one that it has now. A key that is gone stays so. */
export async function noteKeyUse(
  database: Database,
  { apiKeyId, hash }: ApiKey,
  lastUsedAt: string,
  endsPrevious: boolean,
): Promise<void> {
  const change = updateOf({
    set: { lastUsedAt },
    remove: endsPrevious ? ['previousHash', 'previousUntil'] : [],
    names: ['hash'],
    ...(endsPrevious ? { values: { hash } } : {}),
  });
  // A secret that was replaced meanwhile ends none.
  const ConditionExpression = endsPrevious ? '#hash = :hash' : 'attribute_exists(#hash)';
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(apiKeyItemKey(apiKeyId)),
        ...change,
        ConditionExpression,
      }),
    ),
  );
}

/** Gives a key another secret, together with `more`; the one that it had is valid until then, or until the new one is used. */
export async function rotateApiKey(
  database: Database,
  apiKey: ApiKey,
  hash: string,
  previousUntil: string | undefined,
  more: readonly TransactWriteItem[] = [],
): Promise<'rotated' | 'changed'> {
  const change = updateOf({
    set: { hash, previousHash: apiKey.hash, previousUntil },
    remove: previousUntil === undefined ? ['previousUntil'] : [],
    values: { before: apiKey.hash },
  });
  const Update = {
    TableName: database.state,
    Key: keyAttributes(apiKeyItemKey(apiKey.apiKeyId)),
    ...change,
    ConditionExpression: '#hash = :before',
  };
  const held = await transact(database, [{ Update }, ...more]);
  return held.every(Boolean) ? 'rotated' : 'changed';
}

/** True for a key that may do everything and has not expired. `now` is ISO 8601 in UTC. */
const administers = ({ scopes, expiresAt }: ApiKey, now: string): boolean =>
  scopes.includes('admin') && (expiresAt === undefined || expiresAt > now);

/** Finds another key that may do everything; for one that never expires one that does not either, or nobody could make a key after its last day. */
async function findOtherAdministrator(
  database: Database,
  { operatorId, apiKeyId, expiresAt }: ApiKey,
  now: string,
): Promise<string | undefined> {
  let after: string | undefined;
  do {
    const { items, next } = await listApiKeys(database, operatorId, { limit: 100, after });
    const other = items.find(
      (key) =>
        key.apiKeyId !== apiKeyId &&
        administers(key, now) &&
        (key.expiresAt === undefined || expiresAt !== undefined),
    );
    if (other !== undefined) return other.apiKeyId;
    after = next ?? undefined;
  } while (after !== undefined);
  return undefined;
}

/** Administrators who delete each other's keys at once meet this often at most before we give up. */
const mostAttempts = 5;

/**
 * Deletes an operator's API key; another operator's is as absent. The last one that may do everything stays, and the last of those that never
 * expire: nobody could make another one. `now` is ISO 8601 in UTC.
 */
export async function deleteApiKey(
  database: Database,
  operatorId: string,
  apiKeyId: string,
  now: string,
): Promise<'deleted' | 'absent' | 'last-administrator'> {
  for (let n = 0; n < mostAttempts; n += 1) {
    const key = await readApiKey(database, apiKeyId, true);
    if (key?.operatorId !== operatorId) return 'absent';
    const isAdministrator = administers(key, now);
    const other = isAdministrator ? await findOtherAdministrator(database, key, now) : undefined;
    if (isAdministrator && other === undefined) return 'last-administrator';
    const written = await writeTogether(database, [
      deletionOf(database, apiKeyId),
      ...(other === undefined ? [] : [stayOf(database, other, now)]),
    ]);
    if (written === 'written') return 'deleted';
  }
  throw new ConcurrentUpdateError('The API keys kept changing while one was deleted');
}

const deletionOf = (database: Database, apiKeyId: string): Part => ({
  item: {
    Delete: {
      TableName: database.state,
      Key: keyAttributes(apiKeyItemKey(apiKeyId)),
      ConditionExpression: 'attribute_exists(pk)',
    },
  },
  otherwise: 'changed',
});

// Of two administrators that delete each other's key at once, one stays.
const stayOf = (database: Database, apiKeyId: string, stayedAt: string): Part => ({
  item: {
    Update: {
      TableName: database.state,
      Key: keyAttributes(apiKeyItemKey(apiKeyId)),
      ...updateOf({ set: { stayedAt } }),
      ConditionExpression: 'attribute_exists(pk)',
    },
  },
  otherwise: 'changed',
});

/** Lists an operator's API keys by id. */
export async function listApiKeys(
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<ApiKey>> {
  return await listThings(
    database,
    { steps: [[lists.apiKeys(operatorId)]], order: 'ascending', ...request },
    apiKeyFrom,
  );
}
