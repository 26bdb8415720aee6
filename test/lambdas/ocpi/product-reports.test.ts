import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import {
  keepCommandedToken,
  readRoamingToken,
} from '../../../lambdas/store/partners/partner-tokens.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, type Document, openRoaming } from '../partners/roaming-plant.ts';
import { havePushes } from '../webhooks/push-plant.ts';
import { haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const later = (second: number): string => `2026-05-01T08:00:0${second}Z`;
const minutes = (count: number): number => count * 60_000;

describe.each([...ocpiVersions])(
  'what was reported of other products, as a CPO of %s',
  (version) => {
    it('a session states, once it is complete, what its CDR does: energy, time and fee (citrineos-core#903)', async () => {
      const prices = { perKwh: '0.45', perMinute: '0.02', vatPercent: '20' };
      const { operator, begin, publish } = await openRoaming(database, prices);
      const partner = await addPartner(database, operator, version);
      await partner.pushToken('SAME-PRICE');
      const running = await begin('SAME-PRICE');
      await running.read(4000);
      await publish();
      await running.end();
      await publish();
      await publish();
      const [session] = await partner.list('sessions');
      const [cdr] = await partner.list('cdrs');
      expect(session).toMatchObject({ status: 'COMPLETED' });
      expect(JSON.stringify(session?.['total_cost'])).toBe(JSON.stringify(cdr?.['total_cost']));
      expect(JSON.stringify(session?.['kwh'])).toBe(JSON.stringify(cdr?.['total_energy']));
      expect(session?.['charging_periods']).toEqual(cdr?.['charging_periods']);
    });

    it('a session that a command began says so in its first push and its CDR, and in no push between anything else (citrineos-core#1084)', async () => {
      const { begin, uid, settle, receiving, clock, operator, publishing } = await havePushes(
        database,
        version,
      );
      const { operatorId } = operator;
      const held = await readRoamingToken(database, operatorId, uid);
      if (held === undefined) throw new Error('not pushed');
      const until = new Date(publishing.now() + minutes(5)).toISOString();
      await keepCommandedToken(database, operatorId, uid, held, { until }, until);
      const session = await begin(uid);
      await settle();
      for (const wh of [2000, 4000]) {
        await session.read(wh);
        clock.at += minutes(2);
        await settle();
      }
      await session.end();
      clock.at += minutes(2);
      await settle();
      await settle();
      const sent = receiving.taken.filter(({ path }) => /^(sessions|cdrs)/.test(path));
      expect(sent.length).toBeGreaterThanOrEqual(5);
      // 2.1.1 has no such word.
      const commanded = version === '2.1.1' ? 'AUTH_REQUEST' : 'COMMAND';
      const methods = sent.map(({ body }) => body['auth_method'] ?? commanded);
      expect(sent[0]?.body).toMatchObject({ auth_method: commanded });
      expect(sent.at(-1)).toMatchObject({ method: 'POST', body: { auth_method: commanded } });
      expect(new Set(methods)).toEqual(new Set([commanded]));
    });

    it('a partner that answers a push with what it was sent, or with a part of it, has taken it (ocpi-toolkit#153)', async () => {
      const { begin, uid, settle, receiving, clock, deliveries, pushing } = await havePushes(
        database,
        version,
      );
      const echo: RequestText = async (request) => {
        const answer = await receiving.request(request);
        if (answer.kind !== 'answered') return answer;
        const data = JSON.parse(request.body ?? 'null');
        return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), data }) };
      };
      Object.assign(pushing.services, { request: echo });
      const session = await begin(uid);
      await settle();
      await session.read(4000);
      clock.at += minutes(2);
      await settle();
      await session.end();
      clock.at += minutes(2);
      await settle();
      await settle();
      expect(await deliveries()).toEqual([]);
      expect(receiving.posted).toHaveLength(1);
      // Nothing was sent twice.
      const sent = receiving.taken.map(({ method, path, body }) =>
        JSON.stringify([method, path, body]),
      );
      expect(new Set(sent).size).toBe(sent.length);
    });

    it('a location that changed in one EVSE alone is read with all of them, and every time has a zone and three decimals at most (ocpi#432, ocpi-toolkit#149)', async () => {
      const { operator, begin, publish, locationId } = await openRoaming(database);
      const partner = await addPartner(database, operator, version);
      await partner.pushToken('ONE-OF-TWO');
      await begin('ELSEWHERE');
      await publish();
      const session = await begin('ONE-OF-TWO');
      await publish();
      const [before] = await partner.list('locations');
      await session.end();
      await publish();
      const date_from = String(before?.['last_updated']);
      const [place, ...others] = await partner.list('locations', { date_from });
      expect(others).toEqual([]);
      expect(place).toMatchObject({ id: locationId });
      expect(place?.['evses']).toHaveLength(2);
      for (const module of ['locations', 'tariffs', 'sessions', 'cdrs']) {
        const text = JSON.stringify(await partner.list(module));
        const times = text.match(/"\d{4}-\d\d-\d\dT[^"]*"/g) ?? [];
        expect(times.length, module).toBeGreaterThan(0);
        for (const time of times) expect(time).toMatch(/^"[\d-]{10}T[\d:]{8}(\.\d{1,3})?Z"$/);
      }
    });

    it('a place with opening hours is not open around the clock as well (ev-server#2416)', async () => {
      const { operator, begin, publish, locationId } = await openRoaming(database);
      const partner = await addPartner(database, operator, version);
      const regularHours = [{ weekday: 1, periodBegin: '08:00', periodEnd: '18:00' }];
      const openingTimes = { twentyfourseven: false, regularHours };
      const path = `/locations/${locationId}`;
      expect((await operator.call('PATCH', path, { openingTimes })).status).toBe(200);
      await begin('OPEN-1');
      await publish();
      const [place] = await partner.list('locations');
      const hours = place?.['opening_times'] as Document;
      expect(hours['twentyfourseven'] ?? false).toBe(false);
      expect(hours['regular_hours']).toMatchObject([
        { period_begin: '08:00', period_end: '18:00' },
      ]);
    });
  },
);

