import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { callApi, newOperator, type TestOperator } from '../plant.ts';
import { push, pushedHours, servePush } from './push-client.ts';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});
beforeEach(async () => {
  operator = await newOperator(database);
});

const night = {
  carConnected: '2026-04-14T18:30:00+02:00',
  carDisconnected: '2026-04-15T06:45:00+02:00',
  kiloWattHours: 32.5,
};

const newKey = async (form: Record<string, unknown> = {}): Promise<string> => {
  const { body } = await operator.call('POST', '/api-keys', {
    name: 'Gateway',
    scopes: ['sessions:push'],
    ...form,
  });
  return String(body['apiKey']);
};

const sessionsOf = async (): Promise<readonly Record<string, unknown>[]> =>
  (await operator.call('GET', '/sessions?limit=100')).body.items ?? [];

describe('POST /api/gateway/sessions', () => {
  it('the documented session, which ends before it starts, is accepted once', async () => {
    const body =
      '{"sessions":[{"carConnected":"2026-04-14T18:30:00+02:00","carDisconnected":"2026-04-14T06:45:00+02:00","kiloWattHours":32.5}]}';
    const key = await newKey();

    expect(await push(database, key, body)).toEqual({
      status: 200,
      body: { accepted: 1, duplicates: 0 },
    });
    expect(await push(database, key, body)).toEqual({
      status: 200,
      body: { accepted: 0, duplicates: 1 },
    });
  });

  it('a pushed session is listed as one that has ended, with the times that it was pushed with', async () => {
    await push(database, await newKey(), { sessions: [night] });
    const [session, ...others] = await sessionsOf();

    expect(others).toEqual([]);
    expect(session).toMatchObject({
      state: 'ended',
      startedAt: '2026-04-14T16:30:00.000Z',
      endedAt: '2026-04-15T04:45:00.000Z',
      tokenId: null,
      stopReason: 'EVDisconnected',
    });
    const readings = await operator.call('GET', `/sessions/${session?.['sessionId']}/readings`);
    expect(readings.body.items).toMatchObject([
      { kind: 'pushed', raw: JSON.stringify(night), late: false, state: null },
    ]);
  });

  it('duplicates within a request, between requests and between keys of an operator are skipped', async () => {
    const inUtc = { ...night, carConnected: '2026-04-14T16:30:00Z' };
    const [one, other] = [await newKey(), await newKey()];

    const first = await push(database, one, { sessions: [night, night, inUtc, ...pushedHours(2)] });
    const second = await push(database, other, { sessions: [inUtc, ...pushedHours(3)] });

    expect(first.body).toEqual({ accepted: 3, duplicates: 2 });
    expect(second.body).toEqual({ accepted: 1, duplicates: 3 });
    expect(await sessionsOf()).toHaveLength(4);
  });

  it('the same session of another operator is another session', async () => {
    const stranger = await newOperator(database);

    await push(database, await newKey(), { sessions: [night] });

    expect((await push(database, stranger.apiKey, { sessions: [night] })).body).toEqual({
      accepted: 1,
      duplicates: 0,
    });
  });

  it('no sessions at all are accepted as none', async () => {
    expect((await push(database, await newKey(), { sessions: [] })).body).toEqual({
      accepted: 0,
      duplicates: 0,
    });
  });

  it('100 sessions of one request are accepted, and 101 are refused whatever they are', async () => {
    const key = await newKey();
    const tooMany = await push(database, key, { sessions: [...pushedHours(100), 'not one'] });

    expect(tooMany).toMatchObject({ code: 'MAX_SESSIONS_EXCEEDED' });
    expect(await sessionsOf()).toEqual([]);
    expect((await push(database, key, { sessions: pushedHours(100) })).body).toEqual({
      accepted: 100,
      duplicates: 0,
    });
  });
});

