import '../quiet.ts';
import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '../../../lambdas/api/routes.ts';
import { noteUnknownCharger } from '../../../lambdas/authorizer/note-unknown-charger.ts';
import { verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { noteFirmwareUploaded, readFirmware } from '../../../lambdas/store/files/firmware.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { known, newLocation, oneOfEverything, pathOf, publicKey } from '../one-of-everything.ts';
import { type Body, callApi, newOperator, scan, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let chargerId: string;
let key: string;
let chargers = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
});

beforeEach(() => {
  chargers += 1;
  chargerId = `ONCE-${chargers}`;
  key = randomUUID();
});

afterAll(async () => {
  await database.stop();
});

const register = async (more: object = {}, idempotencyKey: string | undefined = key) =>
  await operator.call(
    'POST',
    '/chargers',
    { chargerId, ...more },
    {
      'idempotency-key': idempotencyKey,
    },
  );

const listed = async () =>
  ((await operator.call('GET', '/chargers?limit=100')).body.items ?? []).filter(
    (one) => String(one['chargerId']).toUpperCase() === chargerId.toUpperCase(),
  );

const mayConnect = async ({ password, connectionToken }: Body) => {
  const basic = Buffer.from(`${chargerId}:${password}`).toString('base64');
  const handshakes = [
    { chargerId, authorization: `Basic ${basic}` },
    { connectionToken: String(connectionToken) },
  ];
  const verdicts = handshakes.map(
    async (one) => await verifyCharger(database, { ...one, offers: [] }),
  );
  return (await Promise.all(verdicts)).map(({ kind }) => kind);
};

/** Everything but how often a key has called. */
const thingsStored = async () =>
  (await scan(database, database.state)).filter((item) => !('calls' in item));

const answersKept = async () =>
  (await scan(database, database.state)).filter((item) => item['kind']?.S === 'ANSWER');

