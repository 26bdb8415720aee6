import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { PresentedToken } from '../../../core/session/present-token.ts';
import type { PriceList } from '../../../core/session/price-list.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { document, type Item, optionalText, text, toItem } from '../table/item.ts';
import { presentedTokenKey } from '../table/keys/session-keys.ts';

/** Reads a token that was presented for a session from its item. */
export const presentedTokenFrom = (item: Item): PresentedToken =>
  omitUndefined({
    at: text(item, 'at'),
    tokenId: text(item, 'tokenId'),
    authorization: text(item, 'authorization'),
    accountId: optionalText(item, 'accountId'),
    promoCode: optionalText(item, 'promoCode'),
    tariffIds: item['tariffIds'] && document<PriceList>(item, 'tariffIds'),
  });

/** Keeps a token that was presented for a session whose start has not arrived: the first by the charger's time. */
export async function keepPresentedToken(
  database: Database,
  sessionId: string,
  token: PresentedToken,
): Promise<void> {
  await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...presentedTokenKey(sessionId),
          kind: 'PRESENTED',
          ...token,
          tariffIds: token.tariffIds && JSON.stringify(token.tariffIds),
        }),
        ConditionExpression: 'attribute_not_exists(pk) OR #at > :at',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':at': { S: token.at } },
      }),
    ),
  );
}
