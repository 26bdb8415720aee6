import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type MissingApproval, missingApprovalFrom } from '../../../core/charger/approval.ts';
import {
  chargerKey as chargerKeyOf,
  normalizeChargerId,
} from '../../../core/charger/charger-key.ts';
import type { EvseFacts } from '../../../core/location/evse-facts.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { getItem, getItems } from '../table/get-item.ts';
import {
  document,
  type Item,
  number,
  optionalNumber,
  optionalText,
  text,
  toItem,
} from '../table/item.ts';
import { chargerIdKey, chargerItemKey, connectionKey } from '../table/keys/charger-keys.ts';
import { type Key, keyAttributes } from '../table/keys/key.ts';
import { chargersOfLocation, lists } from '../table/keys/lists.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { writeTogether } from '../table/transaction.ts';
import { connectionTokenPut } from './connection-tokens.ts';
import { wasDeleted } from './connections.ts';
import type { Refusal } from './refusals.ts';

/** A charger as its operator registered it. */
export type Charger = {
  /** As the operator writes it. */
  readonly chargerId: string;
  /** Operator and id, in the form in which they are compared. */
  readonly chargerKey: string;
  readonly operatorId: string;
  /** The shard of the operator's lists that this charger's entries go to. */
  readonly shard: number;
  /** SHA-256 of the password, hex. */
  readonly passwordHash: string;
  /** SHA-256 of the connection token, hex; absent once it was revoked, until another one is used. */
  readonly connectionTokenHash?: string;
  /** SHA-256 of a password that was issued later and not used yet, hex. */
  readonly newPasswordHash?: string;
  /** SHA-256 of a connection token that was issued later and not used yet, hex. */
  readonly newConnectionTokenHash?: string;
  readonly name?: string;
  /** Decimal text in kW. */
  readonly maxPowerKw?: string;
  /** How many connectors the operator says it has. */
  readonly connectors?: number;
  /** Its EVSEs and their connectors as the operator describes them. */
  readonly evses?: readonly EvseFacts[];
  /** IANA name; that of its location where it is absent. */
  readonly timeZone?: string;
  /** That of its location, or of its operator, where it is absent. */
  readonly tariffId?: string;
  readonly locationId?: string;
  /** Absent where its operator has accepted it. */
  readonly approval?: MissingApproval;
  /** When it first connected with a certificate of its own, ISO 8601 in UTC: since then it does not without. */
  readonly certificateSince?: string;
  /** When it was commissioned, ISO 8601 in UTC: no session of it can be older. */
  readonly commissionedAt?: string;
  readonly createdAt: string;
  /** When these facts were changed last, ISO 8601 in UTC; absent while they are as at registration. */
  readonly updatedAt?: string;
  /** The same as `createdAt` where a charger of this id had been deleted before: what is older was reported by that one. */
  readonly renewedAt?: string;
  /** The last handshake under its id that was refused and kept. */
  readonly refusal?: Refusal;
  /** Counts up with every change of the facts that were given at registration; 1 at first. */
  readonly version: number;
};

/** Reads a charger's registration from its item. */
export const chargerFrom = (item: Item): Charger =>
  omitUndefined({
    chargerId: text(item, 'chargerId'),
    chargerKey: chargerKeyOf(text(item, 'operatorId'), text(item, 'chargerId')),
    operatorId: text(item, 'operatorId'),
    shard: number(item, 'shard'),
    passwordHash: text(item, 'passwordHash'),
    connectionTokenHash: optionalText(item, 'connectionTokenHash'),
    newPasswordHash: optionalText(item, 'newPasswordHash'),
    newConnectionTokenHash: optionalText(item, 'newConnectionTokenHash'),
    name: optionalText(item, 'name'),
    maxPowerKw: optionalText(item, 'maxPowerKw'),
    connectors: optionalNumber(item, 'connectors'),
    evses: item['evses'] === undefined ? undefined : document<Charger['evses']>(item, 'evses'),
    timeZone: optionalText(item, 'timeZone'),
    tariffId: optionalText(item, 'tariffId'),
    locationId: optionalText(item, 'locationId'),
    approval: missingApprovalFrom(optionalText(item, 'approval')),
    certificateSince: optionalText(item, 'certificateSince'),
    commissionedAt: optionalText(item, 'commissionedAt'),
    createdAt: text(item, 'createdAt'),
    updatedAt: optionalText(item, 'updatedAt'),
    renewedAt: optionalText(item, 'renewedAt'),
    refusal: item['refusal'] === undefined ? undefined : document<Refusal>(item, 'refusal'),
    version: number(item, 'version'),
  });

