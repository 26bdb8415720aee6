import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import type { ListedMessage } from '../../../core/cdr/verify/cdr-proof.ts';
import { checkReadings } from '../../../core/cdr/verify/check-readings.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { newApiKey } from '../../../lambdas/runtime/api-key-text.ts';
import { createApiKey } from '../../../lambdas/store/operators/api-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { oneOfEverything, pathOf, type Things } from '../one-of-everything.ts';
import { callApi, newOperator, plugIn, scan, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let mine: TestOperator;
let other: TestOperator;
let ids: Things;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  mine = await newOperator(database, 'Mine');
  other = await newOperator(database, 'Other');
  ids = await oneOfEverything(database, mine);
});

afterAll(async () => {
  await database.stop();
});

describe('keys and scopes', () => {
  const call = (authorization: string | undefined, method: string, path: string) =>
    callApi(database, authorization, method, path);

  it('a missing header, a wrong key and an expired key are refused', async () => {
    const expired = newApiKey();
    await createApiKey(database, {
      apiKeyId: expired.apiKeyId,
      operatorId: mine.operatorId,
      name: 'old',
      hash: expired.hash,
      scopes: ['admin'],
      createdAt: '2019-01-01T00:00:00.000Z',
      expiresAt: '2020-01-01T00:00:00.000Z',
    });

    expect((await call(undefined, 'GET', '/chargers')).code).toBe('AUTH_HEADER_MISSING');
    expect((await call('Basic abc', 'GET', '/chargers')).code).toBe('AUTH_HEADER_MISSING');
    expect((await call('Bearer jg_live_x_y', 'GET', '/chargers')).code).toBe('INVALID_API_KEY');
    expect((await call(`Bearer ${mine.apiKey}x`, 'GET', '/chargers')).code).toBe('INVALID_API_KEY');
    expect((await call(`Bearer ${expired.apiKey}`, 'GET', '/chargers')).code).toBe(
      'INVALID_API_KEY',
    );
  });

  it('an API key can do what its scopes allow and nothing else', async () => {
    const bearer = `Bearer ${ids['apiKey']}`;

    for (const route of routes) {
      const answer = await call(bearer, route.method, pathOf(route.path, ids));
      const allowed = route.scope === 'sessions:read';
      expect([route.path, answer.code === 'SCOPE_MISSING']).toEqual([route.path, !allowed]);
    }
  });

  it('a deleted API key is refused', async () => {
    const made = await mine.call('POST', '/api-keys', { name: 'x', scopes: ['admin'] });
    const bearer = `Bearer ${made.body['apiKey']}`;
    expect((await call(bearer, 'GET', '/chargers')).status).toBe(200);

    expect((await mine.call('DELETE', `/api-keys/${made.body['apiKeyId']}`)).status).toBe(204);

    expect((await call(bearer, 'GET', '/chargers')).code).toBe('INVALID_API_KEY');
  });

  it('a secret is never shown again', async () => {
    const shown = JSON.stringify([
      (await mine.call('GET', '/api-keys')).body,
      (await mine.call('GET', '/chargers')).body,
      (await mine.call('GET', '/chargers/API-1')).body,
    ]);

    expect(shown).not.toMatch(/password|hash|jg_live|connectionToken/i);
  });
});

describe('secrets', () => {
  it('secrets are stored as hashes only, so that the tables reveal none', async () => {
    const key = await mine.call('POST', '/api-keys', { name: 'kept', scopes: ['admin'] });
    const charger = await mine.call('POST', '/chargers', { chargerId: 'SECRET-1' });
    const shownOnce = [mine.apiKey, key.body['apiKey'], charger.body['password']].map(String);
    const secrets = [...shownOnce, String(charger.body['connectionToken'])].map(
      (text) => text.split('_').at(-1) ?? '',
    );

    const kept = JSON.stringify([
      await scan(database, database.state),
      await scan(database, database.readings),
    ]);

    expect(kept).toContain(String(key.body['apiKeyId']));
    expect(kept).toContain('SECRET-1');
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(15);
      for (const encoding of ['utf8', 'base64', 'hex'] as const) {
        expect(kept).not.toContain(Buffer.from(secret).toString(encoding).replace(/=+$/, ''));
      }
    }
  });
});

