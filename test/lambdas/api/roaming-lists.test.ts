import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import { goldenDocument } from '../ocpi/golden-document.ts';
import type { TestOperator } from '../plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const connector = {
  id: '1',
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  power_type: 'AC_3_PHASE',
  max_voltage: 230,
  max_amperage: 16,
  last_updated: '2026-03-01T08:00:00Z',
};

type Site = {
  readonly latitude: string;
  readonly longitude: string;
  readonly name?: string;
  readonly city?: string;
  readonly status?: string;
  readonly watts?: number;
};

/** A location of a partner with one EVSE. */
const putSite = async ({ send }: CpoPartner, id: string, site: Site) => {
  const {
    latitude,
    longitude,
    name = id,
    city = 'Porto',
    status = 'AVAILABLE',
    watts = 11_000,
  } = site;
  const connectors = [{ ...connector, max_electric_power: watts }];
  const evse = { uid: `${id}-E1`, status, connectors, last_updated: '2026-03-01T08:00:00Z' };
  const coordinates = { latitude, longitude };
  const more = { id, name, city, coordinates, evses: [evse], postal_code: '4000' };
  const sent = goldenDocument('2.2.1', 'location', more);
  expect((await send('PUT', `locations/DE/JNA/${id}`, sent)).http).toBe(201);
};

const setStatus = async ({ send }: CpoPartner, id: string, status: string, at: string) =>
  await send('PATCH', `locations/DE/JNA/${id}/${id}-E1`, { status, last_updated: at });

/** The partner's ids of the locations of a search, all pages of one location each. */
async function found(operator: TestOperator, query: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (let page = 0; page < 20; page += 1) {
    const { status, body } = await operator.call(
      'GET',
      `/roaming/locations?limit=1&${query}${cursor}`,
    );
    expect(status).toBe(200);
    ids.push(...(body.items ?? []).map((one) => String(one['locationId'])));
    if (body['nextCursor'] === null) return ids;
    cursor = `&cursor=${body['nextCursor']}`;
  }
  throw new Error('The list has no end');
}

const porto = 'latitude=41.15&longitude=-8.61';

describe('the locations of partners', () => {
  const haveSites = async () => {
    const operator = await haveEmsp(database);
    const partner = await haveCpo(database, operator, '2.2.1');
    await putSite(partner, 'FAR', { latitude: '52.52', longitude: '13.405', city: 'Berlin' });
    await putSite(partner, 'NEAR', { latitude: '41.1501', longitude: '-8.61', name: 'Praça Nova' });
    await putSite(partner, 'EDGE', { latitude: '41.2601', longitude: '-8.49', watts: 300_000 });
    await putSite(partner, 'BUSY', { latitude: '41.16', longitude: '-8.62', status: 'CHARGING' });
    return { operator, partner };
  };

  it('locations are found around a point, the nearest first, page by page', async () => {
    const { operator } = await haveSites();

    expect(await found(operator, `${porto}&radiusKm=25`)).toEqual(['NEAR', 'BUSY', 'EDGE']);
    expect(await found(operator, `${porto}&radiusKm=5`)).toEqual(['NEAR', 'BUSY']);
    expect(await found(operator, porto)).toEqual(['NEAR', 'BUSY']);
    expect(await found(operator, 'latitude=0&longitude=0&radiusKm=25')).toEqual([]);
    const { body } = await operator.call('GET', `/roaming/locations?${porto}`);
    expect(body.items?.[0]).toMatchObject({
      locationId: 'NEAR',
      distanceKm: 0.011,
      evses: 1,
      freeEvses: 1,
      maxPowerKw: 11,
    });
  });

  it('locations are found by the beginnings of words, by power, and by whether one is free now', async () => {
    const { operator, partner } = await haveSites();

    expect(await found(operator, 'text=praca')).toEqual(['NEAR']);
    expect(await found(operator, 'text=BERL')).toEqual(['FAR']);
    expect((await found(operator, 'text=4000%20port')).toSorted()).toEqual([
      'BUSY',
      'EDGE',
      'NEAR',
    ]);
    expect(await found(operator, 'minPowerKw=150')).toEqual(['EDGE']);
    expect((await found(operator, 'free=true')).toSorted()).toEqual(['EDGE', 'FAR', 'NEAR']);
    expect((await found(operator, `partnerId=${partner.partnerId}`)).length).toBe(4);
    expect(await found(operator, 'partnerId=ptn_other')).toEqual([]);
    await setStatus(partner, 'BUSY', 'AVAILABLE', '2026-05-01T08:00:00Z');
    await setStatus(partner, 'NEAR', 'CHARGING', '2026-05-01T08:00:00Z');
    expect(await found(operator, `${porto}&free=true`)).toEqual(['BUSY']);
    await setStatus(partner, 'EDGE', 'REMOVED', '2026-05-01T08:00:00Z');
    expect(await found(operator, 'minPowerKw=150')).toEqual([]);
  });

  it('a location that moves or is renamed is found at its new place alone', async () => {
    const { operator, partner } = await haveSites();
    const moved = {
      name: 'Depot',
      coordinates: { latitude: '52.53', longitude: '13.41' },
      last_updated: '2026-05-01T08:00:00Z',
    };
    await partner.send('PATCH', 'locations/DE/JNA/NEAR', moved);

    expect(await found(operator, porto)).toEqual(['BUSY']);
    expect(await found(operator, 'latitude=52.52&longitude=13.405')).toEqual(['FAR', 'NEAR']);
    expect(await found(operator, 'text=praca')).toEqual([]);
    expect(await found(operator, 'text=depot')).toEqual(['NEAR']);
  });

  it('half a point and words that are too short are refused by name', async () => {
    const operator = await haveEmsp(database);
    for (const [query, path] of [
      ['latitude=1', 'query.longitude'],
      ['text=a%20b%20c', 'query.text'],
    ] as const) {
      const { code, body } = await operator.call('GET', `/roaming/locations?${query}`);
      expect([code, body['details']]).toMatchObject(['INVALID_REQUEST', [{ path }]]);
    }
  });

  it('the EVSEs of a location are listed with their connectors, page by page', async () => {
    const { operator, partner } = await haveSites();
    const evse = goldenDocument('2.2.1', 'evse', { uid: 'NEAR-E2' });
    await partner.send('PUT', 'locations/DE/JNA/NEAR/NEAR-E2', evse);
    const { body } = await operator.call('GET', '/roaming/locations?text=praca');
    const at = `/roaming/locations/${body.items?.[0]?.['roamingLocationId']}/evses`;

    const first = await operator.call('GET', `${at}?limit=1`);
    expect(first.body.items).toMatchObject([
      {
        evseUid: 'NEAR-E1',
        status: 'AVAILABLE',
        connectors: [{ connectorId: '1', maxPowerKw: 11 }],
      },
    ]);
    const second = await operator.call('GET', `${at}?limit=1&cursor=${first.body['nextCursor']}`);
    expect(second.body.items).toMatchObject([{ evseUid: 'NEAR-E2' }]);
    expect(second.body['nextCursor']).toBeNull();
  });
});