/** The attribute that lists a charger with its location. */
export const locationEntryOf = (
  operatorId: string,
  locationId: string | undefined,
): { readonly chargerListKey?: string } =>
  locationId === undefined ? {} : { chargerListKey: chargersOfLocation(operatorId, locationId) };

const chargerItem = ({ chargerKey, refusal: _none, ...charger }: Charger): Item =>
  toItem({
    ...chargerItemKey(chargerKey),
    kind: 'CHARGER',
    ...charger,
    evses: charger.evses && JSON.stringify(charger.evses),
    ...locationEntryOf(charger.operatorId, charger.locationId),
    listKey: lists.chargers(charger.operatorId),
    listSort: normalizeChargerId(charger.chargerId),
  });

/** The key of what finds a charger by its id alone. */
export const chargerIdOf = ({ chargerId, createdAt, operatorId }: Charger): Key =>
  chargerIdKey(chargerId, createdAt, operatorId);

const idItem = (charger: Charger): Item =>
  toItem({ ...chargerIdOf(charger), kind: 'CHARGERID', chargerKey: charger.chargerKey });

/** How often two registrations may meet at the same items before we give up; two would be remarkable. */
const mostAttempts = 5;

/**
 * Registers a charger with its connection token, all or nothing and together with `more`; `exists` where its operator has the id
 * already or the condition of one of those does not hold.
 */
export async function createCharger(
  database: Database,
  charger: Charger,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'exists'> {
  const { connectionTokenHash, chargerKey, createdAt } = charger;
  const { state: TableName } = database;
  const renewed = (await wasDeleted(database, chargerKey)) ? { renewedAt: createdAt } : {};
  const Item = chargerItem({ ...charger, ...renewed });
  const parts: readonly TransactWriteItem[] = [
    { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
    { Put: { TableName, Item: idItem(charger) } },
    ...(connectionTokenHash === undefined
      ? []
      : [{ Put: connectionTokenPut(database, connectionTokenHash, chargerKey, createdAt) }]),
    // The mark of an earlier deletion would keep the new charger out. There is no connection where there is no charger.
    { Delete: { TableName, Key: keyAttributes(connectionKey(chargerKey)) } },
    ...more,
  ];
  for (let n = 0; n < mostAttempts; n += 1) {
    const written = await writeTogether(
      database,
      parts.map((item) => ({ item, otherwise: 'changed' })),
    );
    if (written !== 'taken') return written === 'written' ? 'created' : 'exists';
  }
  throw new ConcurrentUpdateError('The charger kept being registered at the same time');
}

/** Reads a charger's registration. `consistent` sees every write that has been answered. */
export async function readCharger(
  database: Database,
  chargerKey: string,
  consistent = false,
): Promise<Charger | undefined> {
  const item = await getItem(database, chargerItemKey(chargerKey), consistent);
  return item === undefined ? undefined : chargerFrom(item);
}

/** Reads the registrations of chargers, in the order of their keys; undefined where there is none. */
export async function readChargers(
  database: Database,
  chargerKeys: readonly string[],
): Promise<readonly (Charger | undefined)[]> {
  const items = await getItems(database, chargerKeys.map(chargerItemKey));
  return items.map((item) => item && chargerFrom(item));
}

/** Lists an operator's chargers by id. */
export const listChargers = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<Charger>> =>
  await listThings(
    database,
    { steps: [[lists.chargers(operatorId)]], order: 'ascending', ...request },
    chargerFrom,
  );
