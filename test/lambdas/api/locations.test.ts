import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { readPusher } from '../../../lambdas/push/pusher.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { readApiKey } from '../../../lambdas/store/operators/api-keys.ts';
import { toItem } from '../../../lambdas/store/table/item.ts';
import { chargerItemKey } from '../../../lambdas/store/table/keys/charger-keys.ts';
import { chargersOfLocation } from '../../../lambdas/store/table/keys/lists.ts';
import { putItem } from '../../contracts/put-item.ts';
import { countRequests } from '../count-requests.ts';
import { newLocation } from '../one-of-everything.ts';
import { type Body, newOperator, plugIn, settle, type TestOperator } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
let operator: TestOperator;
/** A tariff for each place that may have one. */
const tariffs = { charger: '', location: '', operator: '' };
type Place = keyof typeof tariffs;

const newTariff = async (name: string): Promise<string> => {
  const form = { name, currency: 'EUR', perKwh: '0.30' };
  return String((await site.call('POST', '/tariffs', form)).body['tariffId']);
};

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'Unused', currency: 'EUR', perKwh: '9' },
  });
  ({ operator } = site);
  for (const place of Object.keys(tariffs) as Place[]) tariffs[place] = await newTariff(place);
});
afterAll(async () => {
  await site.close();
});
beforeEach(async () => {
  await site.call('PUT', '/settings', {});
});

const locate = async (form: object = {}): Promise<string> => {
  const made = await site.call('POST', '/locations', { ...newLocation, ...form });
  expect(made.status).toBe(201);
  return String(made.body['locationId']);
};

let count = 0;
/** Registers a charger that has a tariff of its own only if the form gives it one. */
const register = async (form: object): Promise<string> => {
  count += 1;
  const chargerId = `L-${count}`;
  expect((await site.call('POST', '/chargers', { chargerId, ...form })).status).toBe(201);
  return chargerId;
};

const plugInAs = async (chargerId: string) =>
  await plugIn(site.database, chargerKey(operator.operatorId, chargerId));

/** The session of a charger that connected and was used, with a step in between. */
async function sessionAt(chargerId: string, meanwhile = async () => {}): Promise<Body> {
  const charger = await plugInAs(chargerId);
  await meanwhile();
  const { transactionId } = await charger.call('StartTransaction', start());
  await charger.call('StopTransaction', stop(transactionId));
  const listed = await site.call('GET', `/sessions?chargerId=${chargerId}`);
  return listed.body.items?.[0] ?? {};
}

const hours = (periodBegin: string, periodEnd: string, weekday = 1) => ({
  twentyfourseven: false,
  regularHours: [{ weekday, periodBegin, periodEnd }],
});

