import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import type { MeterKey } from '../../../core/ocmf/meter-key.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { deleteItem } from '../table/delete-item.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, number, optionalMap, optionalText, text, toItem } from '../table/item.ts';
import { meterKeyItemKey, meterKeyPrefix } from '../table/keys/charger-keys.ts';
import { putWith } from '../table/put-with.ts';

/** A public key of a meter as it was registered on a charger; it never changes. */
export type StoredMeterKey = MeterKey & {
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
};

const encodingFrom = (value: string | undefined): 'hex' | 'base64' | undefined =>
  value === 'hex' || value === 'base64' ? value : undefined;

const connectorOf = (item: Item): ConnectorRef | undefined => {
  const connector = optionalMap(item, 'connector');
  return (
    connector && {
      evseId: number(connector, 'evseId'),
      connectorId: number(connector, 'connectorId'),
    }
  );
};

const meterKeyFrom = (item: Item): StoredMeterKey =>
  omitUndefined({
    meterKeyId: text(item, 'sk').slice(meterKeyPrefix.length),
    publicKey: text(item, 'publicKey'),
    encoding: encodingFrom(optionalText(item, 'encoding')),
    connector: connectorOf(item),
    meterSerial: optionalText(item, 'meterSerial'),
    validFrom: optionalText(item, 'validFrom'),
    validUntil: optionalText(item, 'validUntil'),
    createdAt: text(item, 'createdAt'),
  });

/** Keeps a key, together with `more`; one with the same id stays as it is. Gives the key that is kept. */
export async function keepMeterKey(
  database: Database,
  chargerKey: string,
  { meterKeyId, ...terms }: StoredMeterKey,
  more: readonly TransactWriteItem[] = [],
): Promise<StoredMeterKey | 'refused'> {
  const key = meterKeyItemKey(chargerKey, meterKeyId);
  const Item = toItem({ ...key, kind: 'METERKEY', ...terms });
  const put = { Item, ConditionExpression: 'attribute_not_exists(pk)' };
  if (await putWith(database, put, more)) return { meterKeyId, ...terms };
  const known = await getItem(database, key, true);
  return known === undefined ? 'refused' : meterKeyFrom(known);
}

/** Reads all keys of a charger's meters, by their ids. */
export async function readMeterKeys(
  database: Database,
  chargerKey: string,
): Promise<readonly StoredMeterKey[]> {
  const keys: StoredMeterKey[] = [];
  let start: Item | undefined;
  do {
    const output = await database.client.send(
      new QueryCommand({
        TableName: database.state,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: toItem({
          ':pk': meterKeyItemKey(chargerKey, '').pk,
          ':prefix': meterKeyPrefix,
        }),
        ExclusiveStartKey: start,
      }),
    );
    keys.push(...(output.Items ?? []).map(meterKeyFrom));
    start = output.LastEvaluatedKey;
  } while (start !== undefined);
  return keys;
}

/** Deletes a key; CDRs that it verified keep their copy. */
export async function deleteMeterKey(
  database: Database,
  chargerKey: string,
  meterKeyId: string,
): Promise<'deleted' | 'absent'> {
  return await deleteItem(database, meterKeyItemKey(chargerKey, meterKeyId));
}
