import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { normalizeChargerId } from '../../../core/charger/charger-key.ts';
import type { Event } from '../../../core/event/event.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, number, optionalText, text, texts, toItem } from '../table/item.ts';
import { subscriberKey } from '../table/keys/event-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { updateOf } from '../table/update.ts';

/** A connection of the live feed that has subscribed. */
export type Subscriber = {
  readonly operatorId: string;
  readonly connectionId: string;
  readonly apiKeyId: string;
  /** The place in the log up to which everything wanted was sent, as the id of an event. */
  readonly position: string;
  /** Types of events that are wanted; all where it is empty. */
  readonly types: readonly string[];
  /** Chargers whose events are wanted, in the form in which ids are compared; all where it is empty. */
  readonly chargers: readonly string[];
  /** Locations whose chargers' events are wanted, by where a charger belongs when they are sent; all where it is empty. */
  readonly locations: readonly string[];
  /** Whoever is sending a batch at this moment; absent between two. */
  readonly claim?: string;
  /** Epoch ms after which the connection is over in any case: API Gateway ends it after two hours. */
  readonly until: number;
};

/** Reads a subscriber from its item. */
export const subscriberFrom = (item: Item): Subscriber =>
  omitUndefined({
    operatorId: text(item, 'operatorId'),
    connectionId: text(item, 'connectionId'),
    apiKeyId: text(item, 'apiKeyId'),
    position: text(item, 'position'),
    types: texts(item, 'types'),
    chargers: texts(item, 'chargers'),
    locations: texts(item, 'locations'),
    claim: optionalText(item, 'claim'),
    until: number(item, 'until'),
  });

/** Whether an event is wanted by a subscriber, as far as the event itself says. */
export const wantedBy =
  ({ types, chargers }: Subscriber) =>
  ({ type, data }: Event): boolean =>
    (types.length === 0 || types.includes(type)) &&
    (chargers.length === 0 ||
      chargers.includes(normalizeChargerId(String(data['chargerId'] ?? ''))));

/** Keeps a subscription; a connection has one for its life, so that a second is refused. */
export async function addSubscriber(
  database: Database,
  subscriber: Subscriber,
): Promise<'added' | 'exists'> {
  const written = await conditional(
    database.client.send(
      new PutItemCommand({
        TableName: database.state,
        Item: toItem({
          ...subscriberKey(subscriber.operatorId, subscriber.connectionId),
          kind: 'SUBSCRIBER',
          ...subscriber,
          removeAt: Math.ceil(subscriber.until / 1000),
        }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
  return written.kind === 'written' ? 'added' : 'exists';
}

/** Reads a subscriber as of now. */
export async function readSubscriber(
  database: Database,
  operatorId: string,
  connectionId: string,
): Promise<Subscriber | undefined> {
  const item = await getItem(database, subscriberKey(operatorId, connectionId), true);
  return item === undefined ? undefined : subscriberFrom(item);
}

/** Claims what follows a subscriber's place for one sender: until it is released nobody else may send. */
export async function claimSubscriber(
  database: Database,
  { operatorId, connectionId, position }: Subscriber,
  claim: string,
): Promise<boolean> {
  const written = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(subscriberKey(operatorId, connectionId)),
        ...updateOf({ set: { claim }, names: ['position'], values: { position } }),
        ConditionExpression: '#position = :position AND attribute_not_exists(#claim)',
      }),
    ),
  );
  return written.kind === 'written';
}

/** Moves a subscriber's place on and releases the claim on it; false where it is not the sender's any more. */
export async function releaseSubscriber(
  database: Database,
  { operatorId, connectionId }: Subscriber,
  claim: string,
  position: string,
): Promise<boolean> {
  const written = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(subscriberKey(operatorId, connectionId)),
        ...updateOf({ set: { position }, remove: ['claim'], values: { claim } }),
        ConditionExpression: '#claim = :claim',
      }),
    ),
  );
  return written.kind === 'written';
}

/** Forgets a subscriber: its connection is over. */
export async function removeSubscriber(
  database: Database,
  operatorId: string,
  connectionId: string,
): Promise<void> {
  await database.client.send(
    new DeleteItemCommand({
      TableName: database.state,
      Key: keyAttributes(subscriberKey(operatorId, connectionId)),
    }),
  );
}
