import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveCpo } from '../ocpi/cpo-partner.ts';
import { goldenDocument } from '../ocpi/golden-document.ts';
import { newOperator } from '../plant.ts';
import { havePushes } from '../webhooks/push-plant.ts';
import type { Document } from './roaming-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const first = { countryCode: 'DE', partyId: 'OUR' };
const second = { countryCode: 'AT', partyId: 'ALP' };
const named = (party: object, roles = ['CPO']) => ({ ...party, businessName: 'Ours', roles });
const parties = { ...named(first), furtherParties: [named(second)] };

const plain = (document: unknown): Document => JSON.parse(writeJsonLiterals(document as never));

const idsOf = (documents: readonly unknown[]): readonly string[] =>
  documents
    .map(plain)
    .map(({ country_code, party_id, id }) =>
      country_code === undefined ? String(id) : `${country_code}/${party_id}/${id}`,
    );

const to = ({ countryCode, partyId }: typeof first) => ({
  ...{ 'ocpi-to-country-code': countryCode, 'ocpi-to-party-id': partyId },
  ...{ 'ocpi-from-country-code': 'NL', 'ocpi-from-party-id': 'PAR' },
});

/** An operator that is two parties with a location each, where the same tariff is paid, and a partner. */
async function haveParties(version: string, more: { readonly ourParties?: object } = {}) {
  const modules = ['sessions', 'cdrs', 'locations', 'tariffs'];
  const plant = await havePushes(database, version, modules, { parties, ...more });
  const { operator } = plant;
  const place = {
    ...{ name: 'Alps', address: 'Main Street 1', city: 'Wien', country: 'AUT', publish: true },
    ...{ timeZone: 'Europe/Vienna', coordinates: { latitude: '48.2', longitude: '16.3' } },
  };
  const made = await operator.call('POST', '/locations', { ...place, party: second });
  expect(made.body['party']).toEqual(second);
  const alps = String(made.body['locationId']);
  return { ...plant, place, alps };
}

const held = (paths: Iterable<string>, module: string): readonly string[] =>
  [...paths].filter((path) => path.startsWith(module)).toSorted();

describe.each(['2.2.1', '2.3.0'])('an operator that is several parties, in OCPI %s', (version) => {
  it('locations, tariffs, sessions and CDRs have the party of their place in every list, push and credentials', async () => {
    const { begin, uid, settle, receiving, partner, locationId, alps, tariffId } =
      await haveParties(version);
    const own = await begin(uid);
    const other = await begin(uid, { locationId: alps });
    await settle();
    await own.end();
    await other.end();
    await settle();

    const credentials = await partner.call(
      'GET',
      `${version}/credentials`,
      `Token ${partner.token}`,
    );
    const { roles } = plain(credentials.data) as { roles: readonly Document[] };
    expect(roles.map(({ party_id, role }) => [party_id, role])).toEqual([
      ['OUR', 'CPO'],
      ['ALP', 'CPO'],
    ]);
    const expected = [`DE/OUR/${locationId}`, `AT/ALP/${alps}`];
    expect(idsOf(await partner.list('locations')).toSorted()).toEqual(expected.toSorted());
    const tariffs = [`DE/OUR/${tariffId}`, `AT/ALP/${tariffId}`];
    expect(idsOf(await partner.list('tariffs')).toSorted()).toEqual(tariffs.toSorted());
    const sessions = [`DE/OUR/${own.sessionId}`, `AT/ALP/${other.sessionId}`];
    expect(idsOf(await partner.list('sessions')).toSorted()).toEqual(sessions.toSorted());
    const cdrs = (await partner.list('cdrs'))
      .map(plain)
      .toSorted((a, b) => String(b['party_id']).localeCompare(String(a['party_id'])));
    expect(
      cdrs.map((cdr) => [cdr['party_id'], cdr['session_id'], (cdr['tariffs'] as [Document])[0]]),
    ).toMatchObject([
      ['OUR', own.sessionId, { party_id: 'OUR' }],
      ['ALP', other.sessionId, { party_id: 'ALP' }],
    ]);
    const paths = (module: string, ids: readonly string[]) =>
      ids.map((id) => `${module}/${id}`).toSorted();
    expect(held(receiving.held.keys(), 'locations')).toEqual(paths('locations', expected));
    expect(held(receiving.held.keys(), 'tariffs')).toEqual(paths('tariffs', tariffs));
    expect(held(receiving.held.keys(), 'sessions')).toEqual(paths('sessions', sessions));
  });

  it('what one party has is nobody’s to act on in the name of the other, and answers are from the one that was asked', async () => {
    const { begin, uid, settle, partner, alps } = await haveParties(version);
    const session = await begin(uid, { locationId: alps });
    await settle();
    const [location] = (await partner.list('locations')).map(plain).filter(({ id }) => id === alps);
    const [evse] = Object(location).evses as readonly [Document];
    const response_url = 'https://partner.example/results/1';
    const query = { response_url, duration: '60' };
    const evse_uid = String(evse['uid']);
    const ask = async (party: typeof first, method: string, path: string, body?: object) => {
      const asked = path.startsWith('chargingprofiles') ? query : {};
      const answer = await partner.send(method, path, body as never, asked, to(party));
      expect(answer.headers).toMatchObject({
        'OCPI-from-party-id': party.partyId,
        'OCPI-to-party-id': 'PAR',
      });
      return { ...answer, data: plain(answer.data) };
    };
    const unlock = { response_url, location_id: alps, evse_uid, connector_id: '1' };
    const stop = { response_url, session_id: session.sessionId };
    const wishes = `sessions/${session.sessionId}/charging_preferences`;
    const profile = `chargingprofiles/${session.sessionId}`;
    const results = async (party: typeof first) => [
      (await ask(party, 'POST', 'commands/UNLOCK_CONNECTOR', unlock)).statusCode,
      (await ask(party, 'POST', 'commands/STOP_SESSION', stop)).data?.['result'],
      (await ask(party, 'PUT', wishes, { profile_type: 'FAST' })).message,
      (await ask(party, 'GET', profile)).data?.['result'],
      (await ask(party, 'DELETE', profile)).data?.['result'],
    ];

    // The charger is offline, and its EVSE cannot do much: that is said to who may know.
    const unsupported = 'NOT_SUPPORTED';
    expect(await results(second)).toEqual([
      ...[1000, 'REJECTED', expect.stringContaining('preferences'), unsupported, unsupported],
    ]);
    const unknown = 'UNKNOWN_SESSION';
    expect(await results(first)).toEqual([
      ...[2003, unknown, expect.not.stringContaining('preferences'), unknown, unknown],
    ]);
    // Each object that is read says whose it is: the header only names who answers.
    const all = await partner.send('GET', 'locations', undefined, {}, to(first));
    expect(idsOf(all.data as never)).toEqual([`AT/ALP/${alps}`]);
  });
});

