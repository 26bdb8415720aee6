import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { failingAtMost, readRetryAfter, retryWait } from '../../core/webhook/retry-wait.ts';
import type { DeliveryMessage } from '../outbound/delivery-message.ts';
import type { Posted, PostText } from '../outbound/post-text.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { signMessage } from '../outbound/sign-message.ts';
import type { KeyName, WebhookKeys } from '../outbound/webhook-keys.ts';
import type { Database } from '../store/table/client.ts';
import {
  type Attempt,
  type Delivery,
  keepAttempt,
  readDelivery,
} from '../store/webhooks/deliveries.ts';
import {
  disableWebhook,
  noteFailing,
  noteSuccess,
  readWebhook,
  type Webhook,
} from '../store/webhooks/webhooks.ts';
import type { AttemptEnd, Breaker } from './breaker.ts';

/** The surroundings of a delivery. */
export type Delivering = {
  readonly database: Database;
  readonly post: PostText;
  readonly send: SendOutbound;
  readonly keysOf: (name: KeyName) => Promise<WebhookKeys>;
  readonly breaker: Breaker;
  /** Epoch ms. */
  readonly now: () => number;
  /** A random number from 0 to 1. */
  readonly chance: () => number;
};

/** The outcome for a message: delivered, failed and to be tried again, given up, not due yet, or not meant to be delivered any more. */
export type DeliveryOutcome = 'delivered' | 'again' | 'failed' | 'waits' | 'dropped';

const iso = (at: number): string => new Date(at).toISOString();

/** The secrets that sign now: for a day after a change the old ones as well. */
async function keysFor(
  { keysOf }: Delivering,
  { operatorId, webhookId, secretVersion, previousUntil }: Webhook,
  now: number,
): Promise<readonly WebhookKeys[]> {
  const versions =
    previousUntil !== undefined && Date.parse(previousUntil) > now
      ? [secretVersion, secretVersion - 1]
      : [secretVersion];
  return await Promise.all(
    versions.map(async (version) => await keysOf({ operatorId, webhookId, version })),
  );
}

const keptHeaders = ['content-type', 'retry-after', 'server', 'date', 'location'];

const shortHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => keptHeaders.includes(name))
      .map(([name, value]) => [name, value.slice(0, 200)]),
  );

const endOf = (posted: Posted): AttemptEnd =>
  posted.kind === 'answered' ? 'answered' : posted.code === 'TIMEOUT' ? 'timed-out' : 'unreachable';

async function attemptOnce(
  delivering: Delivering,
  webhook: Webhook,
  { event }: DeliveryMessage,
  started: number,
): Promise<{ readonly attempt: Attempt; readonly posted: Posted }> {
  const { breaker, post } = delivering;
  const { webhookId, url } = webhook;
  const timestamp = Math.floor(started / 1000);
  const body = JSON.stringify(event);
  const shown = {
    'content-type': 'application/json',
    'user-agent': 'Joulegate-Webhooks/1',
    'webhook-id': event.id,
    'webhook-timestamp': String(timestamp),
  };
  const mostTime = breaker.begin(webhookId, started);
  const keys = await keysFor(delivering, webhook, started);
  const signed = signMessage({ id: event.id, timestamp, body }, keys);
  const posted = await post(url, { ...shown, ...signed }, body, mostTime);
  const ended = delivering.now();
  breaker.note(webhookId, endOf(posted), ended);
  const answered = posted.kind === 'answered' ? posted : undefined;
  return {
    posted,
    attempt: omitUndefined({
      at: iso(started),
      url,
      milliseconds: Math.max(0, Math.round(ended - started)),
      status: answered?.status,
      error: posted.kind === 'failed' ? posted.code : undefined,
      requestHeaders: shown,
      responseHeaders: answered && shortHeaders(answered.headers),
      responseBody: answered?.body,
    }),
  };
}

const succeeded = (posted: Posted): boolean =>
  posted.kind === 'answered' && posted.status >= 200 && posted.status < 300;

/** Whether a delivery has been made, or another message carries it on: this one came twice. */
const isSuperfluous = (before: Delivery | undefined, message: DeliveryMessage): boolean =>
  !message.isReplay &&
  before !== undefined &&
  (before.state !== 'pending' || before.count >= message.attempt);

