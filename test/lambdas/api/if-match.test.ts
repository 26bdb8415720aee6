import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { expectDescribed } from '../expect-described.ts';
import { matched } from '../http-event.ts';
import { oneOfEverything, pathOf, type Things } from '../one-of-everything.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';

let database: TestDatabase;
let mine: TestOperator;
let ids: Things;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  mine = await newOperator(database, 'Mine');
  ids = await oneOfEverything(database, mine);
});

afterAll(async () => {
  await database.stop();
});

/** Sends a request and gives status, entity tag and body as they go over HTTP. */
async function send(method: string, path: string, given: { body?: object; ifMatch?: string } = {}) {
  const { routeKey, pathParameters, queryStringParameters } = matched(method, path);
  const served = await answerRequest(
    database,
    {
      routeKey,
      path: pathParameters,
      query: queryStringParameters,
      headers: { authorization: `Bearer ${mine.apiKey}`, 'if-match': given.ifMatch },
      body: given.body === undefined ? undefined : JSON.stringify(given.body),
      base64: false,
    },
    Date.now(),
    testServices,
  );
  const { statusCode: status = 0, headers = {}, body = '' } = httpResponse(served, apiErrors);
  const read = JSON.parse(body);
  expectDescribed(method, path, { status, body: read });
  return { status, etag: headers['etag'] as string | undefined, body: read };
}

const { version: _, ...tariff } = {
  ...(routes.find(({ method, path }) => method === 'PUT' && path === '/tariffs/{tariffId}')
    ?.example as Record<string, unknown>),
} as Record<string, unknown>;

const juna = { countryCode: 'DE', partyId: 'JOU', businessName: 'Juna Charge', roles: ['EMSP'] };

type Bodies = readonly [now: object, first: object, second: object];

/** Bodies of each PUT, of which each keeps something else: one that holds at the beginning, and two that change it. */
const changes: Readonly<Record<string, Bodies>> = {
  '/settings': [
    {},
    { issuer: { name: 'Juna', addressLines: ['Lindenstraße 7'], city: 'Berlin', country: 'DEU' } },
    { neverStopped: { closeAfterHours: 40 } },
  ],
  '/settings/admission': [
    {},
    { approveNewChargers: true },
    { waitingRoom: { places: 3, hours: 5 } },
  ],
  '/settings/configuration': [{}, { useDefaults: false }, { ocpp16: { LightIntensity: '60' } }],
  '/chargers/{chargerId}/desired-configuration': [
    {},
    { ocpp16: { LightIntensity: '30' } },
    { ocpp16: { LightIntensity: '60' } },
  ],
  '/settings/ocpi': [juna, { ...juna, businessName: 'Juna' }, { ...juna, roles: ['CPO'] }],
  '/settings/payments': [{ adapter: 'none' }, { adapter: 'invoice' }, { adapter: 'invoice' }],
  '/settings/monitoring': [
    {},
    { abnormalReadings: { from: 'error' } },
    { failedSessions: { noEnergyKwh: '0.2' } },
  ],
  '/tokens/{tokenId}': [{}, { status: 'Blocked' }, { accountId: 'somebody' }],
  '/tariffs/{tariffId}': [tariff, { ...tariff, perKwh: '0.11' }, { ...tariff, perKwh: '0.12' }],
};

const replacing = routes.filter(({ method }) => method === 'PUT');

describe('If-Match', () => {
  it('every PUT heeds If-Match, and the GET of the same path names what it shows', () => {
    for (const { path, versioned } of replacing) {
      const shown = routes.find((one) => one.method === 'GET' && one.path === path);
      expect([path, versioned !== undefined, shown?.versioned]).toEqual([path, true, []]);
    }
    expect(replacing.map(({ path }) => path).toSorted()).toEqual(Object.keys(changes).toSorted());
  });

  it.each(Object.entries(changes))(
    'PUT %s is done for who has seen the resource as it is, and refused with 412 for who has not',
    async (template, [now, first, second]) => {
      const path = pathOf(template, ids);
      await send('PUT', path, { body: now });
      const seen = (await send('GET', path)).etag ?? '';
      expect(seen).toMatch(/^"[\w-]{22}"$/);

      const done = await send('PUT', path, { body: first, ifMatch: `"other", ${seen}` });
      expect(done.status).toBe(200);
      expect(done.etag).not.toBe(seen);
      expect((await send('GET', path)).etag).toBe(done.etag);

      for (const ifMatch of [seen, `W/${done.etag}`, '"x"']) {
        const late = await send('PUT', path, { body: second, ifMatch });
        expect([ifMatch, late.status, late.body.code]).toEqual([
          ifMatch,
          412,
          'PRECONDITION_FAILED',
        ]);
      }
      expect((await send('GET', path)).etag).toBe(done.etag);
      expect((await send('PUT', path, { body: second, ifMatch: '*' })).status).toBe(200);
      expect((await send('PUT', path, { body: first })).status).toBe(200);
    },
  );

  it.each(Object.entries(changes))(
    'of two requests for PUT %s that have seen the same at once one is done and one refused',
    async (template, [now, ...others]) => {
      const path = pathOf(template, ids);
      await send('PUT', path, { body: now });
      const ifMatch = (await send('GET', path)).etag ?? '';

      const sent = await Promise.all(others.map((body) => send('PUT', path, { body, ifMatch })));

      expect(sent.map(({ status }) => status).toSorted()).toEqual([200, 412]);
      const done = sent.find(({ status }) => status === 200);
      expect((await send('GET', path)).etag).toBe(done?.etag);
    },
  );

  it('a header that no entity tag can be read from is refused, and not taken for none', async () => {
    for (const ifMatch of ['', 'abc', '"a" "b"', '"a",', `"${'x'.repeat(10)}`]) {
      const { status, body } = await send('PUT', '/settings', { body: {}, ifMatch });
      expect([ifMatch, status, body.details?.[0]?.path]).toEqual([ifMatch, 400, 'header.if-match']);
    }
  });
});