describe('the sessions and CDRs of partners', () => {
  it('sessions of our drivers are marked as roaming, with the account of the token', async () => {
    const operator = await haveEmsp(database);
    await operator.call('POST', '/tokens', { tokenId: '04A2B3C4D5', accountId: 'fleet-7' });
    const { send } = await haveCpo(database, operator, '2.2.1');
    for (const [id, status] of [
      ['S-1', 'ACTIVE'],
      ['S-2', 'COMPLETED'],
    ] as const) {
      const start = { start_date_time: `2026-03-1${id.at(-1)}T08:00:00Z` };
      const sent = goldenDocument('2.2.1', 'session', { id, status, ...start });
      expect((await send('PUT', `sessions/DE/JNA/${id}`, sent)).http).toBe(201);
    }
    const list = async (query = '') =>
      (await operator.call('GET', `/roaming/sessions${query}`)).body.items ?? [];

    expect(await list()).toMatchObject([
      {
        sessionId: 'S-2',
        state: 'ended',
        roaming: true,
        accountId: 'fleet-7',
        tokenId: '04A2B3C4D5',
      },
      { sessionId: 'S-1', state: 'active' },
    ]);
    expect((await list('?state=active')).map((one) => one['sessionId'])).toEqual(['S-1']);
    expect((await list('?from=2026-03-12T00:00:00Z')).map((one) => one['sessionId'])).toEqual([
      'S-2',
    ]);
    expect((await list('?to=2026-03-11T08:00:00Z')).map((one) => one['sessionId'])).toEqual([
      'S-1',
    ]);
  });

  it('the disputes’ list has the CDRs that differ, each with the amount; one is checked again when its tariff came', async () => {
    const operator = await haveEmsp(database);
    await operator.call('POST', '/tokens', { tokenId: '04A2B3C4D5', accountId: 'fleet-7' });
    const { send, partnerId } = await haveCpo(database, operator, '2.2.1');
    const cdr = (id: string, more: object = {}) =>
      goldenDocument('2.2.1', 'cdr', { id, session_id: `S-${id}`, ...more });
    await send('POST', 'cdrs', cdr('GOOD'));
    await send('POST', 'cdrs', cdr('WRONG', { total_cost: { excl_vat: 9.5, incl_vat: 11.31 } }));
    await send('POST', 'cdrs', cdr('BARE', { tariffs: [] }));
    const list = async (query = '') =>
      (await operator.call('GET', `/roaming/cdrs${query}`)).body.items ?? [];
    const ids = async (query = '') => (await list(query)).map((one) => one['cdrId']).toSorted();

    expect(await ids()).toEqual(['BARE', 'GOOD', 'WRONG']);
    expect(await ids(`?partnerId=${partnerId}`)).toEqual(['BARE', 'GOOD', 'WRONG']);
    expect(await ids(`?partnerId=${partnerId}&verdict=agrees`)).toEqual(['GOOD']);
    expect(await ids('?partnerId=ptn_other')).toEqual([]);
    expect(await list('?verdict=differs')).toMatchObject([
      {
        cdrId: 'WRONG',
        accountId: 'fleet-7',
        total: { currency: 'EUR', exclVat: '9.5', inclVat: '11.31' },
        differences: [
          { code: 'TOTAL_EXCL_VAT', stated: '9.5', expected: '9.27', amount: '0.23' },
          { code: 'TOTAL_INCL_VAT', amount: '0.28' },
          { code: 'PARTS_OF_TOTAL' },
        ],
      },
    ]);

    const [bare] = await list('?verdict=unpriced');
    const at = `/roaming/cdrs/${bare?.['roamingCdrId']}`;
    const shown = await operator.call('GET', at);
    expect(shown.body).toMatchObject({
      cdrId: 'BARE',
      price: { exclVat: null, lines: [], notes: ['The tariff t-day is not known.'] },
    });
    const [tariff] = goldenDocument('2.2.1', 'cdr')['tariffs'] as readonly [object];
    await send('PUT', 'tariffs/DE/JNA/T-DAY', tariff);
    const checked = await operator.call('POST', `${at}/check`);
    expect(checked.body).toMatchObject({
      verdict: 'agrees',
      price: { exclVat: '9.27', inclVat: '11.03' },
    });
    expect(await ids('?verdict=agrees')).toEqual(['BARE', 'GOOD']);
  });
});