describe.each([...ocpiVersions])(
  'what was reported of other products, as an eMSP of %s',
  (version) => {
    const session = (more: object = {}): Golden => {
      const golden = goldenDocument(version, 'session', more);
      const place = golden['location'] as object;
      return version === '2.1.1' ? { ...golden, location: { ...place, type: 'UNKNOWN' } } : golden;
    };
    const at = `sessions/DE/JNA/${String(goldenDocument(version, 'session')['id'])}`;
    const start = version === '2.1.1' ? 'start_datetime' : 'start_date_time';

    it.each([
      '2026-03-11T08:15:30',
      '2026-03-11T08:15:30.000',
      '2026-03-11T08:15:30.000000056Z',
      '2026-03-11T08:15:30+00:00',
    ])(
      'a session that began at %s began at that time in UTC (ocpi-toolkit#118, #149)',
      async (time) => {
        const { send, operator } = await haveCpo(database, await haveEmsp(database), version);
        const sent = await send('PUT', at, session({ [start]: time }));
        expect([sent.statusCode, sent.message]).toEqual([1000, expect.any(String)]);
        const { body } = await operator.call('GET', '/roaming/sessions');
        expect(body.items).toMatchObject([{ startedAt: '2026-03-11T08:15:30.000Z' }]);
      },
    );

    it('a PATCH of a session may have any single field beside its time, and leaves all others (ocpi-toolkit#29)', async () => {
      const { send } = await haveCpo(database, await haveEmsp(database), version);
      let expected = session();
      await send('PUT', at, expected);
      const cost =
        version === '2.1.1' ? 3 : version === '2.2.1' ? { excl_vat: 3 } : { before_taxes: 3 };
      const end = version === '2.1.1' ? 'end_datetime' : 'end_date_time';
      const fields = {
        kwh: 20,
        total_cost: cost,
        [end]: '2026-03-11T12:00:00Z',
        status: 'COMPLETED',
      };
      for (const [n, [name, value]] of Object.entries(fields).entries()) {
        const patch = { [name]: value, last_updated: later(n) };
        expect((await send('PATCH', at, patch)).statusCode, name).toBe(1000);
        expected = { ...expected, ...patch };
        expect((await send('GET', at)).data, name).toEqual(expected);
      }
    });

    it('opening hours begin and end at any hour of the day, also after midnight (ocpi#260, ocpi#413)', async () => {
      const { send } = await haveCpo(database, await haveEmsp(database), version);
      const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:30`;
      const regular_hours = Array.from({ length: 24 }, (_none, hour) => ({
        ...{ weekday: (hour % 7) + 1, period_begin: clock(hour), period_end: clock(hour + 6) },
      }));
      const opening_times = { regular_hours, twentyfourseven: false };
      const place = goldenDocument(version, 'location', { id: 'L-HOURS', opening_times });
      const put = await send('PUT', 'locations/DE/JNA/L-HOURS', place);
      expect([put.statusCode, put.message]).toEqual([1000, expect.any(String)]);
      const read = (await send('GET', 'locations/DE/JNA/L-HOURS')).data as Golden;
      expect(read['opening_times']).toEqual(opening_times);
    });

    it('a connector may name a tariff that was never sent (ocpi#415)', async () => {
      const { send, operator } = await haveCpo(database, await haveEmsp(database), version);
      const place = goldenDocument(version, 'location', { id: 'L-PRICE' });
      expect((await send('PUT', 'locations/DE/JNA/L-PRICE', place)).statusCode).toBe(1000);
      const { body } = await operator.call('GET', '/roaming/locations');
      expect(body.items).toHaveLength(1);
      const [shown] = body.items as readonly Document[];
      const evses = await operator.call(
        'GET',
        `/roaming/locations/${shown?.['roamingLocationId']}/evses`,
      );
      expect([evses.status, JSON.stringify(evses.body)]).toEqual([
        200,
        expect.stringContaining('tariff'),
      ]);
    });
  },
);
