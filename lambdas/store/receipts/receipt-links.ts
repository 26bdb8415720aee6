import type { Issuer } from '../../../core/receipt/issuer.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { issuerIn, readIssuer } from '../operators/issuer.ts';
import type { Database } from '../table/client.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, text, toItem } from '../table/item.ts';
import { receiptLinkKey, receiptOfSessionKey } from '../table/keys/account-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { transact } from '../table/transact.ts';

/** The link to a session's receipt. */
export type ReceiptLink = {
  readonly token: string;
  readonly operatorId: string;
  readonly sessionId: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
};

const linkFrom = (item: Item): ReceiptLink => ({
  token: text(item, 'token'),
  operatorId: text(item, 'operatorId'),
  sessionId: text(item, 'sessionId'),
  createdAt: text(item, 'createdAt'),
});

/** Reads the link to the receipt of a session; undefined while it has none, or after it was revoked. */
export async function readReceiptLink(
  database: Database,
  sessionId: string,
): Promise<ReceiptLink | undefined> {
  const item = await getItem(database, receiptOfSessionKey(sessionId), true);
  return item === undefined || 'revokedAt' in item ? undefined : linkFrom(item);
}

/**
 * Keeps the link to a session's receipt; gives the one that it has where it has one. Where its link was revoked it gets another one only
 * where `despiteRevocation` says so, and none otherwise: a driver who looks again does not undo what the operator did. Who sells is kept with
 * it as the settings say it now, so that an issued receipt names the same one whatever is set later.
 */
export async function createReceiptLink(
  database: Database,
  link: ReceiptLink,
  despiteRevocation: boolean,
): Promise<ReceiptLink | undefined> {
  const TableName = database.state;
  const { token, operatorId, sessionId, createdAt } = link;
  const own = { operatorId, sessionId, createdAt };
  const issuer = await readIssuer(database, operatorId);
  const [isFirst] = await transact(database, [
    {
      Put: {
        TableName,
        Item: toItem({ ...receiptOfSessionKey(sessionId), kind: 'RECEIPT', token, ...own }),
        ConditionExpression: despiteRevocation
          ? 'attribute_not_exists(pk) OR attribute_exists(revokedAt)'
          : 'attribute_not_exists(pk)',
      },
    },
    {
      Put: {
        TableName,
        Item: toItem({
          ...receiptLinkKey(secretHash(token)),
          kind: 'RECEIPTLINK',
          ...own,
          issuer: issuer && JSON.stringify(issuer),
        }),
      },
    },
  ]);
  if (isFirst !== false) return link;
  return await readReceiptLink(database, sessionId);
}

/** Ends a link for good, at a time in ISO 8601 in UTC; `absent` where the session has none. Another one may be made. */
export async function revokeReceiptLink(
  database: Database,
  sessionId: string,
  revokedAt: string,
): Promise<'revoked' | 'absent'> {
  const link = await readReceiptLink(database, sessionId);
  if (link === undefined) return 'absent';
  const TableName = database.state;
  await transact(database, [
    { Delete: { TableName, Key: keyAttributes(receiptLinkKey(secretHash(link.token))) } },
    {
      Put: {
        TableName,
        // Kept without its token: the next look of the driver makes no other one.
        Item: toItem({
          ...receiptOfSessionKey(sessionId),
          kind: 'RECEIPT',
          operatorId: link.operatorId,
          sessionId,
          revokedAt,
        }),
        ConditionExpression: '#token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':token': { S: link.token } },
      },
    },
  ]);
  return 'revoked';
}

/** The session that a link shows, and who sold when it was made: undefined where the settings did not say it. */
export type FoundReceiptLink = Omit<ReceiptLink, 'token'> & { readonly issuer?: Issuer };

/** Finds whose receipt a token opens; undefined for one that was never given or was revoked. */
export async function findReceipt(
  database: Database,
  token: string,
): Promise<FoundReceiptLink | undefined> {
  const item = await getItem(database, receiptLinkKey(secretHash(token)), true);
  if (item === undefined) return undefined;
  const issuer = issuerIn(item);
  return {
    operatorId: text(item, 'operatorId'),
    sessionId: text(item, 'sessionId'),
    createdAt: text(item, 'createdAt'),
    ...(issuer === undefined ? {} : { issuer }),
  };
}