describe('a push that is refused', () => {
  it('a push without a key, and with a key that nobody has, is refused before anything else', async () => {
    expect(await push(database, undefined, '{')).toMatchObject({ code: 'AUTH_HEADER_MISSING' });
    expect(await push(database, 'jg_live_wrong', '{')).toMatchObject({ code: 'INVALID_API_KEY' });
  });

  it('a key without the scope is refused, and one that may write sessions may push them', async () => {
    const reader = await newKey({ scopes: ['sessions:read', 'cdrs:write'] });
    const writer = await newKey({ scopes: ['sessions:write'] });

    expect(await push(database, reader, { sessions: [night] })).toMatchObject({
      code: 'SCOPE_MISSING',
      paths: ['scope'],
    });
    expect(await push(database, writer, { sessions: [night] })).toMatchObject({ status: 200 });
  });

  it('a key that may only push sessions may do nothing else', async () => {
    const key = await newKey();

    expect(await callApi(database, `Bearer ${key}`, 'GET', '/sessions')).toMatchObject({
      code: 'SCOPE_MISSING',
    });
  });

  it.each([
    ['nothing', undefined],
    ['text that is not JSON', '{"sessions":'],
    ['null', 'null'],
    ['an array', [night]],
    ['an object without sessions', {}],
    ['sessions that are an object', { sessions: { 0: night } }],
    ['sessions that are null', { sessions: null }],
  ])('a body of %s needs an array of sessions', async (_what, body) => {
    expect(await push(database, await newKey(), body)).toMatchObject({
      code: 'SESSIONS_ARRAY_REQUIRED',
    });
  });

  it.each([
    ['carConnected', { carConnected: '2026-04-14T18:30:00' }],
    ['carConnected', { carConnected: 'yesterday' }],
    ['carConnected', { carConnected: '1970-01-01T00:00:00Z' }],
    ['carConnected', { carConnected: undefined }],
    ['carDisconnected', { carDisconnected: '2026-02-30T18:30:00Z' }],
    ['carDisconnected', { carDisconnected: 1_776_000_000 }],
    ['kiloWattHours', { kiloWattHours: 32.55 }],
    ['kiloWattHours', { kiloWattHours: -0.1 }],
    ['kiloWattHours', { kiloWattHours: '32.5' }],
    ['kiloWattHours', { kiloWattHours: null }],
    ['kiloWattHours', { kiloWattHours: 1e21 }],
    ['more', { more: 1 }],
  ])(
    'a session whose %s is invalid is named by index and field, and none is stored: %j',
    async (field, change) => {
      const sessions = [...pushedHours(2), { ...night, ...change }];

      expect(await push(database, await newKey(), { sessions })).toEqual({
        code: 'INVALID_SESSION',
        paths: [`body.sessions.2.${field}`],
      });
      expect(await sessionsOf()).toEqual([]);
    },
  );

  it('a number with more digits than a double holds is refused instead of rounded', async () => {
    const body = JSON.stringify({ sessions: [night] }).replace('32.5', '32.500000000000000001');

    expect(await push(database, await newKey(), body)).toMatchObject({
      code: 'INVALID_SESSION',
      paths: ['body.sessions.0.kiloWattHours'],
    });
  });

  it('a session that is no object is named by its index', async () => {
    expect(await push(database, await newKey(), { sessions: [night, 7] })).toEqual({
      code: 'INVALID_SESSION',
      paths: ['body.sessions.1'],
    });
  });

  it('a field beside the sessions is refused, and so is a body of more than 256 KB', async () => {
    const key = await newKey();

    expect(await push(database, key, { sessions: [], source: 'x' })).toEqual({
      code: 'INVALID_REQUEST',
      paths: ['body.source'],
    });
    expect(await push(database, key, `{"sessions":[${' '.repeat(262_144)}]}`)).toMatchObject({
      code: 'BODY_TOO_LARGE',
    });
  });
});

