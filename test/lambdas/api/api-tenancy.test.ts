import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiErrorCode } from '../../../lambdas/api/errors.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { known, oneOfEverything, pathOf, type Things } from '../one-of-everything.ts';
import { type Body, newOperator, type TestOperator } from '../plant.ts';
import { requestBodies } from '../request-bodies.ts';

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

/** Answer to `other` when it names something of ours by the first parameter of a path. */
const notFound: Readonly<Record<string, ApiErrorCode>> = {
  chargerId: 'CHARGER_NOT_FOUND',
  waitingChargerId: 'WAITING_CHARGER_NOT_FOUND',
  tokenId: 'TOKEN_NOT_FOUND',
  tariffId: 'TARIFF_NOT_FOUND',
  code: 'PROMO_CODE_NOT_FOUND',
  sessionId: 'SESSION_NOT_FOUND',
  cdrId: 'CDR_NOT_FOUND',
  apiKeyId: 'API_KEY_NOT_FOUND',
  commandId: 'COMMAND_NOT_FOUND',
  webhookId: 'WEBHOOK_NOT_FOUND',
  locationId: 'LOCATION_NOT_FOUND',
  accountId: 'ACCOUNT_NOT_FOUND',
  firmwareId: 'FIRMWARE_NOT_FOUND',
  campaignId: 'CAMPAIGN_NOT_FOUND',
  partnerId: 'PARTNER_NOT_FOUND',
  roamingLocationId: 'LOCATION_NOT_FOUND',
  roamingCdrId: 'CDR_NOT_FOUND',
  roamingInvoiceId: 'INVOICE_NOT_FOUND',
  roamingCommandId: 'COMMAND_NOT_FOUND',
};

const bodyFor = (method: string, path: string): unknown =>
  method === 'POST' || method === 'PUT' || method === 'PATCH'
    ? known(requestBodies, `${method} ${path}`)
    : undefined;

/** Calls about the deployment itself, which show all operators the same. */
const common = ['/settings/charger-authority'];

/** Items of a list, or the single item of a response. */
const shownBy = (body: Body): readonly Body[] => body.items ?? [body];

async function everythingOfOurs(): Promise<Readonly<Record<string, unknown>>> {
  const shown: Record<string, unknown> = {};
  for (const { method, path } of routes.filter((one) => one.method === 'GET')) {
    const answer = await mine.call(method, pathOf(path, ids));
    expect([path, answer.status]).toEqual([path, 200]);
    // The URL of a file is another one whenever it is asked for, and an uptime goes on until now.
    if (!path.endsWith('/url') && path !== '/monitoring/uptime') shown[path] = answer.body;
  }
  return shown;
}

describe('another operator', () => {
  for (const { method, path } of routes) {
    const parameter = /\{(\w+)\}/.exec(path)?.[1];
    if (parameter !== undefined) {
      it(`another operator finds nothing of ours by ${method} ${path}`, async () => {
        const answer = await other.call(method, pathOf(path, ids), bodyFor(method, path));

        expect(answer.code).toBe(known(notFound, parameter));
      });
    } else if (method === 'GET' && !common.includes(path)) {
      it(`another operator sees nothing of ours in GET ${path}`, async () => {
        const answer = await other.call('GET', path);

        const ours = shownBy((await mine.call('GET', path)).body);
        expect(answer.status).toBe(200);
        for (const thing of shownBy(answer.body)) expect(ours).not.toContainEqual(thing);
        const made = (answer.body.items ?? []).map((item) => item['name']);
        expect(made).toEqual(path === '/api-keys' ? ['First administrator'] : []);
      });
    }
  }

  it('another operator cannot start a campaign with our firmware', async () => {
    const campaign = { firmwareId: ids['firmwareId'], chargers: { vendor: 'ACME' } };

    expect((await other.call('POST', '/firmware-campaigns', campaign)).code).toBe(
      'FIRMWARE_NOT_FOUND',
    );
  });

  // A campaign is about a firmware, and a command about a session, that its operator has.
  const dependent = ['/firmware-campaigns', '/roaming/commands'];
  const independent = routes.filter(({ path }) => !dependent.includes(path));
  it.each(independent.filter(({ method, path }) => method !== 'GET' && !path.includes('{')))(
    'another operator has names and settings of its own by $method $path',
    async ({ method, path }) => {
      const newcomer = await newOperator(database, 'Newcomer');
      // Partners are of an operator that is a party.
      if (path === '/partners') {
        const settings = '/settings/ocpi';
        await newcomer.call('PUT', settings, bodyFor('PUT', settings));
      }

      const answer = await newcomer.call(method, path, bodyFor(method, path));

      expect(answer.status).toBe(method === 'PUT' ? 200 : 201);
    },
  );

  it('another operator cannot take the id of our charger, nor give one of theirs our tariff', async () => {
    const tariffId = ids['tariffId'];

    expect((await other.call('POST', '/chargers', { chargerId: 'X', tariffId })).code).toBe(
      'TARIFF_NOT_FOUND',
    );
  });

  it('another operator changes nothing of ours by any existing request', async () => {
    const newcomer = await newOperator(database, 'Newcomer');
    const before = await everythingOfOurs();

    for (const { method, path } of routes) {
      await newcomer.call(method, pathOf(path, ids), bodyFor(method, path));
    }

    expect(await everythingOfOurs()).toEqual(before);
    expect(JSON.stringify(before)).toContain('"closeAfterHours":99');
  });
});
