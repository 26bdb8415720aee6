import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginSession, type RunningReadings } from '../begin-session.ts';
import { type Body, cdrHelpers, newOperator, settle, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

/** Makes a promo code and a token that carries it. */
async function newToken(limits: Record<string, unknown> = {}) {
  count += 1;
  const [code, tokenId] = [`FRIEND-${count}`, `TAG-${count}`];
  const discount = 'kind' in limits ? {} : { kind: 'percent', percent: '50' };
  const made = await operator.call('POST', '/promo-codes', { code, ...discount, ...limits });
  expect(made.status).toBe(201);
  const promoCode = code.toLowerCase();
  const token = await operator.call('POST', '/tokens', { tokenId, promoCode });
  expect(token).toMatchObject({ status: 201, body: { promoCode } });
  return { code, tokenId };
}

const begin = (idTag: string, by = tariffId) =>
  beginSession(database, operator, { idTag, tariffId: by });

const usesOf = async (code: string): Promise<unknown> =>
  (await operator.call('GET', `/promo-codes/${code}`)).body['usesSoFar'];

const codes = (thing: Body): readonly string[] =>
  (thing['anomalies'] as { code: string }[]).map(({ code }) => code);

const components = (cdr: Body): readonly string[] =>
  (cdr['lines'] as { component: string }[]).map(({ component }) => component);

const make = ({ sessionId }: RunningReadings) => makeCdr(database, cdrHelpers, sessionId);

describe('the promo code of a token', () => {
  it('the promo code of a token is redeemed once when its session is billed, however often the CDR is made', async () => {
    const { code, tokenId } = await newToken({ uses: 5, usesPerAccount: 5 });
    const session = await begin(tokenId);
    expect(await usesOf(code)).toBe(0);
    await session.end();
    await settle(database, session.chargerKey);

    const cdr = await session.cdr();
    expect(cdr).toMatchObject({
      state: 'sealed',
      total: { exclVat: '2.50' },
      anomalies: [],
      evidence: {
        session: { start: { promoCode: code.toLowerCase() } },
        basis: { promoCode: { kind: 'redeemed', code } },
      },
    });
    expect(components(cdr)).toEqual(['ENERGY', 'PROMO_CODE']);
    expect(await session.shown()).toMatchObject({ promoCode: { code, percent: '50' } });
    expect(await usesOf(code)).toBe(1);
  });

  it('the promo code of a token is not used twice if making the CDR is interrupted and repeated', async () => {
    const { code, tokenId } = await newToken();
    const session = await begin(tokenId);
    await session.stop();
    const broken = makeCdr(
      database,
      {
        ...cdrHelpers,
        sign: async () => {
          throw new Error('KMS is out of reach');
        },
      },
      session.sessionId,
    );
    await expect(broken).rejects.toThrow('KMS');
    expect(await usesOf(code)).toBe(1);

    await Promise.all([make(session), make(session), make(session)]);

    expect(await session.cdr()).toMatchObject({ state: 'sealed', total: { exclVat: '2.50' } });
    expect(await usesOf(code)).toBe(1);
  });

  it("the last use of a token's promo code goes to exactly one of the sessions that end together", async () => {
    const { code, tokenId } = await newToken({ uses: 1 });
    const sessions = [];
    for (let n = 0; n < 6; n += 1) sessions.push(await begin(tokenId));
    for (const session of sessions) await session.stop();

    expect(await Promise.all(sessions.map(make))).toEqual(sessions.map(() => 'sealed'));

    const cdrs = await Promise.all(sessions.map((session) => session.cdr()));
    const isGiven = (cdr: Body) => components(cdr).includes('PROMO_CODE');
    expect(cdrs.filter(isGiven)).toHaveLength(1);
    for (const cdr of cdrs) {
      expect(codes(cdr)).toEqual(isGiven(cdr) ? [] : ['PROMO_CODE_NOT_APPLIED']);
      expect(cdr['total']).toMatchObject({ exclVat: isGiven(cdr) ? '2.50' : '5.00' });
    }
    expect(await usesOf(code)).toBe(1);
  });

  it.each([
    ['used up', { uses: 1 }, 'was redeemed as often as it can be'],
    ['not valid at the start', { validUntil: '2026-04-14T16:00:00Z' }, 'was valid until'],
    ['deleted', {}, 'There is no promo code'],
    ['in another currency', { kind: 'amount', currency: 'SEK', inclVat: 5 }, 'another currency'],
  ])(
    'the promo code of a token that is %s is not applied, and the CDR states why',
    async (what, limits, reason) => {
      const { code, tokenId } = await newToken(limits);
      const session = await begin(tokenId);
      if (what === 'used up') await (await begin(tokenId)).end();
      if (what === 'deleted') await operator.call('DELETE', `/promo-codes/${code}`);
      await session.end();

      const cdr = await session.cdr();
      expect(cdr).toMatchObject({ state: 'sealed', total: { exclVat: '5.00' } });
      expect(cdr['anomalies']).toEqual([
        {
          code: 'PROMO_CODE_NOT_APPLIED',
          severity: 'info',
          message: expect.stringContaining(reason),
        },
      ]);
      expect(codes(await session.shown())).toEqual(['PROMO_CODE_NOT_APPLIED']);
      expect((await session.shown())['promoCode']).toBeNull();
    },
  );

  it('the promo code of a token is valid as of the start of the session, however late it is billed', async () => {
    const { tokenId } = await newToken({
      validFrom: '2026-04-14T16:00:00Z',
      validUntil: '2026-04-14T16:00:01Z',
    });
    const session = await begin(tokenId);
    await session.end();

    expect(await session.cdr()).toMatchObject({ total: { exclVat: '2.50' } });
  });

  it('a promo code redeemed for the session takes precedence over that of its token', async () => {
    const { code, tokenId } = await newToken();
    const other = await newToken({ kind: 'kWh', kwh: '2' });
    const session = await begin(tokenId);
    await operator.call('POST', `/sessions/${session.sessionId}/promo-code`, { code: other.code });
    await session.end();

    const cdr = await session.cdr();
    expect(cdr).toMatchObject({ total: { exclVat: '4.00' }, anomalies: [] });
    expect([await usesOf(code), await usesOf(other.code)]).toEqual([0, 1]);
  });

  it('the promo code of a token is not used by a session that costs nothing or becomes no cheaper', async () => {
    const form = { name: 'Free', currency: 'EUR', perKwh: '0' };
    const free = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
    const [first, second] = [await newToken(), await newToken({ kind: 'minutes', minutes: 30 })];
    const sessions = [await begin(first.tokenId, free), await begin(second.tokenId)];
    for (const session of sessions) await session.end();

    for (const session of sessions) {
      const cdr = await session.cdr();
      expect(cdr).toMatchObject({ state: 'sealed', anomalies: [] });
      expect(components(cdr)).not.toContain('PROMO_CODE');
    }
    expect([await usesOf(first.code), await usesOf(second.code)]).toEqual([0, 0]);
  });

  it('the promo code of a token waits for the decision about a held CDR', async () => {
    const { code, tokenId } = await newToken();
    await operator.call('PUT', `/tokens/${tokenId}`, { status: 'Blocked', promoCode: code });
    const session = await begin(tokenId);
    await session.end();
    const held = await session.cdr();
    expect(held).toMatchObject({ state: 'held' });
    expect(await usesOf(code)).toBe(0);

    const decision = { decision: 'accept', reason: 'Paid at the desk.' };
    await operator.call('POST', `/cdrs/${held['cdrId']}/resolve`, decision);
    await settle(database, session.chargerKey);

    expect(await session.cdr()).toMatchObject({ state: 'sealed', total: { exclVat: '2.50' } });
    expect(await usesOf(code)).toBe(1);
  });

  it('a deleted promo code of a token blocks neither a void session nor one that costs nothing', async () => {
    const { code, tokenId } = await newToken();
    const form = { name: 'Free', currency: 'EUR', perKwh: '0' };
    const free = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
    const atNoCost = await begin(tokenId, free);
    await operator.call('PUT', `/tokens/${tokenId}`, { status: 'Blocked', promoCode: code });
    const session = await begin(tokenId);
    await session.end();
    await operator.call('DELETE', `/promo-codes/${code}`);
    const decision = { decision: 'void', reason: 'A technician tested the charger.' };
    await operator.call('POST', `/cdrs/${(await session.cdr())['cdrId']}/resolve`, decision);
    await settle(database, session.chargerKey);
    await atNoCost.end();

    for (const one of [session, atNoCost]) {
      const cdr = await one.cdr();
      expect(cdr).toMatchObject({ state: 'sealed', total: { exclVat: '0.00' } });
      expect(codes(cdr)).not.toContain('PROMO_CODE_NOT_APPLIED');
    }
  });

  it('a token can only get an existing promo code, and may keep one that was deleted since', async () => {
    const { code, tokenId } = await newToken();
    const unknown = { tokenId: 'NEW', promoCode: 'NONE' };
    expect((await operator.call('POST', '/tokens', unknown)).code).toBe('PROMO_CODE_NOT_FOUND');
    await operator.call('DELETE', `/promo-codes/${code}`);

    const put = (body: Record<string, unknown>) => operator.call('PUT', `/tokens/${tokenId}`, body);
    const promoCode = code.toLowerCase();
    expect((await put({ promoCode: 'NONE' })).code).toBe('PROMO_CODE_NOT_FOUND');
    expect(await put({ promoCode, status: 'Blocked' })).toMatchObject({ status: 200 });
    expect((await operator.call('GET', `/tokens/${tokenId}`)).body).toMatchObject({ promoCode });
    expect(await put({})).toMatchObject({ status: 200, body: { promoCode: null } });
    expect((await put({ promoCode })).code).toBe('PROMO_CODE_NOT_FOUND');
  });
});
