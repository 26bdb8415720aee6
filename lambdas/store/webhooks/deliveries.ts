import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { eventsKeptFor } from '../events/logged-event.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem, getItems } from '../table/get-item.ts';
import { type Item, maps, number, optionalNumber, optionalText, text } from '../table/item.ts';
import { deliveryKey } from '../table/keys/event-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { updateOf } from '../table/update.ts';

/** One attempt to deliver an event. */
export type Attempt = {
  /** Our time, ISO 8601 in UTC. */
  readonly at: string;
  readonly url: string;
  /** How long it took. */
  readonly milliseconds: number;
  /** The status that the receiver answered with; absent where it did not answer. */
  readonly status?: number;
  /** Why there was no answer. */
  readonly error?: string;
  /** The headers of the request, without signatures. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The beginning of the answer. */
  readonly responseBody?: string;
};

/** The delivery of an event to a webhook. */
export type Delivery = {
  readonly eventId: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  /** Attempts made, all of them. */
  readonly count: number;
  /** When the next one is due, ISO 8601 in UTC. */
  readonly nextAttemptAt?: string;
  /** The attempts, the first one first; of very many the first ones. */
  readonly attempts: readonly Attempt[];
};

const states = ['pending', 'delivered', 'failed'] as const;

const textsOf = (item: Item, name: string): Readonly<Record<string, string>> | undefined => {
  const map = item[name]?.M;
  return map && Object.fromEntries(Object.entries(map).map(([key, { S = '' }]) => [key, S]));
};

const attemptFrom = (item: Item): Attempt =>
  omitUndefined({
    at: text(item, 'at'),
    url: text(item, 'url'),
    milliseconds: number(item, 'milliseconds'),
    status: optionalNumber(item, 'status'),
    error: optionalText(item, 'error'),
    requestHeaders: textsOf(item, 'requestHeaders') ?? {},
    responseHeaders: textsOf(item, 'responseHeaders'),
    responseBody: optionalText(item, 'responseBody'),
  });

const deliveryFrom = (item: Item): Delivery =>
  omitUndefined({
    eventId: text(item, 'eventId'),
    state: states.find((one) => one === text(item, 'state')) ?? 'pending',
    count: number(item, 'count'),
    nextAttemptAt: optionalText(item, 'nextAttemptAt'),
    attempts: maps(item, 'attempts').map(attemptFrom),
  });

/** Reads the delivery of an event to a webhook; undefined before its first attempt. */
export async function readDelivery(
  database: Database,
  webhookId: string,
  eventId: string,
): Promise<Delivery | undefined> {
  const item = await getItem(database, deliveryKey(webhookId, eventId), true);
  return item === undefined ? undefined : deliveryFrom(item);
}

/** Reads the deliveries of events to a webhook, in their order; those that were never tried are left out. */
export async function readDeliveries(
  database: Database,
  webhookId: string,
  eventIds: readonly string[],
): Promise<readonly Delivery[]> {
  const items = await getItems(
    database,
    eventIds.map((eventId) => deliveryKey(webhookId, eventId)),
  );
  return items.flatMap((item) => (item === undefined ? [] : [deliveryFrom(item)]));
}

/** Attempts that are kept one by one: those of a delivery and of some replays. */
const mostKept = 30;

/**
 * Keeps an attempt, and what became of the delivery by it. A failure decides nothing where another attempt was kept since `before` was
 * read: the next one may have been made already, and its success stands.
 */
export async function keepAttempt(
  database: Database,
  webhookId: string,
  eventId: string,
  attempt: Attempt,
  {
    before,
    state,
    nextAttemptAt,
  }: Pick<Delivery, 'state'> & {
    readonly before: Delivery | undefined;
    readonly nextAttemptAt?: string | undefined;
  },
): Promise<void> {
  const removeAt = Math.ceil((Date.parse(attempt.at) + eventsKeptFor) / 1000);
  const isKept = (before?.attempts.length ?? 0) < mostKept;
  const append = isKept ? { append: { attempts: [attempt] } } : {};
  const written = {
    TableName: database.state,
    Key: keyAttributes(deliveryKey(webhookId, eventId)),
  };
  const known = before?.count ?? 0;
  const set = { kind: 'DELIVERY', eventId, state, count: known + 1, nextAttemptAt, removeAt };
  const update = {
    ...written,
    ...updateOf({
      set,
      remove: nextAttemptAt === undefined ? ['nextAttemptAt'] : [],
      ...append,
      ...(state === 'delivered' ? {} : { values: { known } }),
    }),
  };
  if (state === 'delivered') {
    await database.client.send(new UpdateItemCommand(update));
    return;
  }
  const ConditionExpression = 'attribute_not_exists(#count) OR #count = :known';
  const kept = await conditional(
    database.client.send(new UpdateItemCommand({ ...update, ConditionExpression })),
  );
  if (kept.kind === 'refused' && isKept) {
    await database.client.send(new UpdateItemCommand({ ...written, ...updateOf(append) }));
  }
}
