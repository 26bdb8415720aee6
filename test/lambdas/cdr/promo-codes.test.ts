import '../quiet.ts';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginSession, type RunningReadings } from '../begin-session.ts';
import {
  callApi,
  messageRecords,
  newOperator,
  settle,
  type TestOperator,
  testKey,
} from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let stranger: TestOperator;
let tariffId: unknown;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  stranger = await newOperator(database, 'Stranger');
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc-1' });
  await operator.call('POST', '/tokens', { tokenId: 'TAG2' });
  const form = { name: 'AC', currency: 'EUR', vatPercent: 19, perKwh: '0.50' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

const begin = (form: { idTag?: string; tariffId?: unknown } = { tariffId }) =>
  beginSession(database, operator, form);

/** Makes a promo code of a name of its own and gives the name. */
async function newCode(form: Record<string, unknown> = {}): Promise<string> {
  count += 1;
  const code = String(form['code'] ?? `Spring-${count}`);
  const discount = 'kind' in form ? {} : { kind: 'percent', percent: '20' };
  const body = { code, ...discount, ...form };
  const made = await operator.call('POST', '/promo-codes', body);
  expect(made.status).toBe(201);
  return code;
}

const redeem = ({ sessionId }: RunningReadings, code: string, by = operator) =>
  by.call('POST', `/sessions/${sessionId}/promo-code`, { code });

const usesOf = async (code: string): Promise<unknown> =>
  (await operator.call('GET', `/promo-codes/${code}`)).body['usesSoFar'];

describe('promo codes', () => {
  it('promo codes give a percentage, an amount, kWh or minutes, and are found by their name in any case', async () => {
    const discounts = [
      { kind: 'percent', percent: '12.5' },
      { kind: 'amount', currency: 'EUR', inclVat: '5.00' },
      { kind: 'kWh', kwh: 10 },
      { kind: 'minutes', minutes: 30 },
    ];
    for (const discount of discounts) {
      const code = await newCode({ ...discount, uses: 7 });
      const shown = await operator.call('GET', `/promo-codes/${code.toUpperCase()}`);
      expect(shown.body).toEqual({
        code,
        ...JSON.parse(JSON.stringify(discount).replace('"5.00"', '"5"').replace(':10', ':"10"')),
        validFrom: null,
        validUntil: null,
        uses: 7,
        usesPerAccount: null,
        tariffIds: null,
        usesSoFar: 0,
        createdAt: expect.any(String),
      });
    }
  });

  it('promo codes are listed by name, shown and deleted for their own operator only', async () => {
    const code = await newCode({ code: 'AAA', tariffIds: [tariffId], usesPerAccount: 1 });
    await newCode({ code: 'AAB' });
    const body = { code: code.toLowerCase(), kind: 'minutes', minutes: 5 };

    expect((await operator.call('POST', '/promo-codes', { ...body, code: 'aaa' })).code).toBe(
      'PROMO_CODE_EXISTS',
    );
    const list = await operator.call('GET', '/promo-codes?limit=1');
    expect(list.body).toMatchObject({ items: [{ code: 'AAA', tariffIds: [tariffId] }] });
    expect(list.body['nextCursor']).toEqual(expect.any(String));
    expect((await stranger.call('GET', '/promo-codes')).body.items).not.toContainEqual(
      expect.objectContaining({ code: 'AAA' }),
    );
    expect((await stranger.call('GET', '/promo-codes/AAA')).code).toBe('PROMO_CODE_NOT_FOUND');
    expect((await stranger.call('DELETE', '/promo-codes/AAA')).code).toBe('PROMO_CODE_NOT_FOUND');
    expect((await operator.call('DELETE', '/promo-codes/aaa')).status).toBe(204);
    expect((await operator.call('DELETE', '/promo-codes/aaa')).code).toBe('PROMO_CODE_NOT_FOUND');
  });

  it.each([
    [{ code: 'TWO WORDS' }, 'body.code'],
    [{ code: '' }, 'body.code'],
    [{ percent: 0 }, 'body.percent'],
    [{ percent: '100.0001' }, 'body.percent'],
    [{ percent: '1.00001' }, 'body.percent'],
    [{ kind: 'all' }, 'body.kind'],
    [{ minutes: 5 }, 'body.minutes'],
    [{ uses: 0 }, 'body.uses'],
    [{ usesPerAccount: 1.5 }, 'body.usesPerAccount'],
    [{ tariffIds: [] }, 'body.tariffIds'],
    [{ validFrom: '2026-04-01' }, 'body.validFrom'],
    [{ validFrom: '2026-05-01T00:00:00Z', validUntil: '2026-05-01T00:00:00Z' }, 'body.validUntil'],
    [{ kind: 'amount', percent: undefined, currency: 'EUX', inclVat: 5 }, 'body.currency'],
    [{ kind: 'amount', percent: undefined, currency: 'EUR', inclVat: -5 }, 'body.inclVat'],
    [{ kind: 'kWh', percent: undefined, kwh: 'x' }, 'body.kwh'],
    [{ kind: 'minutes', percent: undefined, minutes: 0 }, 'body.minutes'],
  ])('a promo code is refused as %j', async (changes, path) => {
    const body = { code: 'NO', kind: 'percent', percent: '20', ...changes };
    const answer = await operator.call('POST', '/promo-codes', body);

    expect(answer.code).toBe('INVALID_REQUEST');
    expect(answer.body['details']).toContainEqual(expect.objectContaining({ path }));
  });

  it('a promo code can only name existing tariffs', async () => {
    const body = { code: 'NO', kind: 'percent', percent: '20', tariffIds: [tariffId, 'tar_x'] };
    const answer = await operator.call('POST', '/promo-codes', body);

    expect(answer.code).toBe('TARIFF_NOT_FOUND');
    expect(answer.body['details']).toEqual([
      { path: 'body.tariffIds.1', message: 'There is no tariff tar_x.' },
    ]);
  });

  it('promo codes require their own scopes', async () => {
    const keyOf = async (scope: string) => {
      const made = await operator.call('POST', '/api-keys', { name: 'K', scopes: [scope] });
      return `Bearer ${made.body['apiKey']}`;
    };
    const [reader, redeemer] = [await keyOf('promo-codes:read'), await keyOf('sessions:write')];
    const session = await begin();
    const body = { code: await newCode() };
    const path = `/sessions/${session.sessionId}/promo-code`;
    const call = (key: string, method: string, at: string, given?: unknown) =>
      callApi(database, key, method, at, given);

    expect((await call(reader, 'GET', '/promo-codes')).status).toBe(200);
    expect((await call(reader, 'DELETE', `/promo-codes/${body.code}`)).code).toBe('SCOPE_MISSING');
    expect((await call(reader, 'POST', path, body)).code).toBe('SCOPE_MISSING');
    expect((await call(redeemer, 'GET', '/promo-codes')).code).toBe('SCOPE_MISSING');
    expect((await call(redeemer, 'POST', path, body)).status).toBe(200);
  });
});

describe('redeeming a promo code for a session', () => {
  it('redeeming a promo code reduces the bill, which can be recomputed', async () => {
    const code = await newCode();
    const session = await begin();
    const answer = await redeem(session, code.toLowerCase());
    await session.end();

    const given = { code, kind: 'percent', percent: '20', redeemedAt: expect.any(String) };
    expect(answer).toMatchObject({
      status: 200,
      body: { sessionId: session.sessionId, promoCode: given },
    });
    const cdr = (await session.cdr()) as unknown as Cdr;
    expect(cdr).toMatchObject({
      state: 'sealed',
      anomalies: [],
      total: { currency: 'EUR', exclVat: '4.00', inclVat: '4.76' },
      beforePromoCode: { total: { exclVat: '5.00', inclVat: '5.95' } },
    });
    expect(cdr.lines.at(-1)).toMatchObject({
      component: 'PROMO_CODE',
      inclVat: '-1.19',
      reason: `Promo code ${code}: 20 % off.`,
    });
    expect(await session.shown()).toMatchObject({ promoCode: given, cost: { inclVat: '4.76' } });
    expect(await usesOf(code)).toBe(1);
    const readings = (await messageRecords(database)).filter(
      ({ sessionId }) => sessionId === session.sessionId,
    );
    const verdict = verifyCdr(cdr, {
      readings,
      rules: { read: (reading) => decodeMessage(v16, reading), price: priceSession },
      key: testKey,
    });
    expect(verdict).toMatchObject({ valid: true });
    expect(verdict.checks.map(({ check, outcome }) => [check, outcome])).toContainEqual([
      'content',
      'passed',
    ]);
  });

  it('redeeming a promo code again gets the same answer, also after the bill, and no second code is accepted', async () => {
    const [code, other] = [await newCode(), await newCode()];
    const session = await begin();
    const first = await redeem(session, code);

    expect(await redeem(session, code.toUpperCase())).toEqual(first);
    expect((await redeem(session, other)).code).toBe('SESSION_HAS_PROMO_CODE');
    await session.end();
    expect(await redeem(session, code)).toEqual(first);
    expect((await redeem(session, other)).code).toBe('SESSION_HAS_PROMO_CODE');
    expect([await usesOf(code), await usesOf(other)]).toEqual([1, 0]);
  });

  it('redeeming a promo code is too late once the CDR is sealed', async () => {
    const code = await newCode();
    const session = await begin();
    await session.end();

    expect((await redeem(session, code)).code).toBe('SESSION_BILLED');
    expect(await usesOf(code)).toBe(0);
  });

  it('a promo code can be redeemed while the CDR is held, and counts when that is resolved', async () => {
    const code = await newCode();
    const session = await begin({ tariffId, idTag: 'UNKNOWN' });
    await session.end();
    const held = await session.cdr();
    expect(held).toMatchObject({ state: 'held', total: null });

    expect((await redeem(session, code)).status).toBe(200);
    await settle(database, session.chargerKey);
    await operator.call('POST', `/cdrs/${held['cdrId']}/resolve`, {
      decision: 'accept',
      reason: 'A visitor who pays at the desk.',
    });
    await settle(database, session.chargerKey);

    expect(await session.cdr()).toMatchObject({ state: 'sealed', total: { inclVat: '4.76' } });
  });

  it('a redeemed promo code remains used if the session is declared void, and none can be redeemed then', async () => {
    const code = await newCode();
    const [first, second] = [
      await begin({ tariffId, idTag: 'UNKNOWN' }),
      await begin({ tariffId, idTag: 'UNKNOWN' }),
    ];
    await redeem(first, code);
    for (const session of [first, second]) {
      await session.end();
      const path = `/cdrs/${(await session.cdr())['cdrId']}/resolve`;
      const made = await operator.call('POST', path, { decision: 'void', reason: 'A test.' });
      expect(made.status).toBe(202);
    }

    expect((await redeem(second, code)).code).toBe('SESSION_BILLED');
    for (const session of [first, second]) await settle(database, session.chargerKey);
    expect((await redeem(second, code)).code).toBe('SESSION_BILLED');
    expect(await first.cdr()).toMatchObject({ state: 'sealed', lines: [] });
    expect(await usesOf(code)).toBe(1);
  });

  it.each([
    ['PROMO_CODE_NOT_YET_VALID', { validFrom: '2100-01-01T00:00:00Z' }],
    ['PROMO_CODE_EXPIRED', { validUntil: '2020-01-01T00:00:00Z' }],
    ['PROMO_CODE_OTHER_CURRENCY', { kind: 'amount', currency: 'SEK', inclVat: 5 }],
  ])('redeeming a promo code is refused with %s', async (refusal, form) => {
    const code = await newCode(form);
    const answer = await redeem(await begin(), code);

    expect(answer.code).toBe(refusal);
    expect(answer.body['details']).toEqual([
      { path: 'body.code', message: expect.stringContaining(code) },
    ]);
    expect(await usesOf(code)).toBe(0);
  });

  it('redeeming a promo code is refused for a session of another tariff, or without one', async () => {
    const form = { name: 'Other', currency: 'EUR', perKwh: '0.40' };
    const other = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
    const [any, limited] = [await newCode(), await newCode({ tariffIds: [other] })];

    expect((await redeem(await begin(), limited)).code).toBe('PROMO_CODE_OTHER_TARIFF');
    expect((await redeem(await begin({}), any)).code).toBe('PROMO_CODE_OTHER_TARIFF');
    expect((await redeem(await begin({ tariffId: other }), limited)).status).toBe(200);
  });

  it('redeeming a promo code is refused for anything unknown or of another operator', async () => {
    const session = await begin();
    const code = await newCode();
    const own = { code, kind: 'percent', percent: 1 };
    await stranger.call('POST', '/promo-codes', own);

    expect((await redeem(session, 'NONE')).code).toBe('PROMO_CODE_NOT_FOUND');
    expect((await redeem(session, 'NOT A CODE')).code).toBe('INVALID_REQUEST');
    expect((await redeem(session, code, stranger)).code).toBe('SESSION_NOT_FOUND');
    const nowhere = `/sessions/ses_${'a'.repeat(26)}/promo-code`;
    expect((await operator.call('POST', nowhere, { code })).code).toBe('SESSION_NOT_FOUND');
    expect(await usesOf(code)).toBe(0);
  });

  it('redemptions are limited per account, and a token without an account counts as its own', async () => {
    const code = await newCode({ usesPerAccount: 1, uses: 3 });
    const outcome = async (idTag: string) =>
      (await redeem(await begin({ tariffId, idTag }), code)).code;

    expect(await outcome('TAG1')).toBeUndefined();
    expect(await outcome('TAG1')).toBe('PROMO_CODE_USED_UP_BY_ACCOUNT');
    expect(await outcome('TAG2')).toBeUndefined();
    expect(await outcome('TAG2')).toBe('PROMO_CODE_USED_UP_BY_ACCOUNT');
    expect(await outcome('TAG3')).toBeUndefined();
    expect(await outcome('TAG4')).toBe('PROMO_CODE_USED_UP');
    expect(await usesOf(code)).toBe(3);
  });

  it('a promo code created again under the same name counts from zero, and keeps the discounts of the deleted one', async () => {
    const code = await newCode({ usesPerAccount: 1 });
    const [before, after] = [await begin(), await begin()];
    await redeem(before, code);
    await operator.call('DELETE', `/promo-codes/${code}`);
    expect((await redeem(after, code)).code).toBe('PROMO_CODE_NOT_FOUND');
    await newCode({ code, usesPerAccount: 1, kind: 'percent', percent: '50' });

    expect((await redeem(after, code)).status).toBe(200);
    for (const session of [before, after]) await session.end();
    expect(await before.cdr()).toMatchObject({ total: { exclVat: '4.00' } });
    expect(await after.cdr()).toMatchObject({ total: { exclVat: '2.50' } });
    expect(await usesOf(code)).toBe(1);
  });
});

describe('many redemptions at the same time', () => {
  it('50 simultaneous redemptions give the last use to exactly one session', async () => {
    const code = await newCode({ uses: 1 });
    const sessions = [];
    for (let n = 0; n < 50; n += 1) sessions.push(await begin());

    const answers = await Promise.all(sessions.map((session) => redeem(session, code)));

    const codes = answers.map((answer) => answer.code);
    expect(codes.filter((one) => one === undefined)).toHaveLength(1);
    expect(codes.filter((one) => one === 'PROMO_CODE_USED_UP')).toHaveLength(49);
    expect(await usesOf(code)).toBe(1);
    const shown = await Promise.all(sessions.map((session) => session.shown()));
    expect(shown.filter(({ promoCode }) => promoCode !== null)).toHaveLength(1);
  });

  it('simultaneous redemptions for one session count once', async () => {
    const code = await newCode({ uses: 5, usesPerAccount: 5 });
    const session = await begin();

    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(session, code)));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await usesOf(code)).toBe(1);
  });

  it('redemptions wait for each other if the database reports a conflict, and finally give up', async () => {
    const code = await newCode();
    const session = await begin();
    let conflicts = 3;
    const conflict = new TransactionCanceledException({
      message: 'Transaction cancelled',
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
      $metadata: {},
    });
    database.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName !== 'TransactWriteItemsCommand' || conflicts <= 0) {
          return await next(args);
        }
        conflicts -= 1;
        throw conflict;
      },
      { step: 'initialize', name: 'conflict' },
    );
    try {
      expect((await redeem(session, code)).status).toBe(200);
      expect(conflicts).toBe(0);
      const other = await begin();
      conflicts = 1000;
      await expect(redeem(other, code)).rejects.toThrow('kept changing');
    } finally {
      database.client.middlewareStack.remove('conflict');
    }
    expect(await usesOf(code)).toBe(1);
  });
});