/** Notes a failure on the webhook, and disables one whose receiver is gone or has failed for too long. */
async function noteFailure(
  database: Database,
  webhook: Webhook,
  posted: Posted,
  now: number,
): Promise<boolean> {
  if (posted.kind === 'answered' && posted.status === 410) {
    await disableWebhook(database, webhook, { reason: 'gone', at: iso(now) });
    return true;
  }
  if (webhook.failingSince === undefined) await noteFailing(database, webhook, iso(now));
  else if (now - Date.parse(webhook.failingSince) >= failingAtMost) {
    await disableWebhook(database, webhook, { reason: 'failing', at: iso(now) });
    return true;
  }
  return false;
}

/** Has a delivery that failed tried again when it is due, unless that was the last attempt or its webhook is disabled. */
async function tryAgain(
  { database, send, now, chance }: Delivering,
  webhook: Webhook,
  message: DeliveryMessage,
  posted: Posted,
): Promise<number | undefined> {
  if (await noteFailure(database, webhook, posted, now())) return undefined;
  const asked =
    posted.kind === 'answered' ? readRetryAfter(posted.headers['retry-after'], now()) : undefined;
  const waitSeconds = retryWait(message.attempt, asked, chance());
  // Sent before it is noted: a crash in between leads to one attempt more, and not to one less.
  if (waitSeconds !== undefined) {
    await send([{ ...message, attempt: message.attempt + 1, waitSeconds }]);
  }
  return waitSeconds;
}

/** How long a delivery waits for a receiver that is left alone at least, and where it is old, at most, ms. */
const [shortestWait, longestWait] = [120_000, 2 * 3_600_000] as const;

/**
 * Has a delivery wait while its receiver is left alone: that is no attempt. One that has waited long already waits as long again, so
 * that the many of a receiver that is dead for hours cost little, and whatever is fresh comes first when it is back.
 */
async function postpone(
  { send, now, chance }: Delivering,
  message: DeliveryMessage,
  wait: number,
): Promise<DeliveryOutcome> {
  const age = message.isReplay ? 0 : now() - Date.parse(message.event.at);
  const atLeast = Math.max(wait, shortestWait) * (1 + chance());
  const milliseconds = Math.max(atLeast, Math.min(age, longestWait));
  await send([{ ...message, waitSeconds: Math.ceil(milliseconds / 1000) }]);
  return 'waits';
}

async function deliverTo(
  delivering: Delivering,
  webhook: Webhook,
  message: DeliveryMessage,
  before: Delivery | undefined,
): Promise<DeliveryOutcome> {
  const { database, now } = delivering;
  const { webhookId, event } = message;
  const started = now();
  const wait = delivering.breaker.waitOf(webhookId, started);
  if (wait > 0) return await postpone(delivering, message, wait);
  const { attempt, posted } = await attemptOnce(delivering, webhook, message, started);
  if (succeeded(posted)) {
    await keepAttempt(database, webhookId, event.id, attempt, { before, state: 'delivered' });
    if (webhook.failingSince !== undefined) await noteSuccess(database, webhook);
    return 'delivered';
  }
  const waitSeconds = await tryAgain(delivering, webhook, message, posted);
  const isLast = waitSeconds === undefined;
  await keepAttempt(database, webhookId, event.id, attempt, {
    before,
    state: isLast ? 'failed' : 'pending',
    nextAttemptAt: isLast ? undefined : iso(now() + waitSeconds * 1000),
  });
  return isLast ? 'failed' : 'again';
}

/** Tries to deliver an event to a webhook, and has it tried again later where that fails. */
export async function deliverEvent(
  delivering: Delivering,
  message: DeliveryMessage,
): Promise<DeliveryOutcome> {
  const { database, send } = delivering;
  const { operatorId, webhookId, event } = message;
  if (message.waitSeconds > 0) {
    await send([message]);
    return 'waits';
  }
  const wait = delivering.breaker.waitOf(webhookId, delivering.now());
  // Before anything is read: those of a receiver that is left alone take nothing from the others.
  if (wait > 0) return await postpone(delivering, message, wait);
  const webhook = await readWebhook(database, operatorId, webhookId);
  if (webhook === undefined || webhook.disabled !== undefined) return 'dropped';
  const before = await readDelivery(database, webhookId, event.id);
  return isSuperfluous(before, message)
    ? 'dropped'
    : await deliverTo(delivering, webhook, message, before);
}
