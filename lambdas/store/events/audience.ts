import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { type Item, optionalText, toItem } from '../table/item.ts';
import { eventReaderKey } from '../table/keys/event-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { eventPartnersKey } from '../table/keys/partner-keys.ts';
import { updateOf } from '../table/update.ts';
import { type Webhook, webhookFrom } from '../webhooks/webhooks.ts';
import { eventsKeptFor } from './logged-event.ts';
import { type Subscriber, subscriberFrom } from './subscribers.ts';

/** When the events of an operator were read last, and since when they have been logged without interruption. */
export type EventReader = {
  /** ISO 8601 in UTC. */
  readonly readAt: string;
  readonly loggedSince: string;
};

/** How long, ms, nobody counts as interested who was not a moment ago: then the changes of a quiet operator cost no read each. */
export const quietFor = 5_000;

/** How old the note of the last reading may become, ms: a poll every second is not a write every second. */
const noteEvery = 3_600_000;

const readerFrom = (item: Item | undefined): EventReader | undefined => {
  const readAt = item && optionalText(item, 'readAt');
  const loggedSince = item && optionalText(item, 'loggedSince');
  return readAt === undefined || loggedSince === undefined ? undefined : { readAt, loggedSince };
};

/** Whether events are logged for whoever has read them: for as long as events are kept after each reading. */
const reads = (reader: EventReader | undefined, now: number): boolean =>
  reader !== undefined && Date.parse(reader.readAt) + eventsKeptFor + noteEvery > now;

/** The item of an operator that has not read any events yet: they are logged for a first week. */
export const newReaderItem = (operatorId: string, now: string): Item =>
  toItem({
    ...eventReaderKey(operatorId),
    kind: 'EVENTREADER',
    readAt: now,
    loggedSince: now,
  });

/**
 * Notes that an operator reads events, which are logged from now on if they were not: completely once every function has
 * noticed. `now` is ISO 8601 in UTC.
 */
export async function noteReading(
  database: Database,
  operatorId: string,
  now: string,
): Promise<EventReader> {
  const reader = readerFrom(await getItem(database, eventReaderKey(operatorId), true));
  const at = Date.parse(now);
  if (reader !== undefined && at - Date.parse(reader.readAt) < noteEvery) return reader;
  const loggedSince =
    reader !== undefined && reads(reader, at)
      ? reader.loggedSince
      : new Date(at + 2 * quietFor).toISOString();
  await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(eventReaderKey(operatorId)),
        ...updateOf({ set: { kind: 'EVENTREADER', readAt: now, loggedSince } }),
        ConditionExpression: 'attribute_not_exists(#readAt) OR #readAt < :readAt',
      }),
    ),
  );
  return { readAt: now, loggedSince };
}

/** Notes that an operator has roaming partners; what changes is shown to them once every function has noticed. */
export async function notePartners(database: Database, operatorId: string): Promise<void> {
  const Item = toItem({ ...eventPartnersKey(operatorId), kind: 'EVENTPARTNERS' });
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
}

/** Whom events of an operator are logged for. */
export type Audience = {
  /** Whether anybody reads them, or is sent them. */
  readonly isAny: boolean;
  /** The webhooks that events are sent to. */
  readonly webhooks: readonly Webhook[];
  /** The connections of the live feed that have subscribed. */
  readonly subscribers: readonly Subscriber[];
  /** Whether the operator has roaming partners, who see what changes without events. */
  readonly hasPartners: boolean;
};

async function itemsOf(database: Database, operatorId: string): Promise<readonly Item[]> {
  const output = await database.client.send(
    new QueryCommand({
      TableName: database.state,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: eventReaderKey(operatorId).pk } },
      ConsistentRead: true,
    }),
  );
  return output.Items ?? [];
}

const webhooksIn = (items: readonly Item[]): readonly Webhook[] =>
  items.filter((item) => item['kind']?.S === 'WEBHOOK').map(webhookFrom);

/** Lists the webhooks of an operator by id; there are few. */
export const listWebhooks = async (
  database: Database,
  operatorId: string,
): Promise<readonly Webhook[]> => webhooksIn(await itemsOf(database, operatorId));

/** Reads, as of now, whom events of an operator are for. */
export async function readAudience(
  database: Database,
  operatorId: string,
  now: number,
): Promise<Audience> {
  const items = await itemsOf(database, operatorId);
  const reader = readerFrom(items.find((item) => item['kind']?.S === 'EVENTREADER'));
  const webhooks = webhooksIn(items).filter(({ disabled }) => disabled === undefined);
  const subscribers = items
    .filter((item) => item['kind']?.S === 'SUBSCRIBER')
    .map(subscriberFrom)
    .filter(({ until }) => until > now);
  const isAny = webhooks.length > 0 || subscribers.length > 0 || reads(reader, now);
  const hasPartners = items.some((item) => item['kind']?.S === 'EVENTPARTNERS');
  return { isAny, webhooks, subscribers, hasPartners };
}
