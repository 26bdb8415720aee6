import '../quiet.ts';
import { createHmac } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import type { OutboundMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { keepStatus } from '../../../lambdas/status/keep-status.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { matched } from '../http-event.ts';
import { messageRecords, newOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { openSite, type TestSite } from '../test-site.ts';

const account = {
  adapter: 'stripe',
  stripe: {
    secretKey: 'sk_test_of_the_operator',
    webhookSecret: 'whsec_of_the_operator',
    holds: { EUR: { amount: '30', most: '60.00' } },
  },
};

let site: TestSite;
const sent: OutboundMessage[] = [];
const services = {
  ...testServices,
  sendOutbound: async (messages: readonly OutboundMessage[]) => {
    sent.push(...messages);
  },
};

beforeAll(async () => {
  process.env['FILES_URL'] = 'https://api.example';
  site = await openSite({
    tokens: [],
    tariff: { name: 'Street', currency: 'EUR', perKwh: '0.50' },
  });
  await site.register();
});
afterAll(async () => {
  await site.close();
});

/** Asks as somebody without a key does. */
async function visit(
  method: string,
  url: string,
  body = '',
  headers = {},
  base64 = false,
  now = Date.now(),
) {
  const { pathname } = new URL(url, 'https://api.example');
  const { routeKey, pathParameters } = matched(method, pathname);
  const request = { routeKey, path: pathParameters, query: {}, headers, body, base64 };
  return httpResponse(await answerRequest(site.database, request, now, services), apiErrors);
}

const set = async (settings: object) => await site.call('PUT', '/settings/payments', settings);

const link = async (): Promise<string> => {
  const path = `/chargers/${site.chargerId}/pay-links`;
  return String((await site.call('POST', path, { evseId: 1, connectorId: 1 })).body['payUrl']);
};

describe('the account at the provider', () => {
  it('secrets are kept encrypted, never shown, and stay where they are left out', async () => {
    const { stripe } = account;
    const nobody = await newOperator(site.database);
    const none = { adapter: 'stripe', stripe: { holds: {} } };
    expect((await nobody.call('PUT', '/settings/payments', none)).code).toBe('INVALID_REQUEST');
    const shown = [await set(account), await site.call('GET', '/settings/payments')];
    const { Items } = await site.database.client.send(
      new ScanCommand({ TableName: site.database.state }),
    );
    for (const secret of [stripe.secretKey, stripe.webhookSecret]) {
      expect(JSON.stringify(shown)).not.toContain(secret);
      expect(JSON.stringify(Items)).not.toContain(secret);
    }
    const { holds } = stripe;
    expect((await set({ adapter: 'stripe', stripe: { holds } })).status).toBe(200);
    expect((await set({ adapter: 'invoice' })).body['stripe']).not.toBeNull();
  });

  it('its API is at a public address, and a hold has an amount that its currency can have', async () => {
    const wrong = [
      { apiUrl: 'http://api.stripe.com' },
      { apiUrl: 'https://127.0.0.1' },
      { apiUrl: 'https://169.254.169.254/latest' },
      { holds: { XYZ: { amount: '1' } } },
      { holds: { EUR: { amount: '0.001' } } },
      { holds: { EUR: { amount: '0' } } },
      { holds: { EUR: { amount: '20', most: '10' } } },
    ];
    for (const change of wrong) {
      const answer = await set({ adapter: 'stripe', stripe: { ...account.stripe, ...change } });
      expect([change, answer.code]).toEqual([change, 'INVALID_REQUEST']);
    }
  });
});

describe('events of the provider', () => {
  const attemptId = 'payabcdefghijklmnop2';
  const body = JSON.stringify({ data: { object: { metadata: { attemptId } } } });
  const signed = (secret: string, timestamp = Math.floor(Date.now() / 1000)) => ({
    'stripe-signature': new Stripe('sk').webhooks.generateTestHeaderString({
      payload: body,
      secret,
      timestamp,
    }),
  });
  const tell = async (headers: object, text = body, operatorId = site.operator.operatorId) =>
    (await visit('POST', `/payments/stripe/${operatorId}`, text, headers)).statusCode;

  it('an event that is signed has its attempt looked at, and no other event does anything', async () => {
    await set(account);
    const { webhookSecret } = account.stripe;
    const before = sent.length;
    const old = Math.floor(Date.now() / 1000) - 301;
    const refused = [
      await tell({}),
      await tell({ 'stripe-signature': 't=1,v1=00' }),
      await tell(signed('whsec_other')),
      await tell(signed(webhookSecret, old)),
      await tell(signed(webhookSecret), `${body} `),
      await tell(signed(webhookSecret), body, 'op_nobody'),
    ];
    expect(refused).toEqual([400, 400, 400, 400, 400, 400]);
    expect(sent).toHaveLength(before);

    expect(await tell(signed(webhookSecret))).toBe(200);
    expect(sent.slice(before)).toEqual([
      { kind: 'payment', attemptId, isHint: true, troubles: 0, waitSeconds: 0 },
    ]);
  });
});

describe('events about refunds', () => {
  it.each(['refund.failed', 'refund.updated', 'charge.refund.updated'])(
    '%s names its attempt, which is looked at',
    async (type) => {
      await set(account);
      const attemptId = 'payabcdefghijklmnop4';
      const object = { object: 'refund', status: 'failed', metadata: { attemptId } };
      const payload = JSON.stringify({ object: 'event', type, data: { object } });
      const signature = new Stripe('sk').webhooks.generateTestHeaderString({
        payload,
        secret: account.stripe.webhookSecret,
      });
      const before = sent.length;
      const url = `/payments/stripe/${site.operator.operatorId}`;
      await visit('POST', url, payload, { 'stripe-signature': signature });
      expect(sent.slice(before)).toMatchObject([{ kind: 'payment', attemptId, isHint: true }]);
    },
  );
});

describe('signatures of events of the provider', () => {
  const attemptId = 'payabcdefghijklmnop3';
  const text = JSON.stringify({ data: { object: { metadata: { attemptId, name: 'Café' } } } });
  const time = Math.floor(Date.now() / 1000);
  const macOf = (body: Buffer) =>
    createHmac('sha256', account.stripe.webhookSecret)
      .update(`${time}.`)
      .update(body)
      .digest('hex');
  const mac = macOf(Buffer.from(text));
  const tell = async (header: string, body = text, base64 = false) =>
    (
      await visit(
        'POST',
        `/payments/stripe/${site.operator.operatorId}`,
        body,
        { 'stripe-signature': header },
        base64,
      )
    ).statusCode;

  it.each([
    ['none', `t=${time},v1=`],
    ['its first half', `t=${time},v1=${mac.slice(0, 32)}`],
    ['more than it', `t=${time},v1=${mac}00`],
    ['that of another scheme', `t=${time},v0=${mac}`],
    ['no time', `v1=${mac}`],
    ['parts without a value', `t,v1,t=${time},v1`],
  ])('a signature that is %s is refused', async (_why, header) => {
    await set(account);
    expect(await tell(header)).toBe(400);
  });

  it('one of several signatures is enough, as while a secret is replaced', async () => {
    await set(account);
    expect(await tell(`t=${time},v1=${'0'.repeat(64)},v0=x, v1=${mac}`)).toBe(200);
  });

  it('bytes are verified as they came, whether the gateway hands them over as text or not, and whatever they spell', async () => {
    await set(account);
    expect(await tell(`t=${time},v1=${mac}`, Buffer.from(text).toString('base64'), true)).toBe(200);
    const odd = Buffer.from([0xff, 0xfe, 0x00]);
    expect(await tell(`t=${time},v1=${macOf(odd)}`, odd.toString('base64'), true)).toBe(200);
    expect(await tell(`t=${time},v1=${mac}`, odd.toString('base64'), true)).toBe(400);
  });

  it('a secret with a space or a line break at its end, as copied, is refused where it is entered', async () => {
    for (const odd of [' ', '\n', '\t']) {
      const stripe = { ...account.stripe, webhookSecret: `whsec_of_the_operator${odd}` };
      expect((await set({ ...account, stripe })).code).toBe('INVALID_REQUEST');
    }
  });
});

describe('the page of a connector', () => {
  it('a connector that cannot be used is not paid for, and a link that was revoked leads nowhere', async () => {
    await set(account);
    await site.register();
    const url = await link();
    expect(await link()).toBe(url);
    const before = sent.length;
    expect((await visit('GET', url)).body).toContain('cannot be used at the moment');
    expect((await visit('POST', url)).statusCode).toBe(200);
    expect(sent).toHaveLength(before);

    await set({ adapter: 'invoice' });
    expect((await visit('GET', url)).statusCode).toBe(404);
    await set(account);
    const path = `/chargers/${site.chargerId}/pay-links/1-1`;
    expect((await site.call('DELETE', path)).status).toBe(204);
    expect((await site.call('DELETE', path)).code).toBe('PAY_LINK_NOT_FOUND');
    expect((await visit('GET', url)).statusCode).toBe(404);
    expect((await visit('GET', `${url}/qr`)).statusCode).toBe(404);
    expect(await link()).not.toBe(url);
  });

  it('each press of the button is an attempt of its own, and one page takes ten in ten minutes', async () => {
    await set(account);
    await site.register();
    const charger = await site.plugIn();
    const { connectionId } = charger.step;
    const connectedAt = new Date().toISOString();
    const connection = { connectionId, protocol: 'ocpp1.6', connectedAt };
    await takeOver(site.database, site.chargerKey, connection);
    const free = { connectorId: 1, status: 'Available', errorCode: 'NoError' };
    await charger.call('StatusNotification', free);
    for (const record of await messageRecords(site.database)) {
      await keepStatus(site.database, record);
    }
    const url = await link();
    const answers = [];
    // All at one time: a window of ten minutes may end between any two of them.
    const now = Date.now();
    for (let n = 0; n < 12; n += 1) answers.push(await visit('POST', url, '', {}, false, now));

    const begun = answers.filter(({ statusCode }) => statusCode === 303);
    expect(begun).toHaveLength(10);
    expect(answers.map(({ statusCode }) => statusCode).slice(-2)).toEqual([429, 429]);
    const pages = new Set(begun.map(({ headers }) => headers?.['location']));
    expect(pages.size).toBe(begun.length);
    const [own = ''] = [...pages].map(String);
    expect((await visit('GET', own)).body).toContain('is being prepared');
    expect((await visit('GET', `${own}/qr`)).statusCode).toBe(404);
  });
});