describe('a location', () => {
  it('a location is shown as it was created, with what was left out, and changes are made each on its own', async () => {
    const locationId = await locate({ tariffId: tariffs.location, postalCode: '4000-322' });
    const path = `/locations/${locationId}`;
    const created = (await site.call('GET', path)).body;
    expect(created).toMatchObject({
      ...newLocation,
      coordinates: { latitude: '41.14961', longitude: '-8.61099' },
      postalCode: '4000-322',
      tariffId: tariffs.location,
      publish: false,
      version: 1,
    });

    await Promise.all([
      site.call('PATCH', path, { name: 'Yard, rear' }),
      site.call('PATCH', path, { tariffId: null, postalCode: null }),
      site.call('PATCH', path, { publish: true }),
    ]);

    expect((await site.call('GET', path)).body).toMatchObject({
      ...newLocation,
      coordinates: { latitude: '41.14961', longitude: '-8.61099' },
      name: 'Yard, rear',
      postalCode: null,
      tariffId: null,
      publish: true,
      version: 4,
    });
    const late = { name: 'Late', version: 3 };
    expect((await site.call('PATCH', path, late)).code).toBe('LOCATION_CHANGED');
  });

  it('what drivers and partners may know of a location is shown as it was said, and each part can be removed', async () => {
    const said = {
      state: 'Norte',
      parkingType: 'PARKING_LOT',
      openingTimes: {
        twentyfourseven: false,
        regularHours: [{ weekday: 1, periodBegin: '08:00', periodEnd: '20:00' }],
        exceptionalOpenings: [],
        exceptionalClosings: [
          { periodBegin: '2026-12-24T12:00:00.000Z', periodEnd: '2026-12-27T00:00:00.000Z' },
        ],
      },
      chargingWhenClosed: true,
      facilities: ['CAFE', 'WIFI'],
      directions: [{ language: 'pt', text: 'Ao fundo' }],
      operator: { name: 'Operator', website: 'https://operator.example/' },
      suboperator: { name: 'Service' },
      owner: { name: 'Owner' },
      helpPhone: '+351 22 123 456',
    };
    const path = `/locations/${await locate(said)}`;
    expect((await site.call('GET', path)).body).toMatchObject(said);

    const nothing = Object.fromEntries(Object.keys(said).map((name) => [name, null]));
    const changed = (await site.call('PATCH', path, nothing)).body;

    const empty = { ...nothing, facilities: [], directions: [] };
    expect(changed).toMatchObject(empty);
    expect((await site.call('GET', path)).body).toMatchObject({
      ...newLocation,
      ...empty,
      coordinates: {},
    });
  });

  it('a location with chargers is not deleted until they are gone, and then nothing finds it', async () => {
    const locationId = await locate();
    const path = `/locations/${locationId}`;
    const chargerId = await register({ locationId });
    expect((await site.call('DELETE', path)).code).toBe('LOCATION_HAS_CHARGERS');
    await site.call('PATCH', `/chargers/${chargerId}`, { locationId: null });

    expect((await site.call('DELETE', path)).status).toBe(204);

    for (const method of ['GET', 'DELETE'] as const) {
      expect((await site.call(method, path)).code).toBe('LOCATION_NOT_FOUND');
    }
    expect((await site.call('PATCH', path, { name: 'x' })).code).toBe('LOCATION_NOT_FOUND');
    const form = { chargerId: 'nowhere', locationId };
    expect((await site.call('POST', '/chargers', form)).code).toBe('LOCATION_NOT_FOUND');
    const moved = await site.call('PATCH', `/chargers/${chargerId}`, { locationId });
    expect(moved.code).toBe('LOCATION_NOT_FOUND');
  });

  it('a location is kept where a charger is listed behind the entry of one that has just left', async () => {
    const { operatorId } = operator;
    const locationId = await locate();
    await register({ locationId });
    const left = await readCharger(site.database, chargerKey(operatorId, await register({})));
    // The index follows its table: for a moment the entry of a charger that moved away is still there.
    await putItem(site.database, {
      ...toItem({ ...left, locationId: undefined }),
      ...toItem(chargerItemKey(left?.chargerKey ?? '')),
      ...toItem({ chargerListKey: chargersOfLocation(operatorId, locationId), listSort: '!' }),
    });

    const answer = await site.call('DELETE', `/locations/${locationId}`);

    expect(answer.code).toBe('LOCATION_HAS_CHARGERS');
  });

  it("another operator's location and tariff cannot be used", async () => {
    const locationId = await locate();
    const other = await newOperator(site.database, 'Other');
    const form = { chargerId: 'theirs', locationId };
    expect((await other.call('POST', '/chargers', form)).code).toBe('LOCATION_NOT_FOUND');
    const place = { ...newLocation, tariffId: tariffs.location };
    expect((await other.call('POST', '/locations', place)).code).toBe('TARIFF_NOT_FOUND');
    const { tariffId } = place;
    expect((await other.call('PUT', '/settings', { tariffId })).code).toBe('TARIFF_NOT_FOUND');
  });

  it.each([
    [{ country: 'DE' }, 'body.country'],
    [{ timeZone: 'Mars/Base' }, 'body.timeZone'],
    [{ coordinates: { latitude: '90.0000001', longitude: '0' } }, 'body.coordinates.latitude'],
    [{ coordinates: { latitude: '0', longitude: '-180.5' } }, 'body.coordinates.longitude'],
    [{ coordinates: { latitude: '1e1', longitude: '0.00000001' } }, 'body.coordinates.longitude'],
    [{ address: ' ' }, 'body.address'],
    [{ city: 'x'.repeat(46) }, 'body.city'],
    [{ publish: 'yes' }, 'body.publish'],
    [{ parkingType: 'MOON' }, 'body.parkingType'],
    [{ facilities: ['POOL'] }, 'body.facilities.0'],
    [{ openingTimes: { twentyfourseven: false } }, 'body.openingTimes'],
    [{ openingTimes: hours('22:00', '06:00') }, 'body.openingTimes.regularHours.0'],
    [{ openingTimes: hours('08:00', '24:00') }, 'body.openingTimes.regularHours.0.periodEnd'],
    [{ openingTimes: hours('08:00', '20:00', 8) }, 'body.openingTimes.regularHours.0.weekday'],
    [{ operator: { name: 'A', website: 'ftp://a.example' } }, 'body.operator.website'],
    [{ directions: [{ language: 'por', text: 'x' }] }, 'body.directions.0.language'],
    [{ helpPhone: 'call us' }, 'body.helpPhone'],
  ])('a location with %j is refused and the path of the value is named', async (wrong, path) => {
    const answer = await site.call('POST', '/locations', { ...newLocation, ...wrong });

    expect(answer.code).toBe('INVALID_REQUEST');
    expect(answer.body['details']).toMatchObject([{ path }]);
  });
});