describe.each(['2.1.1', '2.2.1', '2.3.0'])(
  'a partner of one of two parties, in OCPI %s',
  (version) => {
    it('it sees, gets and charges at that party alone', async () => {
      const { begin, uid, settle, receiving, partner, locationId, alps, tariffId, operator } =
        await haveParties(version, { ourParties: [second] });
      const other = await begin(uid, { locationId: alps });
      const refused = await begin(uid);
      await settle();
      await other.end();
      await refused.end();
      await settle();

      const shown = await operator.call('GET', `/partners/${partner.partnerId}`);
      expect(shown.body['ourParties']).toEqual([second]);
      const credentials = await partner.call(
        'GET',
        `${version}/credentials`,
        `Token ${partner.token}`,
      );
      expect(writeJsonLiterals(credentials.data)).not.toContain('OUR');
      const ids = (documents: readonly unknown[]) => documents.map((one) => plain(one)['id']);
      expect(ids(await partner.list('locations'))).toEqual([alps]);
      expect(ids(await partner.list('tariffs'))).toEqual([tariffId]);
      expect(ids(await partner.list('sessions'))).toEqual([other.sessionId]);
      expect(await partner.list('cdrs')).toHaveLength(1);
      expect((await partner.send('GET', `locations/${locationId}`)).http).toBe(404);
      expect((await partner.send('GET', `locations/${alps}`)).http).toBe(200);
      expect([...receiving.held.keys()].filter((path) => path.includes('/OUR/'))).toEqual([]);
      // No driver charges for whom nobody would pay.
      const session = await operator.call('GET', `/sessions/${refused.sessionId}`);
      expect(session.body['authorization']).not.toBe('Accepted');
    });
  },
);

