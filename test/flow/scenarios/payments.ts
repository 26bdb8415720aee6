import { describe, expect, it } from 'vitest';
import { type StripeServer, startStripeServer } from '../../lambdas/webhooks/stripe-server.ts';
import { connect, eventually, type Flow, registerCharger, registerTariff } from '../flow.ts';
import { energyAt } from '../meter-values.ts';
import type { TestCharger } from '../test-charger.ts';

type Call = readonly [2, string, string, Record<string, unknown>];
type Paid = {
  readonly state: string;
  readonly due: string;
  readonly received: string;
  readonly sessionId: string;
};

/** A driver without a contract, from the QR code to the refund. */
export const paymentScenarios = (flow: () => Flow): void => {
  const page = async (url: string): Promise<string> =>
    await (await fetch(url, { headers: { accept: 'text/html' } })).text();
  const pageWith = async (url: string, text: string | RegExp): Promise<string> => {
    const shown = await eventually(
      async () => await page(url),
      (body) => (typeof text === 'string' ? body.includes(text) : text.test(body)),
    );
    expect(shown).toMatch(text);
    return shown;
  };
  const press = async (url: string): Promise<string> => {
    const answer = await fetch(url, { method: 'POST', redirect: 'manual' });
    expect(answer.status).toBe(303);
    return answer.headers.get('location') ?? '';
  };
  /** Answers the next request of a kind with acceptance, and gives what it asks for. */
  const accept = async (plug: TestCharger, action: string): Promise<Record<string, unknown>> => {
    const [text] = await eventually(
      async () => plug.received.filter((one) => one.includes(action)),
      (all) => all.length > 0,
    );
    const [, messageId, , payload] = JSON.parse(text ?? 'null') as Call;
    plug.shout(JSON.stringify([3, messageId, { status: 'Accepted' }]));
    return payload;
  };

  const site = async (stripe: StripeServer) => {
    const operator = await flow().newOperator('Adhoc');
    const own = { ...flow(), operator };
    const { url: apiUrl, secretKey, webhookSecret } = stripe;
    const holds = { EUR: { amount: '30.00' } };
    const settings = { adapter: 'stripe', stripe: { apiUrl, secretKey, webhookSecret, holds } };
    expect((await operator.put('/settings/payments', settings)).status).toBe(200);
    const tariffId = await registerTariff(own, {
      // The first half hour is cheap: it matters when the energy flowed.
      elements: [
        {
          priceComponents: [{ type: 'ENERGY', price: '0.60' }],
          restrictions: { minDuration: 1800 },
        },
        { priceComponents: [{ type: 'ENERGY', price: '0.30' }] },
      ],
    });
    const charger = await registerCharger(own, { tariffId, maxPowerKw: 300 });
    const plug = await connect(own, charger);
    const free = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
    await plug.call('StatusNotification', free);
    await flow().drained();
    const place = { evseId: 1, connectorId: 1 };
    const path = `/chargers/${charger.chargerId}/pay-links`;
    const { payUrl } = (await operator.post<{ payUrl: string }>(path, place)).body;
    return { operator, plug, payUrl };
  };

  describe('a driver without a contract', () => {
    it('a driver who scans the code of a connector pays by card, charges, stops, gets a receipt, and is refunded when the bill is corrected', async () => {
      const now = Date.now();
      const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
      const stripe = await startStripeServer();
      const { operator, plug, payUrl } = await site(stripe);
      expect(await (await fetch(`${payUrl}/qr`)).text()).toMatch(/^<svg/);
      expect(await page(payUrl)).toContain('0.60');

      const own = await press(payUrl);
      await pageWith(own, stripe.url);
      const [checkout] = [...stripe.checkouts.keys()];
      stripe.authorise(checkout ?? '');
      const { body, signature } = stripe.event(checkout ?? '');
      const hook = (await operator.get<{ stripe: { webhookUrl: string } }>('/settings/payments'))
        .body.stripe.webhookUrl;
      const tell = async (text: string) =>
        (
          await fetch(hook, {
            method: 'POST',
            body: text,
            headers: { 'stripe-signature': signature },
          })
        ).status;
      expect([await tell(`${body} `), await tell(body), await tell(body)]).toEqual([400, 200, 200]);

      const { idTag } = await accept(plug, 'RemoteStartTransaction');
      const begun = { connectorId: 1, idTag, meterStart: 1000, timestamp: ago(60) };
      const { transactionId, idTagInfo } = await plug.call('StartTransaction', begun);
      expect(idTagInfo).toMatchObject({ status: 'Accepted' });
      const reading = (at: string, wh: number) =>
        plug.call('MeterValues', { connectorId: 1, transactionId, meterValue: [energyAt(at, wh)] });
      await reading(ago(50), 3_000);
      await pageWith(own, '0.60 EUR');
      await press(own);
      expect(await accept(plug, 'RemoteStopTransaction')).toEqual({ transactionId });
      const stopped = { transactionId, idTag, meterStop: 21_000, timestamp: ago(0) };
      await plug.call('StopTransaction', { ...stopped, reason: 'Remote' });

      const done = await pageWith(own, 'Taken from your card');
      expect(done).toContain('9.24 EUR');
      const receipt = /href="([^"]+\/receipts\/[^"]+)"/.exec(done)?.[1] ?? '';
      expect(await page(receipt)).toContain('9.24');
      expect(stripe.calls.filter((call) => call.endsWith('/capture'))).toHaveLength(1);

      const [paid] = (await operator.get<{ items: Paid[] }>('/payments?state=paid')).body.items;
      expect(paid).toMatchObject({ due: '9.24', received: '9.24' });

      // A reading that the charger had kept back: more of the energy flowed while it was cheap.
      await reading(ago(30), 17_000);
      expect(await pageWith(own, 'Given back')).toContain('2.04 EUR');
      const [corrected] = (await operator.get<{ items: Paid[] }>('/payments?state=paid')).body
        .items;
      expect(corrected).toMatchObject({ due: '7.20', received: '7.20' });
      expect(stripe.calls.filter((call) => call.endsWith('/refunds'))).toHaveLength(1);
      await plug.close();
      stripe.stop();
    });
  });
};