describe('the chargers of a location', () => {
  it('the chargers of a location are listed page by page at the same cost, however many others there are', async () => {
    const locationId = await locate();
    const mine = [];
    for (let n = 0; n < 5; n += 1) {
      mine.push(await register({ locationId }));
      await register({ locationId: await locate() });
    }
    const listed: unknown[] = [];
    let cursor = '';
    do {
      const query = `locationId=${locationId}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { answer, queries } = await counted(() => site.call('GET', `/chargers?${query}`));
      // The page itself, and what each of its chargers reported.
      expect(queries).toBeLessThanOrEqual(1 + 2);
      listed.push(...(answer.body.items ?? []).map((one) => one['chargerId']));
      cursor = String(answer.body['nextCursor'] ?? '');
    } while (cursor !== '');

    expect(listed).toEqual(mine.toSorted());
  });

  it('a charger that moves is listed where it is, and nowhere when it is deleted', async () => {
    const [from, to] = [await locate(), await locate()];
    const chargerId = await register({ locationId: from });
    const at = async (locationId: string) =>
      (await site.call('GET', `/chargers?locationId=${locationId}`)).body.items?.map(
        (one) => one['chargerId'],
      );
    await site.call('PATCH', `/chargers/${chargerId}`, { locationId: to });
    expect([await at(from), await at(to)]).toEqual([[], [chargerId]]);
    await site.call('DELETE', `/chargers/${chargerId}`);
    expect(await at(to)).toEqual([]);
  });
});

describe('the sessions and CDRs of a location and an account', () => {
  it('sessions and CDRs are listed by the location that their charger belonged to, and by the account of their token', async () => {
    const [here, there] = [await locate(), await locate()];
    const accountId = 'fleet #7';
    await site.call('POST', '/tokens', { tokenId: 'FLEET', accountId });
    const chargerId = await register({ locationId: here, tariffId: tariffs.charger });
    const charge = async (idTag: string, meterStart: number) => {
      const charger = await plugInAs(chargerId);
      const { transactionId } = await charger.call(
        'StartTransaction',
        start({ idTag, meterStart }),
      );
      await charger.call('StopTransaction', stop(transactionId));
      await settle(site.database, chargerKey(operator.operatorId, chargerId));
    };
    await charge('FLEET', 1000);
    await site.call('PATCH', `/chargers/${chargerId}`, { locationId: there });
    await charge('TAG1', 2000);

    const found = async (list: string, query: string) =>
      ((await site.call('GET', `/${list}?${query}`)).body.items ?? []).map((one) =>
        String(one['sessionId']),
      );
    const own = (await site.call('GET', `/sessions?chargerId=${chargerId}`)).body.items ?? [];
    const of = (tokenId: string) =>
      String(own.find((one) => one['tokenId'] === tokenId)?.['sessionId']);
    const [first, second] = [of('FLEET'), of('TAG1')];
    for (const list of ['sessions', 'cdrs']) {
      expect(await found(list, `locationId=${here}`)).toEqual([first]);
      expect(await found(list, `locationId=${there}`)).toEqual([second]);
      expect(await found(list, `accountId=${encodeURIComponent(accountId)}`)).toEqual([first]);
      expect(await found(list, 'accountId=fleet')).toEqual([]);
      expect(await found(list, `locationId=${here}&from=2026-04-15T00:00:00Z`)).toEqual([]);
      const both = await site.call('GET', `/${list}?locationId=${here}&accountId=a`);
      expect(both.body['details']).toMatchObject([{ path: 'query.accountId' }]);
    }
    expect((await site.call('GET', `/sessions/${first}`)).body['locationId']).toBe(here);
  });

  it("another operator finds nothing by the location or the account of this one's sessions", async () => {
    const locationId = await locate();
    await sessionAt(await register({ locationId }));
    const other = await newOperator(site.database, 'Stranger');

    expect((await other.call('GET', `/sessions?locationId=${locationId}`)).body.items).toEqual([]);
  });
});

const counted = async <T>(call: () => Promise<T>): Promise<{ answer: T; queries: number }> => {
  const answers: T[] = [];
  const { reads } = await countRequests(site.database, async () => {
    answers.push(await call());
  });
  const [answer] = answers;
  if (answer === undefined) throw new Error('The call gave no answer');
  return { answer, queries: reads.filter((one) => one === 'Query').length };
};

describe('the tariff of a session', () => {
  it('the nearest tariff wins: that of the charger, else of its location, else of the operator', async () => {
    const places = fc.record({
      charger: fc.boolean(),
      location: fc.boolean(),
      operator: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(places, async (has) => {
        const of = (place: Place) => (has[place] ? { tariffId: tariffs[place] } : {});
        await site.call('PUT', '/settings', of('operator'));
        const locationId = await locate(of('location'));
        const chargerId = await register({ locationId, ...of('charger') });

        const nearest = (Object.keys(tariffs) as Place[]).find((place) => has[place]);
        const { tariffId } = await sessionAt(chargerId);
        expect(tariffId).toBe(nearest === undefined ? null : tariffs[nearest]);
      }),
      { numRuns: 6 },
    );
  });

  it('a tariff that is changed while a charger is connected holds from its next start on, wherever it is changed', async () => {
    const locationId = await locate();
    const chargerId = await register({ locationId });
    const path = `/locations/${locationId}`;

    const atLocation = await sessionAt(chargerId, async () => {
      await site.call('PATCH', path, { tariffId: tariffs.location });
    });
    const elsewhere = await sessionAt(await register({ locationId }), async () => {
      const next = await locate({ tariffId: tariffs.operator });
      await site.call('PATCH', `/chargers/L-${count}`, { locationId: next });
    });

    expect(atLocation['tariffId']).toBe(tariffs.location);
    expect(elsewhere['tariffId']).toBe(tariffs.operator);
  });

  it('a stop without its start is billed by the tariff of its location', async () => {
    const locationId = await locate({ tariffId: tariffs.location });
    const chargerId = await register({ locationId });
    const charger = await plugInAs(chargerId);

    await charger.call('StopTransaction', stop(4711));

    const listed = await site.call('GET', `/sessions?chargerId=${chargerId}`);
    expect(listed.body.items).toMatchObject([{ tariffId: tariffs.location }]);
  });

  it('a session that is pushed without a wallbox or a tariff of its key has the tariff of its operator', async () => {
    await site.call('PUT', '/settings', { tariffId: tariffs.operator });
    expect((await site.call('GET', '/settings')).body['tariffId']).toBe(tariffs.operator);
    const key = await site.call('POST', '/api-keys', {
      name: 'Gateway',
      scopes: ['sessions:push'],
    });
    const apiKey = await readApiKey(site.database, String(key.body['apiKeyId']));

    const pusher = apiKey && (await readPusher(site.database, apiKey));

    expect(pusher?.facts.tariffId).toBe(tariffs.operator);
  });
});

describe('the time zone of a charger', () => {
  it('a charger without a time zone has that of its location, one with its own keeps it, and without both it is UTC', async () => {
    const locationId = await locate();
    const zoneOf = async (form: object) => {
      const { body } = await site.call('GET', `/chargers/${await register(form)}`);
      return body['timeZone'];
    };

    expect(await zoneOf({ locationId })).toBe('Europe/Lisbon');
    expect(await zoneOf({ locationId, timeZone: 'Atlantic/Azores' })).toBe('Atlantic/Azores');
    expect(await zoneOf({})).toBe('UTC');
    const chargerId = await register({ locationId });
    const charger = await plugInAs(chargerId);
    expect(charger.step.charger.timeZone).toBe('Europe/Lisbon');
    await site.call('PATCH', `/locations/${locationId}`, { timeZone: 'Europe/Madrid' });
    expect((await plugInAs(chargerId)).step.charger.timeZone).toBe('Europe/Madrid');
  });
});
