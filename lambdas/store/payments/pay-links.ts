import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import { secretHash } from '../../runtime/secrets.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, number, optionalText, text, toItem } from '../table/item.ts';
import { payLinkKey, payLinkOfConnectorKey } from '../table/keys/account-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { transact } from '../table/transact.ts';

/** The place where a link to pay leads. */
export type PayPlace = ConnectorRef & {
  readonly operatorId: string;
  readonly chargerKey: string;
};

/** The link to pay at a connector. */
export type PayLink = PayPlace & {
  readonly token: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
};

/** The thing that a token opens: a connector at which somebody may charge, or somebody's attempt to do so. */
export type Opened =
  | { readonly kind: 'place'; readonly place: PayPlace }
  | { readonly kind: 'attempt'; readonly attemptId: string };

const placeFrom = (item: Item): PayPlace => ({
  operatorId: text(item, 'operatorId'),
  chargerKey: text(item, 'chargerKey'),
  evseId: number(item, 'evseId'),
  connectorId: number(item, 'connectorId'),
});

/** Reads the link of a connector; undefined while it has none. */
export async function readPayLink(
  database: Database,
  { chargerKey, evseId, connectorId }: Omit<PayPlace, 'operatorId'>,
): Promise<PayLink | undefined> {
  const item = await getItem(
    database,
    payLinkOfConnectorKey(chargerKey, evseId, connectorId),
    true,
  );
  return item === undefined
    ? undefined
    : { ...placeFrom(item), token: text(item, 'token'), createdAt: text(item, 'createdAt') };
}

/** Keeps the link of a connector; gives the one that it has where it has one. */
export async function createPayLink(database: Database, link: PayLink): Promise<PayLink> {
  const TableName = database.state;
  const { token, chargerKey, evseId, connectorId, operatorId, createdAt } = link;
  const place = { operatorId, chargerKey, evseId, connectorId };
  const [isFirst] = await transact(database, [
    {
      Put: {
        TableName,
        Item: toItem({
          ...payLinkOfConnectorKey(chargerKey, evseId, connectorId),
          kind: 'PAYLINK',
          ...place,
          token,
          createdAt,
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Put: {
        TableName,
        Item: toItem({ ...payLinkKey(secretHash(token)), kind: 'PAYPLACE', ...place }),
      },
    },
  ]);
  if (isFirst !== false) return link;
  return (await readPayLink(database, link)) ?? link;
}

/** Ends the link of a connector for good; another one may be made. */
export async function revokePayLink(
  database: Database,
  place: Omit<PayPlace, 'operatorId'>,
): Promise<'revoked' | 'absent'> {
  const link = await readPayLink(database, place);
  if (link === undefined) return 'absent';
  const TableName = database.state;
  const { chargerKey, evseId, connectorId } = place;
  await transact(database, [
    { Delete: { TableName, Key: keyAttributes(payLinkKey(secretHash(link.token))) } },
    {
      Delete: {
        TableName,
        Key: keyAttributes(payLinkOfConnectorKey(chargerKey, evseId, connectorId)),
      },
    },
  ]);
  return 'revoked';
}

/** Keeps the link by which a driver follows an attempt. */
export async function createAttemptLink(
  database: Database,
  token: string,
  attemptId: string,
): Promise<void> {
  await database.client.send(
    new PutItemCommand({
      TableName: database.state,
      Item: toItem({ ...payLinkKey(secretHash(token)), kind: 'PAYATTEMPT', attemptId }),
    }),
  );
}

/** Finds what a token opens; undefined for one that was never given or was revoked. */
export async function openPayLink(database: Database, token: string): Promise<Opened | undefined> {
  const item = await getItem(database, payLinkKey(secretHash(token)), true);
  if (item === undefined) return undefined;
  const attemptId = optionalText(item, 'attemptId');
  return attemptId === undefined
    ? { kind: 'place', place: placeFrom(item) }
    : { kind: 'attempt', attemptId };
}

/** Counts an attempt by a link in a window of time; `exceeded` where it had as many as it may. */
export async function countAttempt(
  database: Database,
  token: string,
  window: number,
  most: number,
): Promise<'counted' | 'exceeded'> {
  const values = { ':window': window, ':most': most, ':one': 1 };
  const update = async (UpdateExpression: string, ConditionExpression: string) => {
    const used = Object.entries(values).filter(([name]) =>
      `${UpdateExpression} ${ConditionExpression}`.includes(name),
    );
    const { kind } = await conditional(
      database.client.send(
        new UpdateItemCommand({
          TableName: database.state,
          Key: keyAttributes(payLinkKey(secretHash(token))),
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeNames: { '#window': 'window' },
          ExpressionAttributeValues: toItem(Object.fromEntries(used)),
        }),
      ),
    );
    return kind === 'written';
  };
  const isNext = 'attribute_exists(pk) AND #window = :window AND attempts < :most';
  if (await update('SET attempts = attempts + :one', isNext)) return 'counted';
  const isNew = 'attribute_exists(pk) AND (attribute_not_exists(#window) OR #window <> :window)';
  return (await update('SET #window = :window, attempts = :one', isNew)) ? 'counted' : 'exceeded';
}
