import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { PartnerToken } from '../../../core/ocpi/model/token.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { document, optionalText, toItem } from '../table/item.ts';
import { tokenItemKey } from '../table/keys.ts';

/** A token of a driver of a partner, as it was pushed. */
export type RoamingToken = { readonly partnerId: string; readonly token: PartnerToken };

/** The answer to a charger about such a token: one that has to be asked for each time is not accepted without asking. */
const statusOf = ({ valid, whitelist }: PartnerToken): string => {
  if (!valid) return 'Blocked';
  return whitelist === 'NEVER' ? 'Invalid' : 'Accepted';
};

/**
 * Keeps a token of a partner beside the operator's own, where chargers look for it; an operator's own, and one of another
 * partner, stays as it is.
 */
export async function writeRoamingToken(
  database: Database,
  operatorId: string,
  { partnerId, token }: RoamingToken,
  changedAt: string,
): Promise<'created' | 'replaced' | 'taken'> {
  const put = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...tokenItemKey(operatorId, token.uid),
          kind: 'TOKEN',
          operatorId,
          tokenId: token.uid,
          status: statusOf(token),
          partnerId,
          roaming: JSON.stringify(token),
          changedAt,
        }),
        ConditionExpression: 'attribute_not_exists(pk) OR partnerId = :partnerId',
        ExpressionAttributeValues: { ':partnerId': { S: partnerId } },
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  if (put.kind === 'refused') return 'taken';
  return put.output.Attributes === undefined ? 'created' : 'replaced';
}

/** Reads a token that a partner pushed; undefined for one of the operator's own. */
export async function readRoamingToken(
  database: Database,
  operatorId: string,
  uid: string,
): Promise<RoamingToken | undefined> {
  const item = await getItem(database, tokenItemKey(operatorId, uid), true);
  const partnerId = item && optionalText(item, 'partnerId');
  return item === undefined || partnerId === undefined
    ? undefined
    : { partnerId, token: document<PartnerToken>(item, 'roaming') };
}