describe('the limit of 100 pushes an hour', () => {
  const noon = Date.UTC(2026, 4, 1, 12);

  it('exactly 100 of 130 requests at once pass, valid or not, and the others get the seconds to the end of the hour', async () => {
    const [key, other] = [await newKey(), await newKey()];
    const now = noon + 40 * 60_000;

    const answers = await Promise.all(
      Array.from({ length: 130 }, (_, n) =>
        push(database, key, n % 2 === 0 ? { sessions: [] } : '{', now),
      ),
    );
    const limited = answers.filter(({ code }) => code === 'RATE_LIMITED');

    expect(limited).toHaveLength(30);
    for (const { retryAfterSeconds } of limited) expect(retryAfterSeconds).toBe(20 * 60);
    expect(await push(database, other, { sessions: [] }, now)).toMatchObject({ status: 200 });
    expect(await push(database, key, { sessions: [] }, noon + 3_600_000 - 1)).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 1,
    });
    expect(await push(database, key, { sessions: [] }, noon + 3_600_000)).toMatchObject({
      status: 200,
    });
  });

  it('each answer to a key says how many requests are left in the hour, exactly', async () => {
    const key = await newKey();
    const left = [];
    for (const body of [{ sessions: [] }, '{', { sessions: [] }]) {
      left.push((await servePush(database, key, body, noon)).rate);
    }

    const rate = { limit: 100, windowSeconds: 3_600, resetSeconds: 3_600 };
    expect(left).toEqual([99, 98, 97].map((remaining) => ({ ...rate, remaining })));
  });

  it('a request that is refused for its key does not count', async () => {
    const key = await newKey({ scopes: ['sessions:read'] });
    for (let n = 0; n < 101; n += 1) {
      expect(await push(database, key, {}, noon)).toMatchObject({ code: 'SCOPE_MISSING' });
    }
  });
});

describe('a key that pushes', () => {
  it('a key with a wallbox pushes sessions of that charger, with its tariff', async () => {
    const tariff = async (name: string) =>
      String(
        (await operator.call('POST', '/tariffs', { name, currency: 'EUR', perKwh: '0.3' })).body[
          'tariffId'
        ],
      );
    const [own, ofKey] = [await tariff('Own'), await tariff('Key')];
    await operator.call('POST', '/chargers', { chargerId: 'WB-1', tariffId: own });
    await operator.call('POST', '/chargers', { chargerId: 'WB-2' });

    const push1 = await newKey({ chargerId: 'wb-1', tariffId: ofKey });
    const push2 = await newKey({ chargerId: 'WB-2', tariffId: ofKey });
    const push3 = await newKey({ tariffId: ofKey });
    const push4 = await newKey();
    for (const [index, key] of [push1, push2, push3, push4].entries()) {
      await push(database, key, { sessions: pushedHours(1, index) });
    }

    const shown = (await sessionsOf()).map(({ chargerId, tariffId }) => [chargerId, tariffId]);
    expect(shown).toEqual([
      [expect.stringMatching(/^gateway-/), null],
      [expect.stringMatching(/^gateway-/), ofKey],
      ['WB-2', ofKey],
      ['WB-1', own],
    ]);
    const ofCharger = await operator.call('GET', '/sessions?chargerId=WB-1');
    expect(ofCharger.body.items).toHaveLength(1);
  });

  it('a key shows its wallbox, tariff and time zone, and must have been given ones that there are', async () => {
    await operator.call('POST', '/chargers', { chargerId: 'WB-9' });
    const form = { name: 'Gateway', scopes: ['sessions:push'] };

    const made = await operator.call('POST', '/api-keys', {
      ...form,
      chargerId: 'WB-9',
      timeZone: 'Europe/Paris',
    });

    expect(made.body).toMatchObject({
      chargerId: 'WB-9',
      tariffId: null,
      timeZone: 'Europe/Paris',
    });
    expect(
      await operator.call('POST', '/api-keys', { ...form, chargerId: 'NOBODY' }),
    ).toMatchObject({ code: 'CHARGER_NOT_FOUND' });
    expect(await operator.call('POST', '/api-keys', { ...form, tariffId: 'tar_x' })).toMatchObject({
      code: 'TARIFF_NOT_FOUND',
    });
  });
});
