import { type TransactWriteItem, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { deleteItem } from '../table/delete-item.ts';
import { getItem } from '../table/get-item.ts';
import {
  type Item,
  number,
  optionalMap,
  optionalText,
  text,
  texts,
  toItem,
} from '../table/item.ts';
import { webhookKey } from '../table/keys/event-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { putWith } from '../table/put-with.ts';
import { transact } from '../table/transact.ts';
import { type Change, updateOf } from '../table/update.ts';

/** Why nothing is sent to a webhook any more. */
export type Disabled = {
  /** `operator`, `gone` (the receiver answered 410) or `failing` (for five days). */
  readonly reason: 'operator' | 'gone' | 'failing';
  readonly at: string;
};

/** A URL of an integrator that events are sent to. Times are ISO 8601 in UTC. */
export type Webhook = {
  readonly webhookId: string;
  readonly operatorId: string;
  readonly url: string;
  /** Types of events; `*` for all. */
  readonly events: readonly string[];
  readonly description?: string;
  readonly createdAt: string;
  /** Present while nothing is sent. */
  readonly disabled?: Disabled;
  /** The version of its secrets. */
  readonly secretVersion: number;
  /** Until when the secrets before them sign as well. */
  readonly previousUntil?: string;
  /** When the first of the deliveries failed that have failed since the last success. */
  readonly failingSince?: string;
  /** When its operator asked for a test event last. */
  readonly testedAt?: string;
  /** Counts up with every change by its operator. */
  readonly version: number;
};

const reasons = ['operator', 'gone', 'failing'] as const;

function disabledFrom(item: Item | undefined): Disabled | undefined {
  const reason = reasons.find((one) => item !== undefined && one === text(item, 'reason'));
  return item === undefined || reason === undefined ? undefined : { reason, at: text(item, 'at') };
}

/** Reads a webhook from its item. */
export const webhookFrom = (item: Item): Webhook =>
  omitUndefined({
    webhookId: text(item, 'webhookId'),
    operatorId: text(item, 'operatorId'),
    url: text(item, 'url'),
    events: texts(item, 'events'),
    description: optionalText(item, 'description'),
    createdAt: text(item, 'createdAt'),
    disabled: disabledFrom(optionalMap(item, 'disabled')),
    secretVersion: number(item, 'secretVersion'),
    previousUntil: optionalText(item, 'previousUntil'),
    failingSince: optionalText(item, 'failingSince'),
    testedAt: optionalText(item, 'testedAt'),
    version: number(item, 'version'),
  });

/** Creates a webhook, together with `more`; `refused` where a condition of those does not hold: its id is random. */
export async function createWebhook(
  database: Database,
  webhook: Webhook,
  more: readonly TransactWriteItem[] = [],
): Promise<'created' | 'refused'> {
  const key = webhookKey(webhook.operatorId, webhook.webhookId);
  const Item = toItem({ ...key, kind: 'WEBHOOK', ...webhook });
  const put = { Item, ConditionExpression: 'attribute_not_exists(pk)' };
  return (await putWith(database, put, more)) ? 'created' : 'refused';
}

/** Reads a webhook of an operator, with every change that has been answered. */
export async function readWebhook(
  database: Database,
  operatorId: string,
  webhookId: string,
): Promise<Webhook | undefined> {
  const item = await getItem(database, webhookKey(operatorId, webhookId), true);
  return item === undefined ? undefined : webhookFrom(item);
}

async function change(
  database: Database,
  { operatorId, webhookId }: Pick<Webhook, 'operatorId' | 'webhookId'>,
  changes: Change,
  condition: string,
): Promise<Webhook | undefined> {
  const written = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(webhookKey(operatorId, webhookId)),
        ...updateOf(changes),
        ConditionExpression: condition,
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return written.kind === 'written' ? webhookFrom(written.output.Attributes ?? {}) : undefined;
}

/** Changes a webhook as its operator wants, if it is still as it was read; `changed` if it is not. */
export async function changeWebhook(
  database: Database,
  webhook: Webhook,
  { set = {}, remove = [] }: Pick<Change, 'set' | 'remove'>,
): Promise<Webhook | 'changed'> {
  const version = webhook.version + 1;
  const values = { expected: webhook.version };
  const changes = { set: { ...set, version }, remove, values };
  return (await change(database, webhook, changes, '#version = :expected')) ?? 'changed';
}

/** Has a webhook sign with its next secrets, and with those before until `previousUntil`, together with `more`. */
export async function rotateSecrets(
  database: Database,
  webhook: Webhook,
  previousUntil: string,
  more: readonly TransactWriteItem[],
): Promise<'rotated' | 'changed'> {
  const set = { secretVersion: webhook.secretVersion + 1, previousUntil };
  const Update = {
    TableName: database.state,
    Key: keyAttributes(webhookKey(webhook.operatorId, webhook.webhookId)),
    ...updateOf({
      set: { ...set, version: webhook.version + 1 },
      values: { expected: webhook.version },
    }),
    ConditionExpression: '#version = :expected',
  };
  const held = await transact(database, [{ Update }, ...more]);
  return held.every(Boolean) ? 'rotated' : 'changed';
}

/** Deletes a webhook; false where it does not exist. */
export async function deleteWebhook(
  database: Database,
  operatorId: string,
  webhookId: string,
): Promise<boolean> {
  return (await deleteItem(database, webhookKey(operatorId, webhookId))) === 'deleted';
}

/** Notes that a delivery failed while none had failed since the last success; a webhook that fails already stays as it is. */
export const noteFailing = async (
  database: Database,
  webhook: Webhook,
  failingSince: string,
): Promise<Webhook | undefined> =>
  await change(
    database,
    webhook,
    { set: { failingSince }, names: ['url'] },
    'attribute_exists(#url) AND attribute_not_exists(#failingSince)',
  );

/** Notes that a delivery succeeded to a webhook that had failed. */
export const noteSuccess = async (database: Database, webhook: Webhook): Promise<unknown> =>
  await change(
    database,
    webhook,
    { remove: ['failingSince'], names: ['url'] },
    'attribute_exists(#url) AND attribute_exists(#failingSince)',
  );

/** Sends nothing more to a webhook, because of its receiver; one that is disabled already stays as it is. */
export const disableWebhook = async (
  database: Database,
  webhook: Webhook,
  disabled: Disabled,
): Promise<unknown> =>
  await change(
    database,
    webhook,
    { set: { disabled }, names: ['url'] },
    'attribute_exists(#url) AND attribute_not_exists(#disabled)',
  );
