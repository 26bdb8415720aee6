import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  connect,
  eventually,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
} from '../flow.ts';
import { type Receiver, startReceiver } from '../receiver.ts';

type NewWebhook = { readonly webhookId: string; readonly secret: string };
type Shown = {
  readonly items: readonly {
    readonly deliveryId: string;
    readonly state: string;
    readonly attemptCount: number;
    readonly event: { readonly type: string };
    readonly attempts: readonly { readonly status: number | null; readonly milliseconds: number }[];
  }[];
};

/** Webhooks of an integrator, from the first test event on. */
export const webhookScenarios = (flow: () => Flow): void => {
  /** An operator of its own with a webhook and its receiver. */
  const haveWebhook = async (events: readonly string[], statusOf?: (n: number) => number) => {
    const operator = await flow().newOperator('Webhooks');
    const receiver = await startReceiver(statusOf);
    onTestFinished(receiver.stop);
    const made = await operator.post<NewWebhook>('/webhooks', { url: receiver.url, events });
    expect(made.status).toBe(201);
    const path = `/webhooks/${made.body.webhookId}`;
    // Before its receiver stops: what it has not got by then would be tried for minutes.
    onTestFinished(async () => void (await operator.remove(path)));
    return { operator, receiver, ...made.body, path };
  };
  const verified = (receiver: Receiver, secret: string, n: number): unknown => {
    const { body = '', headers = {} } = receiver.received[n] ?? {};
    return new Webhook(secret).verify(body, headers);
  };
  const received = async (receiver: Receiver, count: number): Promise<void> => {
    await eventually(
      async () => receiver.received.length,
      (length) => length >= count,
    );
    expect(receiver.received.length).toBeGreaterThanOrEqual(count);
  };

  describe('webhooks', () => {
    it('an integrator gets what a session is about, each event signed, and finds every delivery in the log', async () => {
      const events = ['session.started', 'session.ended', 'cdr.created'];
      const { operator, receiver, secret, path } = await haveWebhook(events);
      const own = { ...flow(), operator };
      const tariffId = await registerTariff(own, { perKwh: '0.50', vatPercent: '19' });
      await registerToken(own, 'HOOKED');
      const charger = await connect(own, await registerCharger(own, { tariffId }));
      const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000).toISOString();
      const { transactionId } = await charger.call('StartTransaction', {
        connectorId: 1,
        idTag: 'HOOKED',
        timestamp: at(0),
        meterStart: 1000,
      });
      await charger.call('StopTransaction', { transactionId, timestamp: at(30), meterStop: 8000 });
      await charger.close();
      await received(receiver, 3);

      expect([...receiver.types()].toSorted()).toEqual(events.toSorted());
      for (const n of [0, 1, 2]) verified(receiver, secret, n);
      const { body } = await eventually(
        () => operator.get<Shown>(`${path}/deliveries`),
        (answer) => answer.body.items.every(({ state }) => state === 'delivered'),
      );
      expect(body.items.map(({ event }) => event.type)).toEqual(events.toReversed());
      expect(body.items[0]?.attempts).toMatchObject([{ status: 204 }]);
    });

    it('a test event comes, is tried again while the receiver fails, and can be sent again one by one and by time', async () => {
      const from = new Date(Date.now() - 1000).toISOString();
      const { operator, receiver, secret, path } = await haveWebhook(['*'], (n) =>
        n < 3 ? 503 : 200,
      );
      expect((await operator.post(`${path}/test`, {})).status).toBe(202);
      await received(receiver, 3);
      expect(verified(receiver, secret, 2)).toMatchObject({ type: 'webhook.test' });
      const { body } = await eventually(
        () => operator.get<Shown>(`${path}/deliveries`),
        (answer) => answer.body.items[0]?.state === 'delivered',
      );
      const [delivery] = body.items;
      // An event comes at least once: an attempt that came twice is one attempt.
      expect(new Set(receiver.types())).toEqual(new Set(['webhook.test']));
      expect(delivery).toMatchObject({ state: 'delivered' });
      expect(delivery?.attemptCount).toBeGreaterThan(1);
      expect(delivery?.attemptCount).toBeLessThanOrEqual(receiver.received.length);

      const one = `${path}/deliveries/${delivery?.deliveryId}`;
      for (const [route, form] of [
        [`${one}/replay`, {}],
        [`${path}/replay`, { from }],
      ] as const) {
        const before = receiver.received.length;
        expect((await operator.post(route, form)).status).toBe(202);
        await received(receiver, before + 1);
      }
      expect((await operator.get(one)).body).toMatchObject({ deliveryId: delivery?.deliveryId });
      expect((await operator.get(path)).body).toMatchObject({ state: 'enabled', disabled: null });
    });

    it('a secret is shown when it is made and never again, and a new one signs from then on', async () => {
      const { operator, receiver, secret, path } = await haveWebhook(['*']);
      const rotated = await operator.post<NewWebhook>(`${path}/rotate`, {});
      await operator.post(`${path}/test`, {});
      await received(receiver, 1);

      expect(rotated.body.secret).not.toBe(secret);
      for (const each of [secret, rotated.body.secret]) verified(receiver, each, 0);
      for (const shown of [await operator.get(path), await operator.get('/webhooks')]) {
        expect(JSON.stringify(shown.body)).not.toContain('whsec_');
      }
    });

    it('a receiver that answers 410 disables its webhook, other webhooks hear of it, and it can be enabled again', async () => {
      const { operator, path } = await haveWebhook(['*'], () => 410);
      const other = await startReceiver();
      onTestFinished(other.stop);
      await operator.post('/webhooks', { url: other.url, events: ['webhook.disabled'] });
      await operator.post(`${path}/test`, {});
      await received(other, 1);

      expect(other.types()).toEqual(['webhook.disabled']);
      expect((await operator.get(path)).body).toMatchObject({
        state: 'disabled',
        disabled: { reason: 'gone' },
      });
      expect((await operator.post(`${path}/test`, {})).body).toMatchObject({
        code: 'WEBHOOK_DISABLED',
      });
      const enabled = await operator.patch(path, { enabled: true, description: 'Back' });
      expect(enabled.body).toMatchObject({ state: 'enabled', description: 'Back' });
      expect((await operator.remove(path)).status).toBe(204);
      expect((await operator.get(path)).body).toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
    });

    it('a webhook to an address that is not public is refused, and so is one that is not https', async () => {
      const operator = await flow().newOperator('Refused');
      for (const url of ['http://example.com/', 'https://10.0.0.1/', 'https://169.254.169.254/']) {
        const answer = await operator.post<{ code: string }>('/webhooks', { url, events: ['*'] });
        expect([url, answer.status, answer.body.code]).toEqual([url, 400, 'INVALID_REQUEST']);
      }
    });
  });
};
