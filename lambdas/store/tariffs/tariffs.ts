import {
  QueryCommand,
  type QueryCommandOutput,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, text, toItem } from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { lists } from '../table/keys/lists.ts';
import {
  tariffKey,
  tariffVersionKey,
  tariffVersionPrefix,
  versionOfKey,
} from '../table/keys/tariff-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { transact } from '../table/transact.ts';
import { updateOf } from '../table/update.ts';

/** A version of a tariff and when it was made; it never changes. */
export type TariffVersion = { readonly createdAt: string; readonly tariff: Tariff };

const versionFrom = (item: Item): TariffVersion => ({
  createdAt: text(item, 'createdAt'),
  tariff: document<Tariff>(item, 'document'),
});

const versionItem = (operatorId: string, version: TariffVersion): Item =>
  toItem({
    ...tariffVersionKey(
      operatorId,
      version.tariff.tariffId,
      version.createdAt,
      version.tariff.version,
    ),
    kind: 'TARIFFVERSION',
    createdAt: version.createdAt,
    document: JSON.stringify(version.tariff),
  });

/** Keeps a version, together with `more`: the first makes the tariff, each later one follows the version before it. */
export async function writeTariffVersion(
  database: Database,
  operatorId: string,
  version: TariffVersion,
  more: readonly TransactWriteItem[] = [],
): Promise<'written' | 'conflict'> {
  const { tariff } = version;
  const first = tariff.version === 1;
  const listed = first
    ? { listKey: lists.tariffs(operatorId), listSort: tariff.tariffId, tariffId: tariff.tariffId }
    : {};
  const pointer = updateOf({
    set: {
      kind: 'TARIFF',
      version: tariff.version,
      name: tariff.name,
      createdAt: version.createdAt,
      document: JSON.stringify(tariff),
      ...listed,
    },
    ...(first ? {} : { values: { previous: tariff.version - 1 } }),
  });
  const held = await transact(database, [
    {
      Put: {
        TableName: database.state,
        Item: versionItem(operatorId, version),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Update: {
        TableName: database.state,
        Key: keyAttributes(tariffKey(operatorId, tariff.tariffId)),
        ...pointer,
        ConditionExpression: first ? 'attribute_not_exists(pk)' : '#version = :previous',
      },
    },
    ...more,
  ]);
  return held.every(Boolean) ? 'written' : 'conflict';
}

/** Reads a tariff in its latest version. */
export async function readTariff(
  database: Database,
  operatorId: string,
  tariffId: string,
): Promise<TariffVersion | undefined> {
  const item = await getItem(database, tariffKey(operatorId, tariffId), true);
  return item === undefined ? undefined : versionFrom(item);
}

async function oneVersion(
  database: Database,
  pk: string,
  to: string,
  order: 'first' | 'last',
): Promise<TariffVersion | undefined> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':from': tariffVersionPrefix, ':to': to }),
      ScanIndexForward: order === 'first',
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  const [item] = output.Items ?? [];
  return item === undefined ? undefined : versionFrom(item);
}

/**
 * Reads the version of a tariff that holds at a moment (ISO 8601 in UTC with milliseconds): the latest one made by
 * then, else the first. Undefined when there is no such tariff.
 */
export async function readVersionInForce(
  database: Database,
  operatorId: string,
  tariffId: string,
  moment: string,
): Promise<TariffVersion | undefined> {
  const { pk } = tariffKey(operatorId, tariffId);
  return (
    (await oneVersion(database, pk, `${tariffVersionPrefix}${moment}#~`, 'last')) ??
    (await oneVersion(database, pk, `${tariffVersionPrefix}~`, 'first'))
  );
}

async function keyOfVersion(
  database: Database,
  pk: string,
  version: number,
): Promise<string | undefined> {
  let start: Item | undefined;
  do {
    const output: QueryCommandOutput = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: toItem({ ':pk': pk, ':prefix': tariffVersionPrefix }),
        ProjectionExpression: 'sk',
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    const found = (output.Items ?? []).map((item) => text(item, 'sk'));
    const key = found.find((sk) => versionOfKey(sk) === version);
    if (key !== undefined) return key;
    start = output.LastEvaluatedKey;
  } while (start !== undefined);
  return undefined;
}

/** Reads one version of a tariff by its number; undefined when there is no such version. */
export async function readTariffVersion(
  database: Database,
  operatorId: string,
  tariffId: string,
  version: number,
): Promise<TariffVersion | undefined> {
  const { pk } = tariffKey(operatorId, tariffId);
  // Versions are sorted by when they were made, which a number does not show.
  const sk = await keyOfVersion(database, pk, version);
  const item = sk === undefined ? undefined : await getItem(database, { pk, sk }, true);
  return item === undefined ? undefined : versionFrom(item);
}

/** Tells the number of a tariff's latest version; undefined when there is no such tariff. */
export async function latestVersion(
  database: Database,
  operatorId: string,
  tariffId: string,
): Promise<number | undefined> {
  const item = await getItem(database, tariffKey(operatorId, tariffId), true);
  return item === undefined ? undefined : number(item, 'version');
}

/** Lists an operator's tariffs by id, each in its latest version. */
export const listTariffs = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<TariffVersion>> =>
  await listThings(
    database,
    { steps: [[lists.tariffs(operatorId)]], order: 'ascending', ...request },
    versionFrom,
  );
