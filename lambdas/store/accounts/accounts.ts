import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Account } from '../../../core/account/account.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type Changing, changeVersioned } from '../table/change-versioned.ts';
import type { Database } from '../table/client.ts';
import { deleteItem } from '../table/delete-item.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, number, optionalText, text, toItem } from '../table/item.ts';
import { accountKey } from '../table/keys/account-keys.ts';
import { lists } from '../table/keys/lists.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';

/** An account as it is kept. */
export type StoredAccount = Account & {
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** When it was changed last, ISO 8601 in UTC. */
  readonly updatedAt: string;
  /** Counts up with every change; 1 at first. */
  readonly version: number;
};

type Facts = Omit<Account, 'accountId' | 'operatorId'>;

const attributesOf = ({ limits, ...facts }: AccountChange['set']) => ({
  ...facts,
  limits: limits === undefined ? undefined : JSON.stringify(limits),
});

/** Reads an account from its item. */
export const accountFrom = (item: Item): StoredAccount =>
  omitUndefined({
    accountId: text(item, 'accountId'),
    operatorId: text(item, 'operatorId'),
    name: text(item, 'name'),
    email: optionalText(item, 'email'),
    externalRef: optionalText(item, 'externalRef'),
    currency: text(item, 'currency'),
    vatId: optionalText(item, 'vatId'),
    limits: document<Account['limits']>(item, 'limits'),
    createdAt: text(item, 'createdAt'),
    updatedAt: text(item, 'updatedAt'),
    version: number(item, 'version'),
  });

/** Keeps a new account, together with `more`; one that exists stays as it is. */
export async function createAccount(
  database: Database,
  account: StoredAccount,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'exists'> {
  const { operatorId, accountId } = account;
  const Item = toItem({
    ...accountKey(operatorId, accountId),
    kind: 'ACCOUNT',
    ...account,
    limits: JSON.stringify(account.limits),
    listKey: lists.accounts(operatorId),
    listSort: accountId,
  });
  const put = { Item, ConditionExpression: 'attribute_not_exists(pk)' };
  return (await putWith(database, put, more)) ? 'created' : 'exists';
}

/** Reads an account of an operator; undefined where it has none of this id. */
export async function readAccount(
  database: Database,
  operatorId: string,
  accountId: string,
): Promise<StoredAccount | undefined> {
  const item = await getItem(database, accountKey(operatorId, accountId), true);
  return item === undefined ? undefined : accountFrom(item);
}

/** Lists an operator's accounts by id. */
export const listAccounts = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<StoredAccount>> =>
  await listThings(
    database,
    { steps: [[lists.accounts(operatorId)]], order: 'ascending', ...request },
    accountFrom,
  );

/** New values of facts; the ones in `remove` are known no longer. What is in neither stays as it is. */
export type AccountChange = {
  readonly set: { readonly [Fact in keyof Facts]?: Facts[Fact] | undefined };
  readonly remove: readonly ('email' | 'externalRef' | 'vatId')[];
};

/** Changes facts about an account; with `version`, only if nobody has changed it since that version was read. */
export async function changeAccount(
  database: Database,
  { operatorId, accountId }: Pick<Account, 'operatorId' | 'accountId'>,
  { set, remove }: AccountChange,
  changing: Changing,
): Promise<StoredAccount | 'absent' | 'changed'> {
  const change = { set: attributesOf(set), remove };
  const changed = await changeVersioned(
    database,
    accountKey(operatorId, accountId),
    change,
    changing,
  );
  return typeof changed === 'string' ? changed : accountFrom(changed);
}

/** Deletes an account; `absent` where no account has this id. */
export async function deleteAccount(
  database: Database,
  operatorId: string,
  accountId: string,
): Promise<'deleted' | 'absent'> {
  return await deleteItem(database, accountKey(operatorId, accountId));
}