describe('a registration with an Idempotency-Key', () => {
  it('a registration repeated under its Idempotency-Key gets the same answer, with the secrets that the charger connects with', async () => {
    const first = await register({ maxPowerKw: 22, name: 'Bay' });
    const second = await register({ name: ' Bay ', maxPowerKw: '22.0' });

    expect(first.status).toBe(201);
    expect(second).toEqual(first);
    expect(await listed()).toHaveLength(1);
    expect(await mayConnect(second.body)).toEqual(['accepted', 'accepted']);
  });

  it('another registration under the same Idempotency-Key is refused and registers nothing', async () => {
    await register({ maxPowerKw: 22 });
    const before = await listed();

    for (const other of [
      {},
      { maxPowerKw: 11 },
      { maxPowerKw: 22, password: 'K7q-a-third-password' },
    ]) {
      expect((await register(other)).code).toBe('IDEMPOTENCY_KEY_REUSED');
    }
    expect((await register({ chargerId: `${chargerId}-X`, maxPowerKw: 22 })).code).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    expect(await listed()).toEqual(before);
  });

  it('a registration that is sent several times at once under one Idempotency-Key is done once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, async () => await register()));

    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.status).toBe(201);
    expect(await listed()).toHaveLength(1);
  });

  it('of two different registrations sent at once under one Idempotency-Key one is done', async () => {
    const answers = await Promise.all([
      register({ chargerId: `${chargerId}-A` }),
      register({ chargerId: `${chargerId}-B` }),
    ]);

    expect(answers.map(({ code, status }) => code ?? status).toSorted()).toEqual([
      201,
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('a refused registration may be corrected and sent again under its Idempotency-Key', async () => {
    expect((await register({ maxPowerKw: -1 })).code).toBe('INVALID_REQUEST');
    expect((await register({ tariffId: 'tar_x' })).code).toBe('TARIFF_NOT_FOUND');

    expect((await register()).status).toBe(201);
  });

  it('an Idempotency-Key does not free the id of a charger registered without it or under another key', async () => {
    await register();

    for (const other of [undefined, randomUUID()]) {
      expect(
        (await operator.call('POST', '/chargers', { chargerId }, { 'idempotency-key': other }))
          .code,
      ).toBe('CHARGER_EXISTS');
    }
  });

  it('an answer is repeated for 24 hours, and not after, whether the database has removed it by then or not', async () => {
    await register();
    const [kept] = (await answersKept()).slice(-1);
    const seconds = Number(kept?.['removeAt']?.N) - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(24 * 3600 - 60);
    expect(seconds).toBeLessThanOrEqual(24 * 3600);

    for (const { pk, sk } of await answersKept()) {
      await database.client.send(
        new UpdateItemCommand({
          TableName: database.state,
          Key: { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } },
          UpdateExpression: 'SET removeAt = :past',
          ExpressionAttributeValues: { ':past': { N: '1' } },
        }),
      );
    }

    expect((await register()).code).toBe('CHARGER_EXISTS');
    expect((await register({ chargerId: `${chargerId}-NEW` })).status).toBe(201);
  });

  it('a registration whose answer is lost at any moment loses neither id nor secrets when it is repeated', async () => {
    const made = await register();
    // An answer that was not kept would mean a charger that was not registered: both are one transaction.
    const [kept] = (await answersKept()).slice(-1);
    expect(kept).toBeDefined();
    for (const { pk, sk } of await answersKept()) {
      await database.client.send(
        new DeleteItemCommand({
          TableName: database.state,
          Key: { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } },
        }),
      );
    }

    expect((await register()).code).toBe('CHARGER_EXISTS');
    expect(await answersKept()).toEqual([]);
    expect(await mayConnect(made.body)).toEqual(['accepted', 'accepted']);
  });

  it('an Idempotency-Key belongs to the API key that sent it, also among operators with the same charger id', async () => {
    const mine = await register();
    const more = await operator.call('POST', '/api-keys', {
      name: 'B',
      scopes: ['chargers:write'],
    });
    const headers = { 'idempotency-key': key };
    const stranger = await newOperator(database, 'Stranger');

    const bearer = `Bearer ${more.body['apiKey']}`;
    const byOtherKey = await callApi(database, bearer, 'POST', '/chargers', { chargerId }, headers);
    const theirs = await stranger.call('POST', '/chargers', { chargerId }, headers);

    expect(byOtherKey.code).toBe('CHARGER_EXISTS');
    expect(theirs.status).toBe(201);
    expect(theirs.body['password']).not.toBe(mine.body['password']);
  });

  it('only kept answers, commands, transfers of files and the event log expire in the state table', async () => {
    await oneOfEverything(database, await newOperator(database));
    await register();

    const expiring = (await scan(database, database.state)).filter((item) => 'removeAt' in item);
    expect(new Set(expiring.map((item) => item['kind']?.S))).toEqual(
      new Set(['ANSWER', 'COMMAND', 'EVENTS', 'RECEIVEDCOMMAND', 'TRANSFER']),
    );
  });

  it('a kept answer has no secret that could be read in the database', async () => {
    const password = `chosen-${randomUUID().slice(0, 12)}`;
    const { body } = await register({ password });
    const stored = JSON.stringify(await scan(database, database.state));

    for (const secret of [password, body['connectionToken'], key]) {
      expect(stored).not.toContain(String(secret));
    }
  });

  it('an Idempotency-Key is any printable text without spaces, and others are refused', async () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 255,
    });
    await fc.assert(
      fc.asyncProperty(printable, async (one) => {
        const { call } = await newOperator(database);
        const form = { chargerId: 'K-1' };
        const headers = { 'idempotency-key': one };
        const first = await call('POST', '/chargers', form, headers);
        expect(first.status).toBe(201);
        expect(await call('POST', '/chargers', form, headers)).toEqual(first);
      }),
      { numRuns: 25 },
    );
    for (const odd of ['', ' ', 'a b', 'ß', 'x'.repeat(256), 'a\u0000']) {
      expect((await register({}, odd)).code).toBe('INVALID_REQUEST');
    }
  });
});

describe('a call that is not repeatable', () => {
  it('a call that is not repeatable ignores an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'a key with spaces' };

    expect((await operator.call('GET', '/chargers', undefined, headers)).status).toBe(200);
  });
});

/** A request for each call that creates something, and another one under the same key, for a charger; its id tells tests apart. */
const creations = (
  n: string,
  firmwareId: string,
): Readonly<Record<string, readonly [object, object]>> => ({
  '/chargers': [{ chargerId: `MADE-${n}` }, { chargerId: `MADE-${n}-X` }],
  '/chargers/{chargerId}/password': [{}, { password: 'K7q-a-third-password' }],
  '/chargers/{chargerId}/connection-token': [{}, {}],
  '/chargers/{chargerId}/meter-keys': [{ publicKey }, { publicKey, connectorId: 2 }],
  '/locations': [newLocation, { ...newLocation, name: 'Other' }],
  '/accounts': [
    { accountId: `acc-${n}`, name: 'Payer', currency: 'EUR' },
    { accountId: `acc-${n}`, name: 'Other', currency: 'EUR' },
  ],
  '/tokens': [{ tokenId: `TAG-${n}` }, { tokenId: `TAG-${n}`, accountId: 'acc' }],
  '/tariffs': [
    { name: 'T', currency: 'EUR', perKwh: '0.4' },
    { name: 'T', currency: 'EUR', perKwh: '0.5' },
  ],
  '/promo-codes': [
    { code: `C-${n}`, kind: 'percent', percent: '10' },
    { code: `C-${n}`, kind: 'percent', percent: '20' },
  ],
  '/webhooks': [
    { url: 'https://receiver.example/', events: ['*'] },
    { url: 'https://receiver.example/x', events: ['*'] },
  ],
  '/partners': [{ name: 'One' }, { name: 'Other' }],
  '/webhooks/{webhookId}/rotate': [{}, {}],
  '/waiting-chargers/{waitingChargerId}/adopt': [{}, { name: 'Other' }],
  '/firmware': [
    { version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) },
    { version: '2.1', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) },
  ],
  '/firmware-campaigns': [
    { firmwareId, chargers: { chargerIds: [n] } },
    { firmwareId, chargers: { vendor: 'ACME' } },
  ],
  '/api-keys/{apiKeyId}/rotate': [{}, { previousValidUntil: '2999-01-01T00:00:00Z' }],
  '/api-keys': [
    { name: 'CI', scopes: ['cdrs:read'] },
    { name: 'CI', scopes: ['cdrs:write'] },
  ],
});

