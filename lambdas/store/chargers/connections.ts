import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { protocolFrom } from '../readings/protocol-from.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText, text, toItem } from '../table/item.ts';
import { connectionKey } from '../table/keys/charger-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { listingIndex, lists } from '../table/keys/lists.ts';
import { updateOf } from '../table/update.ts';

/** A charger's latest connection. */
export type Connection = {
  readonly connectionId: string;
  readonly protocol: Protocol;
  readonly connectedAt: string;
  readonly lastSeenAt: string;
  /** SHA-256 of the connection token that it was opened with, hex; absent where that was a password. */
  readonly connectionTokenHash?: string;
  /** Absent while the connection is open, as far as we know. */
  readonly disconnectedAt?: string;
  /** Since when it is offline, and when that was noted, ISO 8601 in UTC; absent where nobody wanted to hear of it. */
  readonly offlineSince?: string;
  readonly offlineAt?: string;
};

/**
 * Reads a connection from its item; undefined where there is none. In its place there may be the mark of a charger that was
 * deleted, also beside a registration that was read just before.
 */
export function connectionFrom(item: Item | undefined): Connection | undefined {
  // One engine gives an empty item where there was none, as others give nothing.
  if (item?.['connectionId'] === undefined) return undefined;
  return omitUndefined({
    connectionId: text(item, 'connectionId'),
    protocol: protocolFrom(text(item, 'protocol')),
    connectedAt: text(item, 'connectedAt'),
    // Written from the first sign of life after the handshake on: until then the item is one that events are derived from.
    lastSeenAt: optionalText(item, 'lastSeenAt') ?? text(item, 'connectedAt'),
    connectionTokenHash: optionalText(item, 'connectionTokenHash'),
    disconnectedAt: optionalText(item, 'disconnectedAt'),
    offlineSince: optionalText(item, 'offlineSince'),
    offlineAt: optionalText(item, 'offlineAt'),
  });
}

/**
 * Makes a connection the charger's own and gives the one that it takes over from, while that one counts as open. A charger
 * that was deleted gets none.
 */
export async function takeOver(
  database: Database,
  chargerKey: string,
  connection: {
    readonly connectionId: string;
    readonly protocol: string;
    readonly connectedAt: string;
    readonly connectionTokenHash?: string | undefined;
  },
): Promise<{ readonly previous?: Pick<Connection, 'connectionId' | 'connectedAt'> } | 'deleted'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectionKey(chargerKey)),
        ...updateOf({
          set: {
            kind: 'CONNECTION',
            ...connection,
            listKey: lists.connection(connection.connectionId),
            listSort: chargerKey,
          },
          remove: [
            'disconnectedAt',
            'lastSeenAt',
            'offlineSince',
            'offlineAt',
            ...(connection.connectionTokenHash === undefined ? ['connectionTokenHash'] : []),
          ],
          names: ['deletedAt'],
        }),
        ConditionExpression: 'attribute_not_exists(#deletedAt)',
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  if (update.kind === 'refused') return 'deleted';
  const previous = connectionFrom(update.output.Attributes);
  if (previous === undefined || previous.disconnectedAt !== undefined) return {};
  const { connectionId, connectedAt } = previous;
  return connectionId === connection.connectionId
    ? {}
    : { previous: { connectionId, connectedAt } };
}

/** Reads a charger's latest connection as it is now; undefined where it never connected. */
export async function readConnection(
  database: Database,
  chargerKey: string,
): Promise<Connection | undefined> {
  return connectionFrom(await getItem(database, connectionKey(chargerKey), true));
}

/** Says whether a connection is still the charger's own, as of now. */
export async function isCurrentConnection(
  database: Database,
  chargerKey: string,
  connectionId: string,
): Promise<boolean> {
  const item = await getItem(database, connectionKey(chargerKey), true);
  return item !== undefined && optionalText(item, 'connectionId') === connectionId;
}

/** The mark that a charger was deleted, in the place of its connection: a handshake that was under way finds it. */
export const deletionMark = (chargerKey: string, deletedAt: string): Item =>
  toItem({ ...connectionKey(chargerKey), kind: 'DELETED', deletedAt });

/** Tells whether a charger of this key was deleted and not registered again. */
export async function wasDeleted(database: Database, chargerKey: string): Promise<boolean> {
  const item = await getItem(database, connectionKey(chargerKey), true);
  return item?.['deletedAt'] !== undefined;
}

/** Notes that a connection ended; one that was taken over from changes nothing. */
export async function endConnection(
  database: Database,
  chargerKey: string,
  connectionId: string,
  disconnectedAt: string,
): Promise<'ended' | 'taken-over'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectionKey(chargerKey)),
        ...updateOf({ set: { disconnectedAt }, names: ['connectionId'], values: { connectionId } }),
        ConditionExpression: '#connectionId = :connectionId',
      }),
    ),
  );
  return update.kind === 'written' ? 'ended' : 'taken-over';
}

/** Notes that a charger whose connection has ended is offline, once; where it has come back since, nothing. Times are ISO 8601 in UTC. */
export async function markOffline(
  database: Database,
  chargerKey: string,
  connectionId: string,
  { since, offlineAt }: { readonly since: string; readonly offlineAt: string },
): Promise<'marked' | 'unchanged'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectionKey(chargerKey)),
        ...updateOf({
          set: { offlineSince: since, offlineAt },
          names: ['connectionId', 'disconnectedAt'],
          values: { connectionId },
        }),
        ConditionExpression:
          '#connectionId = :connectionId AND attribute_exists(#disconnectedAt) AND attribute_not_exists(#offlineSince)',
      }),
    ),
  );
  return update.kind === 'written' ? 'marked' : 'unchanged';
}

/** Notes that the charger was heard on this connection; the word of one that is not the charger's own changes nothing. */
export async function markSeen(
  database: Database,
  chargerKey: string,
  connectionId: string,
  lastSeenAt: string,
): Promise<'seen' | 'taken-over'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(connectionKey(chargerKey)),
        ...updateOf({ set: { lastSeenAt }, names: ['connectionId'], values: { connectionId } }),
        ConditionExpression: '#connectionId = :connectionId',
      }),
    ),
  );
  return update.kind === 'written' ? 'seen' : 'taken-over';
}

/** Finds whose connection it is, by connection id; undefined when it is nobody's any more. */
export async function chargerOfConnection(
  database: Database,
  connectionId: string,
): Promise<string | undefined> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      IndexName: listingIndex,
      KeyConditionExpression: 'listKey = :key',
      ExpressionAttributeValues: { ':key': { S: lists.connection(connectionId) } },
      Limit: 1,
    }),
  );
  const item = output.Items?.[0];
  return item === undefined ? undefined : text(item, 'listSort');
}
