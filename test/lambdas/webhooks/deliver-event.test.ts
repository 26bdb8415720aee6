import '../quiet.ts';
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type {
  DeliveryMessage,
  OutboundMessage,
} from '../../../lambdas/outbound/delivery-message.ts';
import type { Posted } from '../../../lambdas/outbound/post-text.ts';
import {
  publicKeyText,
  secretText,
  type WebhookKeys,
} from '../../../lambdas/outbound/webhook-keys.ts';
import { readDelivery } from '../../../lambdas/store/webhooks/deliveries.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  readWebhook,
  type Webhook,
} from '../../../lambdas/store/webhooks/webhooks.ts';
import { createBreaker } from '../../../lambdas/webhooks/breaker.ts';
import { type Delivering, deliverEvent } from '../../../lambdas/webhooks/deliver-event.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { newWebhookKeys } from '../test-services.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const day = 86_400_000;
const keysByVersion = new Map([1, 2].map((version) => [version, newWebhookKeys()]));
const keysOf = (version: number): WebhookKeys => keysByVersion.get(version) ?? newWebhookKeys();

type Request = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Whether an action comes to its end. */
function attempt(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

/** The message of another event that happens now. */
const eventNumber = (message: DeliveryMessage, n: number): DeliveryMessage => ({
  ...message,
  event: {
    ...message.event,
    id: `evt_${String(n).padStart(15, '0')}`,
    at: new Date().toISOString(),
  },
});

/** A webhook with a receiver that answers one after the other, and what is queued for it. */
async function newReceiver(answers: readonly Posted[], more: Partial<Webhook> = {}) {
  const requests: Request[] = [];
  const queued: OutboundMessage[] = [];
  let now = Date.now();
  let sent = async (): Promise<void> => {};
  const webhook: Webhook = {
    webhookId: `wh_${randomBytes(6).toString('hex')}`,
    operatorId: 'op_a',
    url: 'https://receiver.example/',
    events: ['*'],
    createdAt: new Date(now).toISOString(),
    secretVersion: 1,
    version: 1,
    ...more,
  };
  await createWebhook(database, webhook);
  const delivering: Delivering = {
    database,
    post: async (_url, headers, body) => {
      requests.push({ headers, body });
      return answers[requests.length - 1] ?? ok;
    },
    send: async (messages) => {
      queued.push(...messages);
      await sent();
    },
    keysOf: async ({ version }) => keysOf(version),
    breaker: createBreaker(),
    now: () => now,
    chance: () => 0,
  };
  const message: DeliveryMessage = {
    kind: 'delivery',
    operatorId: 'op_a',
    webhookId: webhook.webhookId,
    event: {
      type: 'session.ended',
      id: 'evt_000000000001000',
      at: '2026-04-14T18:00:00.000Z',
      operatorId: 'op_a',
      data: { sessionId: 'ses_1', price: '1,50 €' },
    },
    attempt: 1,
    waitSeconds: 0,
    isReplay: false,
  };
  return {
    webhook,
    requests,
    queued,
    message,
    whenSent: (act: () => Promise<void>) => {
      sent = act;
    },
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    deliver: (one: DeliveryMessage = message) => deliverEvent(delivering, one),
    /** Works off what is queued, as if every wait were over. */
    workOff: async () => {
      for (;;) {
        const next = queued.shift();
        if (next === undefined) return;
        if (next.kind === 'delivery') await deliverEvent(delivering, { ...next, waitSeconds: 0 });
      }
    },
    delivery: () => readDelivery(database, webhook.webhookId, message.event.id),
    stored: () => readWebhook(database, 'op_a', webhook.webhookId),
  };
}

const answered = (status: number, headers: Readonly<Record<string, string>> = {}): Posted => ({
  kind: 'answered',
  status,
  headers,
  body: 'thanks',
});
const ok = answered(204);
const failed = answered(500);

/** Whether one of the signatures v1a of a request is valid by a public key as it is shown. */
function hasValidV1a({ headers, body }: Request, shownKey: string): boolean {
  const x = Buffer.from(shownKey.replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return (headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((one) => one.startsWith('v1a,'))
    .some((one) => verify(null, Buffer.from(content), key, Buffer.from(one.slice(4), 'base64')));
}

it('an attempt that failed never undoes the next one, which may be over before the failure is noted', async () => {
  const receiver = await newReceiver([answered(503), answered(503)]);
  receiver.whenSent(receiver.workOff);

  expect(await receiver.deliver()).toBe('again');

  expect(await receiver.delivery()).toMatchObject({ state: 'delivered' });
  expect((await receiver.delivery())?.attempts.map(({ status }) => status).toSorted()).toEqual([
    204, 503, 503,
  ]);
});

it('a delivery is verified by the library of Standard Webhooks, and its second signature by the public key', async () => {
  const receiver = await newReceiver([ok]);
  const outcome = await receiver.deliver();
  const [request] = receiver.requests;
  if (request === undefined) throw new Error('Nothing was sent');

  expect(outcome).toBe('delivered');
  const verified = new Verifier(secretText(keysOf(1))).verify(request.body, request.headers);
  expect(verified).toEqual(receiver.message.event);
  expect(request.headers['webhook-id']).toBe(receiver.message.event.id);
  expect(hasValidV1a(request, publicKeyText(keysOf(1)))).toBe(true);
  expect(hasValidV1a(request, publicKeyText(keysOf(2)))).toBe(false);
  const forged = request.body.replace('1,50', '0,50');
  expect(() => new Verifier(secretText(keysOf(1))).verify(forged, request.headers)).toThrow();
});

it('for a day after its secret was replaced a delivery is verified by both, and after that by the new one alone', async () => {
  const previousUntil = new Date(Date.now() + day).toISOString();
  const receiver = await newReceiver([], { secretVersion: 2, previousUntil });
  const acceptedBy = (version: number) => {
    const request = receiver.requests.at(-1);
    if (request === undefined) throw new Error('Nothing was sent');
    const verifier = new Verifier(secretText(keysOf(version)));
    // The package refuses what is older than five minutes: the clock of the delivery may be ahead.
    vi.setSystemTime(receiver.now());
    const v1 = attempt(() => verifier.verify(request.body, request.headers));
    return { v1, v1a: hasValidV1a(request, publicKeyText(keysOf(version))) };
  };
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ['Date'] });
  await receiver.deliver();
  for (const version of [1, 2]) expect(acceptedBy(version)).toEqual({ v1: true, v1a: true });
  receiver.pass(day + 1000);
  await receiver.deliver({ ...receiver.message, isReplay: true });
  expect(acceptedBy(1)).toEqual({ v1: false, v1a: false });
  expect(acceptedBy(2)).toEqual({ v1: true, v1a: true });
  expect(receiver.requests.at(-1)?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
});

it('a delivery that fails is tried ten times in all, with the same id and a signature that holds, and each attempt is kept with request and answer', async () => {
  const receiver = await newReceiver(Array.from({ length: 10 }, () => failed));
  expect(await receiver.deliver()).toBe('again');
  expect(receiver.queued[0]).toMatchObject({ attempt: 2, waitSeconds: 5 });
  expect(await receiver.delivery()).toMatchObject({ state: 'pending', count: 1 });
  await receiver.workOff();

  expect(receiver.requests).toHaveLength(10);
  for (const { body, headers } of receiver.requests) {
    const verified = new Verifier(secretText(keysOf(1))).verify(body, headers);
    expect(verified).toEqual(receiver.message.event);
  }
  expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const delivery = await receiver.delivery();
  expect(delivery).toMatchObject({ state: 'failed', count: 10 });
  expect(delivery?.nextAttemptAt).toBeUndefined();
  expect(delivery?.attempts).toHaveLength(10);
  expect(delivery?.attempts[0]).toMatchObject({
    status: 500,
    url: 'https://receiver.example/',
    requestHeaders: { 'webhook-id': receiver.message.event.id },
    responseBody: 'thanks',
  });
  expect(JSON.stringify(delivery)).not.toContain('v1,');
});

it('a delivery whose receiver answers as much as is kept, again and again, stays one that can be kept', async () => {
  const headers = Object.fromEntries(
    ['content-type', 'retry-after', 'server', 'date', 'location'].map((name) => [
      name,
      'ÿ'.repeat(300),
    ]),
  );
  const largest: Posted = { kind: 'answered', status: 500, headers, body: '€'.repeat(1_024) };
  const url = `https://receiver.example/${'x'.repeat(2_000)}`;
  const receiver = await newReceiver(
    Array.from({ length: 40 }, () => largest),
    { url },
  );
  for (let time = 0; time < 40; time += 1) {
    await receiver.deliver({ ...receiver.message, attempt: 10, isReplay: true });
  }

  const delivery = await receiver.delivery();
  expect(delivery).toMatchObject({ state: 'failed', count: 40 });
  expect(delivery?.attempts).toHaveLength(30);
});

it('a delivery that succeeds after failures is over, and its webhook counts as working again', async () => {
  const receiver = await newReceiver([
    failed,
    answered(302),
    { kind: 'failed', code: 'TIMEOUT' },
    ok,
  ]);
  await receiver.deliver();
  expect((await receiver.stored())?.failingSince).toBeDefined();
  await receiver.workOff();

  expect(receiver.requests).toHaveLength(4);
  expect(await receiver.delivery()).toMatchObject({ state: 'delivered', count: 4 });
  expect((await receiver.stored())?.failingSince).toBeUndefined();
});

it('a receiver that asks to wait is not asked again before, by seconds or by date', async () => {
  const receiver = await newReceiver([answered(429, { 'retry-after': '3600' })]);
  await receiver.deliver();

  expect(receiver.queued).toMatchObject([{ attempt: 2, waitSeconds: 3600 }]);
});

it('a message that arrives twice is delivered once, unless somebody asked for it again', async () => {
  const receiver = await newReceiver([ok]);
  await receiver.deliver();

  expect(await receiver.deliver()).toBe('dropped');
  expect(receiver.requests).toHaveLength(1);
  expect(await receiver.deliver({ ...receiver.message, isReplay: true })).toBe('delivered');
  expect(receiver.requests).toHaveLength(2);
  expect(await receiver.delivery()).toMatchObject({ state: 'delivered', count: 2 });
});

it('a webhook that was deleted between two attempts gets no other attempt', async () => {
  const receiver = await newReceiver([failed, ok]);
  await receiver.deliver();
  expect(receiver.queued).toHaveLength(1);

  await deleteWebhook(database, 'op_a', receiver.webhook.webhookId);
  await receiver.workOff();

  expect(receiver.requests).toHaveLength(1);
  expect(receiver.queued).toEqual([]);
});

it('a receiver that answers 410 gets nothing more, and its webhook shows why', async () => {
  const receiver = await newReceiver([answered(410)]);

  expect(await receiver.deliver()).toBe('failed');
  expect((await receiver.stored())?.disabled?.reason).toBe('gone');
  expect(receiver.queued).toEqual([]);
  expect(await receiver.deliver({ ...receiver.message, attempt: 2 })).toBe('dropped');
  expect(receiver.requests).toHaveLength(1);
});

it('a receiver that has failed for five days gets nothing more, and one that was enabled again has five days again', async () => {
  const receiver = await newReceiver([failed, failed, failed, failed]);
  const replay = { ...receiver.message, isReplay: true };
  await receiver.deliver();
  receiver.pass(5 * day - 1000);
  await receiver.deliver(replay);
  expect((await receiver.stored())?.disabled).toBeUndefined();
  receiver.pass(2000);
  await receiver.deliver(replay);
  const stored = await receiver.stored();
  expect(stored?.disabled?.reason).toBe('failing');
  if (stored === undefined) throw new Error('The webhook is gone');
  await changeWebhook(database, stored, { remove: ['disabled', 'failingSince'] });
  await receiver.deliver(replay);
  expect((await receiver.stored())?.disabled).toBeUndefined();
});

it('a wait of more than a queue can delay goes on when the message comes out', async () => {
  const receiver = await newReceiver([]);

  expect(await receiver.deliver({ ...receiver.message, waitSeconds: 1800 })).toBe('waits');
  expect(receiver.queued).toMatchObject([{ waitSeconds: 1800, attempt: 1 }]);
  expect(receiver.requests).toEqual([]);
});

it('a delivery to a receiver that is left alone waits without an attempt, and takes no look at the database', async () => {
  const timedOut = { kind: 'failed', code: 'TIMEOUT' } as const;
  const receiver = await newReceiver([timedOut, timedOut, timedOut, ok]);
  for (const n of [1, 2, 3]) await receiver.deliver(eventNumber(receiver.message, n));
  receiver.queued.length = 0;
  const fresh = eventNumber(receiver.message, 4);

  const { reads, writes } = await countRequests(database, async () => {
    expect(await receiver.deliver(fresh)).toBe('waits');
  });
  expect([...reads, ...writes]).toEqual([]);
  expect(receiver.requests).toHaveLength(3);
  expect(receiver.queued).toMatchObject([{ attempt: 1, waitSeconds: 120 }]);
  receiver.pass(30_000);
  await receiver.workOff();
  expect(receiver.requests).toHaveLength(4);
  expect(receiver.queued).toEqual([]);
});

it('a delivery that has waited long for its receiver waits as long again, and two hours at most', async () => {
  const refused = { kind: 'failed', code: 'ECONNREFUSED' } as const;
  const receiver = await newReceiver(Array.from({ length: 10 }, () => refused));
  for (let n = 1; n <= 10; n += 1) await receiver.deliver(eventNumber(receiver.message, n));
  receiver.queued.length = 0;
  const aged = (minutes: number) => {
    const at = new Date(receiver.now() - minutes * 60_000).toISOString();
    return { ...receiver.message, event: { ...receiver.message.event, at } };
  };
  await receiver.deliver(aged(60));
  await receiver.deliver(aged(6_000));
  await receiver.deliver({ ...aged(6_000), isReplay: true });

  const waits = receiver.queued.map((one) => 'waitSeconds' in one && one.waitSeconds);
  expect(waits).toEqual([3_600, 7_200, 120]);
});