describe('requests that are not what a call takes', () => {
  for (const [method, path, body, detail] of [
    ['POST', '/chargers', { chargerId: 'a/b' }, 'body.chargerId'],
    ['POST', '/chargers', { chargerId: 'ok', colour: 'red' }, 'body.colour'],
    ['POST', '/chargers', { chargerId: 'ok', timeZone: 'Mars/Base' }, 'body.timeZone'],
    ['POST', '/chargers', { chargerId: 'ok', maxPowerKw: 0 }, 'body.maxPowerKw'],
    ['POST', '/chargers', { chargerId: 'ok', connectors: 0 }, 'body.connectors'],
    ['POST', '/chargers', { chargerId: 'ok', connectors: '1.5' }, 'body.connectors'],
    ['POST', '/chargers', undefined, 'body'],
    ['POST', '/tokens', { tokenId: 'T', validUntil: '2026-01-01T00:00:00' }, 'body.validUntil'],
    ['GET', '/chargers?limit=0', undefined, 'query.limit'],
    ['GET', '/chargers?limit=101', undefined, 'query.limit'],
    ['GET', '/chargers?page=2', undefined, 'query.page'],
    ['GET', '/sessions?from=2026-04-14T18:30:00', undefined, 'query.from'],
    ['GET', '/sessions?state=open', undefined, 'query.state'],
    ['POST', '/tariffs', { name: 'T', currency: 'EUR', perKwh: 'x' }, 'body.perKwh'],
    ['POST', '/tariffs', { name: 'T', currency: 'EUR', perMile: 1 }, 'body.perMile'],
    ['POST', '/api-keys', { name: 'n', scopes: ['root'] }, 'body.scopes.0'],
    [
      'POST',
      '/api-keys',
      { name: 'n', scopes: ['admin'], expiresAt: '2020-01-01T00:00:00Z' },
      'body.expiresAt',
    ],
  ] as const) {
    it(`an invalid request names ${detail} in ${method} ${path} ${JSON.stringify(body) ?? ''}`, async () => {
      const answer = await mine.call(method, path, body);

      expect(answer.code).toBe('INVALID_REQUEST');
      expect(answer.body['details']).toEqual(
        expect.arrayContaining([expect.objectContaining({ path: detail })]),
      );
    });
  }

  it('invalid JSON, a large body, a foreign cursor and an unknown path are refused', async () => {
    expect((await mine.call('POST', '/tokens', '{"tokenId":')).code).toBe('INVALID_JSON');
    expect((await mine.call('POST', '/tokens', `"${'x'.repeat(300_000)}"`)).code).toBe(
      'BODY_TOO_LARGE',
    );
    expect((await mine.call('GET', '/tokens?cursor=abc')).code).toBe('INVALID_CURSOR');
  });

  it('no other paths and methods exist, with or without a key', async () => {
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['GET', '/'],
      ['GET', '/tokens/'],
      ['GET', '/sessions//readings'],
      ['DELETE', '/tokens/'],
      ['PATCH', '/tokens'],
      ['POST', '/health'],
    ] as const) {
      expect([path, (await mine.call(method, path)).code]).toEqual([path, 'ROUTE_NOT_FOUND']);
      expect((await callApi(database, undefined, method, path)).code).toBe('ROUTE_NOT_FOUND');
    }
  });

  it('a cursor is accepted for the list that issued it, and for no other', async () => {
    await mine.call('POST', '/tokens', { tokenId: 'TAG-2' });
    const { nextCursor } = (await mine.call('GET', '/tokens?limit=1')).body;

    expect((await mine.call('GET', `/tokens?cursor=${nextCursor}`)).status).toBe(200);
    for (const path of [
      '/sessions',
      '/sessions/active',
      '/chargers',
      pathOf('/sessions/{sessionId}/readings', ids),
    ]) {
      const answer = await mine.call('GET', `${path}?cursor=${nextCursor}`);
      expect([path, answer.code]).toEqual([path, 'INVALID_CURSOR']);
    }
    expect((await other.call('GET', `/tokens?cursor=${nextCursor}`)).code).toBe('INVALID_CURSOR');
  });

  it('every error code has a status and a sentence', () => {
    for (const [status, message] of Object.values(apiErrors)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(message).toMatch(/\.$|details\.$/);
    }
  });
});

/** A session that runs; begun again it is the same one. */
async function beginOnSecondConnector(): Promise<void> {
  const charger = await plugIn(database, 'api-1');
  await charger.call('StartTransaction', {
    connectorId: 2,
    idTag: 'TAG',
    timestamp: '2026-05-01T00:00:00Z',
    meterStart: 0,
  });
}

