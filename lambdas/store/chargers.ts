import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { chargerKey as chargerKeyOf } from '../../core/charger/charger-key.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { Database } from './table/client.ts';
import { conditional } from './table/condition.ts';
import { getItem } from './table/get-item.ts';
import { type Item, number, optionalNumber, optionalText, text, toItem } from './table/item.ts';
import { chargerItemKey, lists } from './table/keys.ts';
import { type Listed, type ListRequest, listThings } from './table/listed.ts';

/** A charger as its operator registered it. */
export type Charger = {
  /** As the operator writes it. */
  readonly chargerId: string;
  /** As it is compared: lower case. */
  readonly chargerKey: string;
  readonly operatorId: string;
  /** The shard of the operator's lists that this charger's entries go to. */
  readonly shard: number;
  /** SHA-256 of the password, hex. */
  readonly passwordHash: string;
  readonly name?: string;
  /** Decimal text in kW. */
  readonly maxPowerKw?: string;
  /** How many connectors the operator says it has. */
  readonly connectors?: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly tariffId?: string;
  readonly createdAt: string;
};

/** Reads a charger's registration from its item. */
export const chargerFrom = (item: Item): Charger =>
  omitUndefined({
    chargerId: text(item, 'chargerId'),
    chargerKey: chargerKeyOf(text(item, 'chargerId')),
    operatorId: text(item, 'operatorId'),
    shard: number(item, 'shard'),
    passwordHash: text(item, 'passwordHash'),
    name: optionalText(item, 'name'),
    maxPowerKw: optionalText(item, 'maxPowerKw'),
    connectors: optionalNumber(item, 'connectors'),
    timeZone: text(item, 'timeZone'),
    tariffId: optionalText(item, 'tariffId'),
    createdAt: text(item, 'createdAt'),
  });

/** Registers a charger; an id that is taken anywhere in the deployment stays with its owner. */
export async function createCharger(
  database: Database,
  charger: Charger,
): Promise<'created' | 'exists'> {
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...chargerItemKey(charger.chargerKey),
          kind: 'CHARGER',
          ...charger,
          listKey: lists.chargers(charger.operatorId),
          listSort: charger.chargerKey,
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  return put.kind === 'written' ? 'created' : 'exists';
}

/** Reads a charger's registration. */
export async function readCharger(
  database: Database,
  chargerKey: string,
): Promise<Charger | undefined> {
  const item = await getItem(database, chargerItemKey(chargerKey));
  return item === undefined ? undefined : chargerFrom(item);
}

/** Lists an operator's chargers by id. */
export const listChargers = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<Charger>> =>
  await listThings(
    database,
    { partitions: [lists.chargers(operatorId)], order: 'ascending', ...request },
    chargerFrom,
  );