describe('the parties of an operator', () => {
  it('a location that goes to another party is gone at the first, and whole at the other', async () => {
    const { begin, uid, settle, receiving, alps, operator } = await haveParties('2.2.1');
    await begin(uid, { locationId: alps });
    await settle();
    await operator.call('PATCH', `/locations/${alps}`, { party: null });
    await settle();
    const statuses = (path: string) =>
      (Object(receiving.held.get(path)).evses as readonly Document[]).map(({ status }) => status);
    expect(statuses(`locations/AT/ALP/${alps}`)).toEqual(['REMOVED']);
    expect(receiving.held.get(`locations/AT/ALP/${alps}`)).toMatchObject({ party_id: 'ALP' });
    expect(statuses(`locations/DE/OUR/${alps}`)).not.toContain('REMOVED');
    expect(receiving.held.get(`locations/DE/OUR/${alps}`)).toMatchObject({ party_id: 'OUR' });
  });

  it.each([
    ['its place goes to another one', 'PATCH', '/locations/', { party: null }],
    ['its partner is connected to another one', 'PATCH', '/partners/', { ourParties: [first] }],
  ])(
    'a session that began with one party is billed by it also where %s',
    async (_how, method, path, change) => {
      const { begin, uid, settle, receiving, partner, alps, operator } = await haveParties(
        '2.2.1',
        {
          ourParties: [second],
        },
      );
      const session = await begin(uid, { locationId: alps });
      await settle();
      const id = path === '/partners/' ? partner.partnerId : alps;
      expect((await operator.call(method, `${path}${id}`, change)).status).toBe(200);
      await settle();
      await session.end();
      await settle();

      expect(receiving.posted).toHaveLength(1);
      expect(receiving.held.get(`sessions/AT/ALP/${session.sessionId}`)).toMatchObject({
        status: 'COMPLETED',
      });
      const bills = (await partner.list('cdrs')).map(plain);
      expect(bills).toMatchObject([{ party_id: 'ALP', session_id: session.sessionId }]);
    },
  );

  it('a location that goes to a party which a partner is not connected to is gone there, and comes back whole', async () => {
    const { begin, uid, settle, receiving, alps, operator } = await haveParties('2.2.1', {
      ourParties: [second],
    });
    await begin(uid, { locationId: alps });
    await settle();
    const statuses = () =>
      (Object(receiving.held.get(`locations/AT/ALP/${alps}`)).evses as readonly Document[]).map(
        ({ status }) => status,
      );
    await operator.call('PATCH', `/locations/${alps}`, { party: null });
    await settle();
    expect(statuses()).toEqual(['REMOVED']);
    const gone = receiving.taken.length;
    await operator.call('PATCH', `/locations/${alps}`, { name: 'Elsewhere' });
    await settle();
    expect(receiving.taken.slice(gone)).toEqual([]);
    await operator.call('PATCH', `/locations/${alps}`, { party: second });
    await settle();
    expect(statuses()).not.toContain('REMOVED');
    expect([...receiving.held.keys()].filter((at) => at.includes('/OUR/'))).toEqual([]);
  });

  it('what a partner does not take back keeps nothing from it that it is to have', async () => {
    const { begin, uid, settle, receiving, tariffId, operator } = await haveParties('2.2.1');
    await begin(uid);
    await settle();
    expect(receiving.held.has(`tariffs/DE/OUR/${tariffId}`)).toBe(true);
    receiving.fails = ({ method }) => (method === 'DELETE' ? 'refuses' : 'not');
    await operator.call('PUT', '/settings/ocpi', named({ countryCode: 'FR', partyId: 'NEW' }));
    await settle();

    expect(receiving.held.has(`tariffs/FR/NEW/${tariffId}`)).toBe(true);
  });

  it('the first party that becomes a further one keeps the tariff of its places, and each party has it once, at the price of today', async () => {
    const { begin, uid, settle, receiving, tariffId, partner, operator, locationId, alps } =
      await haveParties('2.2.1');
    await begin(uid);
    await begin(uid, { locationId: alps });
    await settle();
    const set = async (...all: readonly (typeof first)[]) => {
      const [one, ...others] = all.map((party) => named(party));
      await operator.call('PUT', '/settings/ocpi', { ...one, furtherParties: others });
      await settle();
    };
    const at = (party: typeof first) => `${party.countryCode}/${party.partyId}/${tariffId}`;
    const expectTariffs = async (...expected: readonly (typeof first)[]) => {
      const pushed = held(receiving.held.keys(), 'tariffs');
      expect(pushed).toEqual(expected.map((party) => `tariffs/${at(party)}`).toSorted());
      const listed = idsOf(await partner.list('tariffs')).toSorted();
      expect(listed).toEqual(expected.map(at).toSorted());
    };
    await operator.call('PATCH', `/locations/${locationId}`, { party: first });
    const third = { countryCode: 'FR', partyId: 'NEW' };
    await expectTariffs(first, second);
    await set(second, first);
    await expectTariffs(first, second);
    await set(third, second, first);
    await expectTariffs(first, second);
    await operator.call('PATCH', `/locations/${locationId}`, { party: null });
    await settle();
    await expectTariffs(first, second, third);
    const changed = {
      name: 'Roaming',
      currency: 'EUR',
      perKwh: '0.99',
      vatPercent: '19',
      version: 1,
    };
    expect((await operator.call('PUT', `/tariffs/${tariffId}`, changed)).status).toBe(200);
    await settle();
    await set(first, second, third);
    await expectTariffs(first, second, third);
    const listed = (await partner.list('tariffs')).map(plain);
    const pushed = [...receiving.held].filter(([path]) => path.startsWith('tariffs'));
    const prices = [...listed, ...pushed.map(([, tariff]) => tariff)].map(
      ({ elements }) => Object(elements)[0].price_components[0].price,
    );
    expect(prices).toEqual(Array(6).fill(0.99));
  });

  it('a further party that becomes the first one has a tariff once that it alone charges by', async () => {
    const { begin, uid, settle, receiving, tariffId, partner, operator, alps } =
      await haveParties('2.2.1');
    await begin(uid, { locationId: alps });
    await settle();
    const swapped = { ...named(second), furtherParties: [named(first)] };
    await operator.call('PUT', '/settings/ocpi', swapped);
    await settle();

    expect(idsOf(await partner.list('tariffs'))).toEqual([`AT/ALP/${tariffId}`]);
    expect(held(receiving.held.keys(), 'tariffs')).toEqual([`tariffs/AT/ALP/${tariffId}`]);
  });

  it('2.1.1 knows one party for each connection: unless one is named, the first', async () => {
    const { begin, uid, settle, partner, locationId, alps } = await haveParties('2.1.1');
    await begin(uid);
    await begin(uid, { locationId: alps });
    await settle();
    expect((await partner.list('locations')).map((one) => plain(one)['id'])).toEqual([locationId]);
  });

  it('nothing can be of a party that the operator is not, in that role', async () => {
    const { operator, alps } = await haveParties('2.2.1');
    const strange = { countryCode: 'FR', partyId: 'XXX' };
    const refusals = [
      await operator.call('PATCH', `/locations/${alps}`, { party: strange }),
      await operator.call('POST', '/partners', { name: 'P', ourParties: [strange] }),
      await operator.call('POST', '/tokens', { tokenId: 'T-OF-CPO', party: second }),
    ];
    expect(refusals.map(({ code }) => code)).toEqual(Array(3).fill('INVALID_REQUEST'));
  });
});

