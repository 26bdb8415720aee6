import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopes } from '../../../lambdas/access/scopes.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  newLocation,
  oneOfEverything,
  pathOf,
  publicKey,
  type Things,
} from '../one-of-everything.ts';
import { type Body, callApi, newOperator, scan, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let ids: Things;
let elsewhere: string;
let there: string;
let here: string;

const wide = [
  'chargers:write',
  'commands:write',
  'locations:read',
  'sessions:read',
  'cdrs:write',
  'mcp:write',
];

const keyOf = async (...locationIds: readonly string[]): Promise<string> => {
  const made = await operator.call('POST', '/api-keys', {
    name: 'Site',
    scopes: wide,
    locationIds,
  });
  return `Bearer ${made.body['apiKey']}`;
};

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  ids = await oneOfEverything(database, operator);
  const other = await operator.call('POST', '/locations', { ...newLocation, name: 'Elsewhere' });
  elsewhere = String(other.body['locationId']);
  await operator.call('POST', '/chargers', { chargerId: 'ELSEWHERE-1', locationId: elsewhere });
  [here, there] = [await keyOf(ids['locationId'] ?? ''), await keyOf(elsewhere)];
  // A first use is noted.
  for (const key of [here, there]) await call(key, 'GET', '/locations');
});

afterAll(async () => {
  await database.stop();
});

const call = (key: string, method: string, path: string, body?: unknown) =>
  callApi(database, key, method, path, body);

/** Everything that is kept, but for the counts of calls. */
const everything = async () =>
  (await scan(database, database.state)).filter(({ sk }) => sk?.S !== 'CALLS');

/** Bodies of the calls that a bounded key may come to; those of the other calls are not looked at. */
const bodies: Readonly<Record<string, unknown>> = {
  'PATCH /chargers/{chargerId}': { name: 'Taken' },
  'POST /chargers/{chargerId}/approval': { approval: 'rejected' },
  'PUT /chargers/{chargerId}/desired-configuration': { ocpp16: { Language: 'fr' } },
  'POST /chargers/{chargerId}/password': {},
  'POST /chargers/{chargerId}/connection-token': {},
  'POST /chargers/{chargerId}/meter-keys': { publicKey },
  'POST /chargers/{chargerId}/commands': { type: 'clear-cache' },
  'POST /cdrs/{cdrId}/resolve': { decision: 'void', reason: 'Not theirs.' },
  'POST /cdrs/{cdrId}/corrections': { reason: 'Not theirs.', credit: true },
};

const bodyFor = (key: string) => bodies[key] ?? (/^P/.test(key) ? { name: 'x' } : undefined);

/** Answers by which nothing is shown and nothing done. */
const refusals = /^(?:SCOPE_MISSING|KEY_BOUNDED|INVALID_REQUEST|\w+_NOT_FOUND)$/;

/** A page that shows nothing of our location. */
const isWithoutOurs = (body: Body): boolean =>
  body.items !== undefined &&
  !JSON.stringify(body).includes('API-1') &&
  !body.items.some((one) => one['locationId'] === ids['locationId']);

const apart = routes.filter(({ path }) => path !== '/api-keys');

describe('a key that is bounded to a location', () => {
  it.each(apart)(
    'a bounded key sees and changes nothing of another location by $method $path',
    async (route) => {
      const { method, path } = route;
      const before = method === 'GET' ? undefined : await everything();

      const answer = await call(there, method, pathOf(path, ids), bodyFor(`${method} ${path}`));

      if (answer.code === undefined)
        expect([path, isWithoutOurs(answer.body)]).toEqual([path, true]);
      else expect(answer.code).toMatch(refusals);
      if (before !== undefined) expect(await everything()).toEqual(before);
    },
  );

  it('a bounded key can use every call about what is at its location, and no other', async () => {
    const allowed = routes.filter(
      ({ method, path, scope }) =>
        method === 'GET' &&
        /^\/(?:chargers|sessions|cdrs|commands|locations)(?:\/|$)/.test(path) &&
        // Bills are the operator's: no bounded key has their scope.
        scope !== 'payments:read',
    );
    for (const { method, path } of allowed) {
      const { status, code } = await call(here, method, pathOf(path, ids));
      expect([path, status, code]).toEqual([path, 200, undefined]);
    }
    for (const path of ['/analytics/days', '/waiting-chargers']) {
      expect((await call(here, 'GET', path)).code).toBe('KEY_BOUNDED');
    }
    const changed = await call(here, 'PATCH', '/chargers/API-1', { name: 'Bay 1' });
    expect([changed.status, changed.body['name']]).toEqual([200, 'Bay 1']);
  });

  it('a bounded key lists the chargers, sessions and CDRs of its location alone, also without naming it', async () => {
    for (const path of ['/chargers', '/sessions', '/cdrs', '/locations']) {
      const { items = [] } = (await call(here, 'GET', path)).body;
      expect([path, items.length]).toEqual([path, 1]);
    }
    expect((await call(there, 'GET', '/chargers')).body.items).toMatchObject([
      { chargerId: 'ELSEWHERE-1' },
    ]);
  });

  it('a bounded key names one of its locations where it has several, and never another owner', async () => {
    const both = await keyOf(ids['locationId'] ?? '', elsewhere);

    expect((await call(both, 'GET', '/sessions')).body).toMatchObject({
      details: [{ path: 'query.locationId' }],
    });
    const named = await call(both, 'GET', `/sessions?locationId=${ids['locationId']}`);
    expect(named.body.items).toHaveLength(1);
    for (const owner of [`locationId=${elsewhere}`, 'accountId=acc', 'chargerId=API-1']) {
      expect((await call(here, 'GET', `/cdrs?${owner}`)).code).toBe('INVALID_REQUEST');
    }
    expect((await call(both, 'GET', '/locations')).body.items).toHaveLength(2);
  });

  it('a bounded key registers chargers at its location, and moves none away from it', async () => {
    const locationId = ids['locationId'];
    const create = async (more: object) =>
      await call(here, 'POST', '/chargers', { chargerId: 'SITE-2', ...more });

    expect((await create({})).code).toBe('LOCATION_NOT_FOUND');
    expect((await create({ locationId: elsewhere })).code).toBe('LOCATION_NOT_FOUND');
    expect((await create({ locationId })).status).toBe(201);
    for (const to of [elsewhere, null]) {
      const moved = await call(here, 'PATCH', '/chargers/SITE-2', { locationId: to });
      expect(moved.code).toBe('LOCATION_NOT_FOUND');
    }
    expect((await call(here, 'PATCH', '/chargers/SITE-2', { locationId })).status).toBe(200);
    expect((await call(here, 'DELETE', '/chargers/SITE-2')).status).toBe(204);
  });

  it('a bounded key cannot have a scope for what is at no location, nor a location that does not exist', async () => {
    const make = async (scope: string, locationId: string | undefined) =>
      await operator.call('POST', '/api-keys', {
        name: 'x',
        scopes: [scope],
        locationIds: [locationId],
      });

    const granted = [];
    for (const scope of scopes) {
      if ((await make(scope, elsewhere)).status === 201) granted.push(scope);
    }
    expect(granted).toEqual([
      'chargers:read',
      'chargers:write',
      'commands:read',
      'commands:write',
      'locations:read',
      'sessions:read',
      'cdrs:read',
      'cdrs:write',
      'mcp:write',
    ]);
    expect((await make('cdrs:read', 'loc_nowhere')).code).toBe('LOCATION_NOT_FOUND');
  });
});
