import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { scheduleParts } from '../received/pull-schedule.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import {
  document,
  type Item,
  number,
  optionalNumber,
  optionalText,
  text,
  toItem,
} from '../table/item.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { lists } from '../table/keys/lists.ts';
import { partnerKey, partnerTokenKey } from '../table/keys/partner-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { transact } from '../table/transact.ts';

type Whose = Pick<Partner, 'operatorId' | 'partnerId'>;

const itemOf = (partner: Partner): Item => {
  const { operatorId, partnerId, registration, party, ourParties, ...rest } = partner;
  return toItem({
    ...partnerKey(operatorId, partnerId),
    kind: 'PARTNER',
    operatorId,
    partnerId,
    ...rest,
    registration: registration && JSON.stringify(registration),
    party: party && JSON.stringify(party),
    ourParties: ourParties && JSON.stringify(ourParties),
    accepted: JSON.stringify(partner.accepted),
    versions: JSON.stringify(partner.versions),
    ourRoles: JSON.stringify(partner.ourRoles),
    quirks: JSON.stringify(partner.quirks),
    tariffIds: partner.tariffIds && JSON.stringify(partner.tariffIds),
    unshownPrices: partner.unshownPrices && JSON.stringify(partner.unshownPrices),
    listKey: lists.partners(operatorId),
    listSort: partnerId,
  });
};

const optionalDocument = <T>(item: Item, name: string): T | undefined =>
  item[name] === undefined ? undefined : document<T>(item, name);

const partnerFrom = (item: Item): Partner =>
  omitUndefined({
    partnerId: text(item, 'partnerId'),
    operatorId: text(item, 'operatorId'),
    name: text(item, 'name'),
    versions: document<Partner['versions']>(item, 'versions'),
    ourRoles: document<Partner['ourRoles']>(item, 'ourRoles'),
    quirks: document<Partner['quirks']>(item, 'quirks'),
    accepted: document<Partner['accepted']>(item, 'accepted'),
    negativeCredits: item['negativeCredits']?.BOOL,
    pullEveryHours: optionalNumber(item, 'pullEveryHours'),
    tariffIds: optionalDocument<NonNullable<Partner['tariffIds']>>(item, 'tariffIds'),
    unshownPrices: optionalDocument<NonNullable<Partner['unshownPrices']>>(item, 'unshownPrices'),
    askUnknownTokens: item['askUnknownTokens']?.BOOL,
    ofDeployment: item['ofDeployment']?.BOOL,
    ourParties: optionalDocument<NonNullable<Partner['ourParties']>>(item, 'ourParties'),
    party: optionalDocument<NonNullable<Partner['party']>>(item, 'party'),
    registration: optionalDocument<NonNullable<Partner['registration']>>(item, 'registration'),
    suspendedAt: optionalText(item, 'suspendedAt'),
    createdAt: text(item, 'createdAt'),
    updatedAt: text(item, 'updatedAt'),
    revision: number(item, 'revision'),
  });

const hashesOf = ({ accepted }: Pick<Partner, 'accepted'>): readonly string[] => {
  const { invitation, current, next, kept, offered = [] } = accepted;
  return [...new Set([invitation, current, next, kept, ...offered])].filter(
    (hash) => hash !== undefined,
  );
};

/** The changes that make the tokens findable which a partner has now, and no others. */
function tokenChanges(
  database: Database,
  before: readonly string[],
  after: readonly string[],
  { operatorId, partnerId }: Whose,
): readonly TransactWriteItem[] {
  const TableName = database.state;
  return [
    ...after
      .filter((hash) => !before.includes(hash))
      .map((hash) => ({
        Put: {
          TableName,
          Item: toItem({ ...partnerTokenKey(hash), kind: 'PARTNERTOKEN', operatorId, partnerId }),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      })),
    ...before
      .filter((hash) => !after.includes(hash))
      .map((hash) => ({ Delete: { TableName, Key: keyAttributes(partnerTokenKey(hash)) } })),
  ];
}

/** Keeps a new partner with its tokens, together with `more`; `refused` where a condition of any does not hold. */
export async function createPartner(
  database: Database,
  partner: Partner,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'refused'> {
  const Put = {
    TableName: database.state,
    Item: itemOf(partner),
    ConditionExpression: 'attribute_not_exists(pk)',
  };
  const tokens = tokenChanges(database, [], hashesOf(partner), partner);
  // The hub of the deployment is registered from the first.
  const pulls = scheduleParts(database, undefined, partner);
  const held = await transact(database, [{ Put }, ...tokens, ...pulls, ...more]);
  return held.every(Boolean) ? 'created' : 'refused';
}

/** A change of a partner; undefined takes something away. */
export type PartnerChange = {
  readonly [Name in keyof Omit<Partner, 'partnerId' | 'operatorId' | 'createdAt' | 'revision'>]?:
    | Partner[Name]
    | undefined;
};

/**
 * Changes a partner with its tokens, together with `more`, if nobody changed it since it was read; `changed` where somebody did.
 */
export async function changePartner(
  database: Database,
  partner: Partner,
  change: PartnerChange,
  more: readonly TransactWriteItem[] = [],
): Promise<Partner | 'changed'> {
  const next = omitUndefined({
    ...partner,
    ...change,
    revision: partner.revision + 1,
  }) as Partner;
  const Put = {
    TableName: database.state,
    Item: itemOf(next),
    ConditionExpression: '#revision = :asRead',
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':asRead': { N: String(partner.revision) } },
  };
  const tokens = tokenChanges(database, hashesOf(partner), hashesOf(next), partner);
  const pulls = scheduleParts(database, partner, next);
  const held = await transact(database, [{ Put }, ...tokens, ...pulls, ...more]);
  return held.every(Boolean) ? next : 'changed';
}

/** Deletes a partner with its tokens, together with `more`; `changed` where somebody changed it since it was read. */
export async function deletePartner(
  database: Database,
  partner: Partner,
  more: readonly TransactWriteItem[] = [],
): Promise<'deleted' | 'changed'> {
  const Delete = {
    TableName: database.state,
    Key: keyAttributes(partnerKey(partner.operatorId, partner.partnerId)),
    ConditionExpression: '#revision = :asRead',
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':asRead': { N: String(partner.revision) } },
  };
  const tokens = tokenChanges(database, hashesOf(partner), [], partner);
  const pulls = scheduleParts(database, partner, undefined);
  const held = await transact(database, [{ Delete }, ...tokens, ...pulls, ...more]);
  return held.every(Boolean) ? 'deleted' : 'changed';
}

/** Reads a partner of an operator, with every change that has been answered. */
export async function readPartner(
  database: Database,
  operatorId: string,
  partnerId: string,
): Promise<Partner | undefined> {
  const item = await getItem(database, partnerKey(operatorId, partnerId), true);
  return item === undefined ? undefined : partnerFrom(item);
}

/** Finds the partner that may call with a token, by its SHA-256 in hex. */
export async function partnerOfToken(
  database: Database,
  tokenHash: string,
): Promise<Partner | undefined> {
  const item = await getItem(database, partnerTokenKey(tokenHash), true);
  return item === undefined
    ? undefined
    : await readPartner(database, text(item, 'operatorId'), text(item, 'partnerId'));
}

/** Lists the partners of an operator by id. */
export const listPartners = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<Partner>> =>
  await listThings(
    database,
    { steps: [[lists.partners(operatorId)]], order: 'ascending', ...request },
    partnerFrom,
  );