describe.each(['2.1.1', '2.2.1', '2.3.0'])(
  'the drivers of several parties, in OCPI %s',
  (version) => {
    it('a token is that of its party in the list and when it is asked about, and of no other', async () => {
      const operator = await newOperator(database);
      const emsps = { ...named(first, ['EMSP']), furtherParties: [named(second, ['EMSP'])] };
      await operator.call('PUT', '/settings/ocpi', emsps);
      await operator.call('POST', '/tokens', { tokenId: 'OF-FIRST' });
      const made = await operator.call('POST', '/tokens', { tokenId: 'OF-SECOND', party: second });
      expect(made.body['party']).toEqual(second);
      const partner = await haveCpo(database, operator, version, 'JNA', { ourParties: [second] });
      const ask = async (uid: string) =>
        (await partner.send('POST', `tokens/${uid}/authorize`)) as unknown as {
          readonly http: number;
          readonly data: { readonly allowed?: string; readonly token?: Document } | null;
        };
      const { data } = await ask('OF-SECOND');
      expect(data?.allowed).toBe('ALLOWED');
      if (version !== '2.1.1')
        expect(data?.token).toMatchObject({ country_code: 'AT', party_id: 'ALP' });
      expect((await ask('OF-FIRST')).http).toBe(404);
      // Nor is one sent with a command in the name of a party that it is not of.
      await partner.send('PUT', 'locations/DE/JNA/L-17', goldenDocument(version, 'location'));
      const [place] = (await operator.call('GET', '/roaming/locations')).body.items ?? [];
      const roamingLocationId = String(place?.['roamingLocationId']);
      const at = { type: 'start', roamingLocationId, evseUid: 'L17-E1' };
      const start = async (tokenId: string) =>
        (await operator.call('POST', '/roaming/commands', { ...at, tokenId })).code;
      expect(await start('OF-FIRST')).toBe('PARTNER_TAKES_NO_COMMANDS');
      expect(await start('OF-SECOND')).toBeUndefined();
    });
  },
);
