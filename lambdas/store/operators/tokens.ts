import type { Put, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { DatedToken } from '../../../core/configuration/local-list.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import type { TokenStatus } from '../../../core/token/token.ts';
import { tokenStatusOf } from '../../../core/token/token-status-of.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import { countTokenChange, tokenChange } from '../chargers/desired-configuration.ts';
import { asRead, type Condition, type IsCurrent } from '../table/as-read.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { document, type Item, optionalText, text, toItem } from '../table/item.ts';
import { lists } from '../table/keys/lists.ts';
import { tokenItemKey } from '../table/keys/token-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { putWith } from '../table/put-with.ts';
import { transact } from '../table/transact.ts';

/** An RFID tag or app user and the billing account behind it. */
export type StoredToken = {
  readonly tokenId: string;
  readonly accountId?: string;
  readonly status: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid';
  /** ISO 8601. */
  readonly validUntil?: string;
  readonly parentTokenId?: string;
  /** A promo code for the sessions of this token, as the operator wrote it. */
  readonly promoCode?: string;
  /** The party of ours whose driver's it is for roaming partners; absent: the first. */
  readonly party?: Party;
  /** When it was changed last, ISO 8601 in UTC; unknown where nobody asks for it. */
  readonly changedAt?: string;
  /** The partner whose driver's it is; absent for one of the operator's own. */
  readonly partnerId?: string;
  /** Of a partner's token about which the partner is asked each time: our answer where it cannot be asked. */
  readonly unasked?: TokenStatus;
};

/** Reads a token from its item. */
export const tokenFrom = (item: Item): StoredToken =>
  omitUndefined({
    tokenId: text(item, 'tokenId'),
    accountId: optionalText(item, 'accountId'),
    status: tokenStatusOf(text(item, 'status')),
    validUntil: optionalText(item, 'validUntil'),
    parentTokenId: optionalText(item, 'parentTokenId'),
    promoCode: optionalText(item, 'promoCode'),
    party: item['ourParty'] && document<Party>(item, 'ourParty'),
    partnerId: optionalText(item, 'partnerId'),
    unasked: item['unasked'] && tokenStatusOf(text(item, 'unasked')),
  });

const absent: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };
const present: Condition = { ConditionExpression: 'attribute_exists(pk)' };

const tokenAttributes = [
  'tokenId',
  'accountId',
  'status',
  'validUntil',
  'parentTokenId',
  'promoCode',
  'ourParty',
  'changedAt',
];

/** How often counts of other tokens may meet that of one before it is counted by itself. */
const mostMeetings = 10;

/**
 * Puts a token and counts its change, both or neither. Where so many tokens are changed at once that their counts keep meeting, it is counted
 * after it was put, as no token may be refused for that; whoever dies in between is followed by the count of another.
 */
async function putCounted(
  database: Database,
  operatorId: string,
  put: Omit<Put, 'TableName'>,
  changedAt: string,
  more: readonly TransactWriteItem[],
): Promise<boolean> {
  const count = { Update: tokenChange(database, operatorId, changedAt, false) };
  const parts = [{ Put: { ...put, TableName: database.state } }, count, ...more];
  try {
    return (await transact(database, parts, mostMeetings)).every(Boolean);
  } catch (error) {
    if (!(error instanceof ConcurrentUpdateError)) throw error;
    const isPut = await putWith(database, put, more);
    if (isPut) await countTokenChange(database, operatorId, changedAt);
    return isPut;
  }
}

/** Keeps a token; one that says when it was changed is in the local lists of chargers, and its change is counted with it. */
async function putToken(
  database: Database,
  operatorId: string,
  { party, ...token }: StoredToken,
  condition: Condition,
  more: readonly TransactWriteItem[] = [],
): Promise<boolean> {
  const Item = toItem({
    ...tokenItemKey(operatorId, token.tokenId),
    kind: 'TOKEN',
    operatorId,
    ...token,
    ourParty: party && JSON.stringify(party),
    listKey: lists.tokens(operatorId),
    listSort: token.tokenId.toUpperCase(),
  });
  const put = { Item, ...condition };
  return token.changedAt === undefined
    ? await putWith(database, put, more)
    : await putCounted(database, operatorId, put, token.changedAt, more);
}

/** Keeps a new token, together with `more`; one that exists stays as it is. */
export const createToken = async (
  database: Database,
  operatorId: string,
  token: StoredToken,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'exists'> =>
  (await putToken(database, operatorId, token, absent, more)) ? 'created' : 'exists';

/** Replaces a token that exists, if it is what `isCurrent` takes it for. */
export async function replaceToken(
  database: Database,
  operatorId: string,
  token: StoredToken,
  isCurrent?: IsCurrent<StoredToken>,
): Promise<'replaced' | 'absent' | 'changed'> {
  if (isCurrent === undefined) {
    return (await putToken(database, operatorId, token, present)) ? 'replaced' : 'absent';
  }
  const item = await getItem(database, tokenItemKey(operatorId, token.tokenId), true);
  if (item === undefined) return 'absent';
  const isSame =
    isCurrent(tokenFrom(item)) &&
    (await putToken(database, operatorId, token, asRead(item, tokenAttributes)));
  return isSame ? 'replaced' : 'changed';
}

/** Reads a token of an operator; if `consistent`, with every change that has been answered. */
export async function readToken(
  database: Database,
  operatorId: string,
  tokenId: string,
  consistent = false,
): Promise<StoredToken | undefined> {
  const item = await getItem(database, tokenItemKey(operatorId, tokenId), consistent);
  return item === undefined ? undefined : tokenFrom(item);
}

/** Lists an operator's tokens by id. */
export const listTokens = async (
  database: Database,
  operatorId: string,
  request: ListRequest,
): Promise<Listed<StoredToken>> =>
  await listThings(
    database,
    { steps: [[lists.tokens(operatorId)]], order: 'ascending', ...request },
    tokenFrom,
  );

const datedTokenFrom = (item: Item): DatedToken =>
  omitUndefined({
    ...tokenFrom(item),
    operatorId: text(item, 'operatorId'),
    changedAt: optionalText(item, 'changedAt'),
  });

/** Reads the tokens of an operator for the local lists of its chargers, by id: so many at most. */
export async function readTokensOf(
  database: Database,
  operatorId: string,
  most: number,
): Promise<readonly DatedToken[]> {
  const tokens: DatedToken[] = [];
  let after: string | undefined;
  do {
    const page = await listThings(
      database,
      { steps: [[lists.tokens(operatorId)]], order: 'ascending', limit: 100, after },
      datedTokenFrom,
    );
    tokens.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined && tokens.length < most);
  return tokens;
}