describe('sessions and CDRs', () => {
  it('a session has every field of the contract', async () => {
    const { body } = await mine.call('GET', `/sessions/${ids['sessionId']}`);

    expect(body).toEqual({
      sessionId: ids['sessionId'],
      chargerId: 'API-1',
      locationId: ids['locationId'],
      evseId: 1,
      connectorId: 1,
      transactionId: expect.stringMatching(/^\d+$/),
      tokenId: 'TAG',
      accountId: 'acc',
      state: 'ended',
      startedAt: '2026-04-14T16:30:00.000Z',
      endedAt: '2026-04-14T17:30:00.000Z',
      energyKwh: 7,
      powerKw: null,
      stateOfCharge: null,
      cost: { currency: 'EUR', exclVat: '2.80', inclVat: '2.80' },
      startedBy: null,
      stoppedBy: null,
      tariffId: ids['tariffId'],
      promoCode: null,
      chargingPreferences: null,
      terminalPayment: null,
      roaming: null,
      stopReason: 'Local',
      anomalies: [],
      cdrId: ids['cdrId'],
    });
  });

  it('an active session has no CDR', async () => {
    await beginOnSecondConnector();
    const [running] = (await mine.call('GET', '/sessions/active')).body.items ?? [];

    const cdr = await mine.call('GET', `/sessions/${running?.['sessionId']}/cdr`);

    expect(cdr.code).toBe('CDR_NOT_READY');
    const id = String(running?.['sessionId']).replace('ses_', 'cdr_');
    expect((await mine.call('GET', `/cdrs/${id}`)).code).toBe('CDR_NOT_FOUND');
  });

  it('sessions are filtered by state, charger and time', async () => {
    await beginOnSecondConnector();
    const list = async (query: string) =>
      (await mine.call('GET', `/sessions?roaming=false&${query}`)).body.items?.length;

    expect(await list('state=ended&chargerId=api-1')).toBe(1);
    expect(await list('state=active')).toBe(1);
    expect(await list('state=void')).toBe(0);
    expect(await list('state=&chargerId=')).toBe(2);
    expect(await list('chargerId=nobody')).toBe(0);
    expect(await list('from=2026-04-14T18:30:00%2B02:00&to=2026-04-14T16:30:01Z')).toBe(1);
    expect(await list('from=2026-04-14T18:30:00+02:00&to=2026-04-14T18:30:01+0200')).toBe(1);
    expect(await list('from=2026-04-14T18:30:01+02:00&to=2026-04-30T00:00:00Z')).toBe(0);
    expect(await list('from=2026-04-14T16:30:01Z&to=2026-04-30T00:00:00Z')).toBe(0);
    expect(await list('to=2026-04-14T16:30:00Z')).toBe(0);
    const all = (await mine.call('GET', '/sessions')).body.items ?? [];
    expect(all.map(({ roaming }) => roaming !== null).sort()).toEqual([false, false, true]);
  });

  it('CDRs are filtered by state, charger and end time', async () => {
    const list = async (query: string) =>
      (await mine.call('GET', `/cdrs?${query}`)).body.items?.length;

    expect(await list('state=sealed&chargerId=api-1')).toBe(1);
    expect(await list('state=held')).toBe(0);
    expect(await list('chargerId=nobody')).toBe(0);
    expect(await list('from=2026-04-14T19:30:00+02:00&to=2026-04-14T17:30:01Z')).toBe(1);
    expect(await list('from=2026-04-14T17:30:01Z')).toBe(0);
  });

  it('readings are shown in a form that can be checked against the CDR', async () => {
    const { body: cdr } = await mine.call('GET', `/cdrs/${ids['cdrId']}`);
    const { body } = await mine.call('GET', `/sessions/${ids['sessionId']}/readings`);
    const { evidence } = cdr as unknown as Cdr;
    const check = (readings: unknown) =>
      checkReadings(evidence, readings as ListedMessage[], (reading) => decodeMessage(v16, reading))
        .outcome;

    expect(check(body.items)).toBe('passed');
    const changed = JSON.stringify(body.items).replaceAll('"value":"5000"', '"value":"9000"');
    expect(check(JSON.parse(changed))).toBe('failed');
  });

  it('readings are shown as received and as decoded', async () => {
    const { body } = await mine.call('GET', `/sessions/${ids['sessionId']}/readings`);

    expect(body.items).toHaveLength(2);
    expect(body.items?.[0]).toMatchObject({
      kind: 'meter',
      at: '2026-04-14T17:00:00.000Z',
      raw: expect.stringContaining('"connectorId":1'),
      values: [
        {
          receivedAt: body.items?.[0]?.['receivedAt'],
          sampledValues: [{ value: '5000', measurand: 'Energy.Active.Import.Register' }],
        },
      ],
    });
    const first = await mine.call('GET', `/sessions/${ids['sessionId']}/readings?limit=1`);
    const rest = await mine.call(
      'GET',
      `/sessions/${ids['sessionId']}/readings?cursor=${first.body['nextCursor']}`,
    );
    expect(rest.body.items).toEqual(body.items?.slice(1));
    expect(rest.body['nextCursor']).toBeNull();
  });
});