/** The calls by POST that have nothing to do once, each with the reason. */
const createNothing = {
  '/accounts/{accountId}/erasure': 'what is erased stays erased, and the answer says so again',
  '/chargers/{chargerId}/approval': 'the charger is accepted, pending or rejected, however often',
  '/firmware-campaigns/{campaignId}/resume': 'a campaign runs or does not',
  '/firmware-campaigns/{campaignId}/stop': 'a campaign runs or does not',
  '/partners/{partnerId}/resume': 'a partner is suspended or not',
  '/partners/{partnerId}/suspend': 'a partner is suspended or not',
  '/partners/{partnerId}/invoices': 'the same number is the same invoice',
  '/partners/{partnerId}/test': 'reads at the partner, and keeps nothing',
  '/roaming/cdrs/{roamingCdrId}/check': 'a verdict, which the same facts give again',
  '/tariffs/{tariffId}/preview': 'calculates, and keeps nothing',
  '/tokens/{tokenId}/erasure': 'what is erased stays erased, and the answer says so again',
};

/** Commands have tests of their own: only a charger that has connected takes one. */
const created = routes.filter(
  ({ repeatable, path }) => repeatable === true && path !== '/chargers/{chargerId}/commands',
);

describe('a request that creates something', () => {
  let path: (template: string) => string;
  let firmwareId: string;

  beforeAll(async () => {
    const form = { version: '1.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) };
    firmwareId = String((await operator.call('POST', '/firmware', form)).body['firmwareId']);
    const firmware = await readFirmware(database, operator.operatorId, firmwareId);
    if (firmware === undefined) throw new Error('The firmware was not kept');
    await noteFirmwareUploaded(database, firmware, new Date().toISOString());
  });

  beforeEach(async () => {
    await operator.call('POST', '/chargers', { chargerId });
    const webhook = { url: 'https://receiver.example/', events: ['*'] };
    const { body } = await operator.call('POST', '/webhooks', webhook);
    const waitingChargerId = `NEW-${chargerId}`;
    await operator.call('PUT', '/settings/admission', { waitingRoom: { places: 20 } });
    const { operatorId } = operator;
    const unknown = { operatorId, chargerId: waitingChargerId, protocol: 'ocpp1.6' } as const;
    await noteUnknownCharger(database, { ...unknown, now: Date.now() });
    const made = await operator.call('POST', '/api-keys', { name: 'x', scopes: ['cdrs:read'] });
    const apiKeyId = String(made.body['apiKeyId']);
    const ids = { chargerId, waitingChargerId, webhookId: String(body['webhookId']), apiKeyId };
    path = (template) => pathOf(template, ids);
  });

  afterEach(async () => {
    for (const { webhookId } of (await operator.call('GET', '/webhooks')).body.items ?? []) {
      await operator.call('DELETE', `/webhooks/${webhookId}`);
    }
  });

  it('every POST may be repeated under an Idempotency-Key, but those that create nothing', () => {
    const ignoring = routes.filter(
      ({ method, repeatable }) => method === 'POST' && repeatable === undefined,
    );

    expect(ignoring.map((one) => one.path).toSorted()).toEqual(
      Object.keys(createNothing).toSorted(),
    );
    expect(created.map((one) => one.path).toSorted()).toEqual(
      Object.keys(creations('', '')).toSorted(),
    );
  });

  for (const route of created) {
    it(`POST ${route.path} does once what is sent several times under one Idempotency-Key, and refuses anything else`, async () => {
      const [form, other] = known(creations(chargerId, firmwareId), route.path);
      const send = async (body: object) =>
        await operator.call('POST', path(route.path), body, { 'idempotency-key': key });
      const once = await Promise.all([send(form), send(form), send(form)]);
      const stored = await thingsStored();

      expect(once[0]).toMatchObject({ status: route.status });
      for (const answer of [...once, await send(form)]) expect(answer).toEqual(once[0]);
      expect(await thingsStored()).toEqual(stored);
      if (route.body !== undefined) {
        expect((await send(other)).code).toBe('IDEMPOTENCY_KEY_REUSED');
        expect(await thingsStored()).toEqual(stored);
      }
    });
  }
});
