import './quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../core/cdr/cdr.ts';
import { verifyCdr } from '../../core/cdr/verify-cdr.ts';
import { understand } from '../../core/ocpp/understand.ts';
import { transactionIdOf } from '../../core/session/transaction-id-of.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { makeCdr } from '../../lambdas/cdr/make-cdr.ts';
import { openDatabase, type TestDatabase } from '../contracts/engines.ts';
import { beginLateSession, byTheHour, settleLate } from './late-plant.ts';
import {
  type Body,
  callApi,
  cdrHelpers,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
  verifyTestSignature,
} from './plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: string;
let chargerKey: string;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  await operator.call('POST', '/tokens', { tokenId: 'BLOCKED', status: 'Blocked' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50', sessionFee: '1' };
  tariffId = String((await operator.call('POST', '/tariffs', form)).body['tariffId']);
});

afterAll(async () => {
  await database.stop();
});

const register = async (form: Record<string, unknown>): Promise<void> => {
  count += 1;
  chargerKey = `r-${count}`;
  const charger = { chargerId: `R-${count}`, maxPowerKw: 22, timeZone: 'Europe/Berlin', ...form };
  expect((await operator.call('POST', '/chargers', charger)).status).toBe(201);
};

beforeEach(async () => await register({ tariffId }));

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

const start = (minute: number, changes: object = {}) => ({
  connectorId: 1,
  idTag: 'TAG1',
  timestamp: at(minute),
  meterStart: 1000,
  ...changes,
});

const settleMine = () => settle(database, chargerKey);

const sessions = async (): Promise<readonly Body[]> =>
  (await operator.call('GET', `/sessions?chargerId=${chargerKey}`)).body.items ?? [];

const cdrOf = async (sessionId: unknown): Promise<Cdr> =>
  (await operator.call('GET', `/sessions/${sessionId}/cdr`)).body as unknown as Cdr;

const codes = (thing: Body | Cdr | undefined): readonly string[] =>
  ((thing?.['anomalies' as keyof typeof thing] ?? []) as { code: string }[]).map(
    ({ code }) => code,
  );

const resolve = (cdrId: unknown, body: unknown) =>
  operator.call('POST', `/cdrs/${cdrId}/resolve`, body);

/** A session that another one took over from, so that its CDR is held; gives its id and transaction id. */
async function superseded(): Promise<{ sessionId: string; cdrId: string; transactionId: number }> {
  const charger = await plugIn(database, chargerKey);
  const { transactionId } = await charger.call('StartTransaction', start(0));
  await charger.call('MeterValues', meterValues(at(30), 9000, Number(transactionId)));
  await charger.call('StartTransaction', start(50, { idTag: 'TAG2' }));
  await settleMine();
  const session = (await sessions()).find((one) => one['transactionId'] === String(transactionId));
  const { sessionId, cdrId } = session ?? {};
  return {
    sessionId: String(sessionId),
    cdrId: String(cdrId),
    transactionId: Number(transactionId),
  };
}

/** Everything that a sealed CDR can be checked against. */
async function expectValid(cdr: Cdr): Promise<void> {
  const path = `/sessions/${cdr.sessionId}/readings?late=false&limit=100`;
  const readings = (await operator.call('GET', path)).body.items ?? [];
  const { checks, valid } = verifyCdr(cdr, {
    readings: readings as never,
    rules: { read: (reading) => understand('ocpp1.6', reading), price: priceSession },
    verifySignature: verifyTestSignature,
  });
  expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(valid).toBe(true);
  expect(checks.find(({ check }) => check === 'content')?.outcome).toBe('passed');
}

describe('the queue of held CDRs', () => {
  it('seals what the operator accepts as measured, with the decision and all anomalies in it', async () => {
    const { cdrId, sessionId } = await superseded();
    const held = await cdrOf(sessionId);
    expect(held).toMatchObject({ state: 'held', total: null, energyKwh: 8 });

    const answer = await resolve(cdrId, { decision: 'accept', reason: 'The driver agrees.' });
    expect(answer).toMatchObject({
      status: 202,
      body: { cdrId, sessionId, decision: 'accept', reason: 'The driver agrees.' },
    });
    await settleMine();

    const sealed = await cdrOf(sessionId);
    expect(sealed).toMatchObject({
      state: 'sealed',
      cdrId,
      energyKwh: 8,
      total: { currency: 'EUR', exclVat: '5.00' },
      anomalies: held.anomalies,
      seal: { sequence: 1 },
      evidence: {
        basis: {
          decision: {
            kind: 'accept',
            decidedBy: { apiKeyId: expect.any(String), name: 'First administrator' },
          },
        },
      },
    });
    await expectValid(sealed);
    const queue = (await operator.call('GET', '/cdrs?state=held&limit=100')).body.items ?? [];
    expect(queue.map((one) => one['cdrId'])).not.toContain(cdrId);
    const [shown] = (await sessions()).filter((one) => one['sessionId'] === sessionId);
    expect(shown).toMatchObject({ state: 'ended', cost: { exclVat: '5.00' }, cdrId });
  });

  it('seals another energy, with the reason for it', async () => {
    const { cdrId, sessionId } = await superseded();

    await resolve(cdrId, { decision: 'setEnergy', energyKwh: 4.25, reason: 'Read off the meter.' });
    await settleMine();

    const sealed = await cdrOf(sessionId);
    expect(sealed).toMatchObject({
      energyKwh: 4.25,
      total: { exclVat: '3.13' },
      evidence: { quality: 'decided' },
    });
    await expectValid(sealed);
    expect((await sessions()).find((one) => one['sessionId'] === sessionId)).toMatchObject({
      energyKwh: 4.25,
    });
  });

  it('seals a void session with nothing to pay, and lists it among the void ones', async () => {
    const { cdrId, sessionId } = await superseded();

    await resolve(cdrId, { decision: 'void', reason: 'A technician tested the charger.' });
    await settleMine();

    const sealed = await cdrOf(sessionId);
    expect(sealed).toMatchObject({
      state: 'sealed',
      lines: [],
      total: { currency: 'EUR', exclVat: '0.00', inclVat: '0.00' },
    });
    await expectValid(sealed);
    const shown = await operator.call('GET', `/sessions/${sessionId}`);
    expect(shown.body).toMatchObject({ state: 'void', cost: { inclVat: '0.00' } });
    const listed = async (state: string) =>
      (await operator.call('GET', `/sessions?state=${state}&chargerId=${chargerKey}`)).body.items;
    expect((await listed('void'))?.map((one) => one['sessionId'])).toEqual([sessionId]);
    expect((await listed('ended'))?.map((one) => one['sessionId'])).not.toContain(sessionId);
  });

  it('bills a session without a tariff by the one that the operator names, and by no other', async () => {
    await register({});
    const charger = await plugIn(database, chargerKey);
    const { transactionId } = await charger.call('StartTransaction', start(0));
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await settleMine();
    const [session] = await sessions();
    const { cdrId, sessionId } = session ?? {};

    expect((await resolve(cdrId, { decision: 'accept' })).code).toBe('CDR_NEEDS_TARIFF');
    expect((await resolve(cdrId, { decision: 'accept', tariffId: 'tar_none' })).code).toBe(
      'TARIFF_NOT_FOUND',
    );
    expect((await resolve(cdrId, { decision: 'accept', tariffId })).status).toBe(202);
    await settleMine();

    const sealed = await cdrOf(sessionId);
    expect(codes(sealed)).toEqual(['NO_TARIFF']);
    expect(sealed).toMatchObject({ tariff: { tariffId }, total: { exclVat: '3.00' } });
    await expectValid(sealed);
  });

  it('declares a session without a tariff void in no currency', async () => {
    await register({});
    const charger = await plugIn(database, chargerKey);
    const { transactionId } = await charger.call('StartTransaction', start(0));
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await settleMine();
    const [session] = await sessions();

    await resolve(session?.['cdrId'], { decision: 'void', reason: 'Not set up yet.' });
    await settleMine();

    const sealed = await cdrOf(session?.['sessionId']);
    expect(sealed.total).toEqual({ currency: 'XXX', exclVat: '0', inclVat: '0' });
    await expectValid(sealed);
  });

  it('bills a stop whose start never came, by tariff and energy of the operator', async () => {
    const charger = await plugIn(database, chargerKey);
    await charger.call('StopTransaction', {
      transactionId: 4711,
      timestamp: at(60),
      meterStop: 5000,
    });
    await settleMine();
    const [session] = await sessions();

    await resolve(session?.['cdrId'], {
      decision: 'setEnergy',
      energyKwh: '3.5',
      reason: 'From the log of the charger.',
      tariffId,
    });
    await settleMine();

    const sealed = await cdrOf(session?.['sessionId']);
    expect(codes(sealed)).toEqual(expect.arrayContaining(['STOP_WITHOUT_START', 'NO_TARIFF']));
    expect(sealed).toMatchObject({ energyKwh: 3.5, total: { exclVat: '2.75' } });
    await expectValid(sealed);
  });

  it('may bill energy that went to a token which was not accepted', async () => {
    const charger = await plugIn(database, chargerKey);
    const { transactionId } = await charger.call(
      'StartTransaction',
      start(0, { idTag: 'BLOCKED' }),
    );
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await settleMine();
    const [session] = await sessions();

    await resolve(session?.['cdrId'], { decision: 'accept' });
    await settleMine();

    const sealed = await cdrOf(session?.['sessionId']);
    expect(sealed).toMatchObject({ state: 'sealed', total: { exclVat: '3.00' } });
    await expectValid(sealed);
  });

  it('counts the readings that came late, up to the decision and no further', async () => {
    const { cdrId, sessionId, transactionId } = await superseded();
    const charger = await plugIn(database, chargerKey, Date.now() - 5_000);
    await charger.call('MeterValues', meterValues(at(40), 10_000, transactionId));

    await resolve(cdrId, { decision: 'accept' });
    const later = await plugIn(database, chargerKey, Date.now() + 5_000);
    await later.call('MeterValues', meterValues(at(45), 11_000, transactionId));
    await settleMine();

    const sealed = await cdrOf(sessionId);
    expect(sealed).toMatchObject({ meterStop: { wh: 9000 }, evidence: { readings: 2 } });
    await expectValid(sealed);
  });
});

describe('a decision', () => {
  it('is taken once: the same again gets the same answer, another one is refused', async () => {
    const { cdrId } = await superseded();
    const decision = { decision: 'setEnergy', energyKwh: 1, reason: 'Agreed.' };
    const first = await resolve(cdrId, decision);

    const answers = async () => [
      await resolve(cdrId, { ...decision, energyKwh: '1.0' }),
      await resolve(cdrId, { decision: 'void', reason: 'Agreed.' }),
      await resolve(cdrId, { ...decision, energyKwh: 2 }),
    ];
    const before = await answers();
    await settleMine();

    expect(before[0]).toEqual(first);
    expect(before.map(({ code }) => code)).toEqual([undefined, 'CDR_RESOLVED', 'CDR_RESOLVED']);
    expect(await answers()).toEqual(before);
  });

  it('is one of two that are taken at the same moment', async () => {
    const { cdrId, sessionId } = await superseded();

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        resolve(cdrId, { decision: 'setEnergy', energyKwh: n, reason: 'Agreed.' }),
      ),
    );
    await settleMine();

    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(1);
    expect((await cdrOf(sessionId)).energyKwh).toBe(taken[0]?.body['energyKwh']);
  });

  it('waits for a CDR that is held, and for nothing else', async () => {
    const charger = await plugIn(database, chargerKey);
    const { transactionId } = await charger.call('StartTransaction', start(0));
    const [running] = await sessions();
    const cdrId = String(running?.['sessionId']).replace('ses_', 'cdr_');
    const accept = { decision: 'accept' };

    expect((await resolve(cdrId, accept)).code).toBe('CDR_NOT_FOUND');
    expect((await resolve('cdr_none', accept)).code).toBe('CDR_NOT_FOUND');
    await charger.call('StopTransaction', { transactionId, timestamp: at(60), meterStop: 5000 });
    await settleMine();
    expect((await resolve(cdrId, accept)).code).toBe('CDR_NOT_HELD');
  });

  it('is not about what was sealed, credited and billed anew', async () => {
    const hourly = (await operator.call('POST', '/tariffs', byTheHour)).body['tariffId'];
    const session = await beginLateSession(database, operator, hourly);
    await session.stop();
    await settleLate(database, session);
    await session.read(60, 8000);
    await settleLate(database, session);
    const accept = { decision: 'accept' };
    const codeFor = async (suffix: string) =>
      (await resolve(`${session.cdrId}${suffix}`, accept)).code;

    for (const suffix of ['', '-C', '-2']) expect(await codeFor(suffix)).toBe('CDR_NOT_HELD');
    for (const suffix of ['-2-C', '-3']) expect(await codeFor(suffix)).toBe('CDR_NOT_FOUND');
  });

  it('is not for other operators, nor for keys that may only read', async () => {
    const { cdrId } = await superseded();
    const other = await newOperator(database, 'Other');
    const accept = { decision: 'accept' };

    const path = `/cdrs/${cdrId}/resolve`;
    const keyWith = async (scope: string) => {
      const made = await operator.call('POST', '/api-keys', { name: 'Clerk', scopes: [scope] });
      return `Bearer ${made.body['apiKey']}`;
    };

    expect((await other.call('POST', path, accept)).code).toBe('CDR_NOT_FOUND');
    const reader = await keyWith('cdrs:read');
    expect((await callApi(database, reader, 'POST', path, accept)).code).toBe('SCOPE_MISSING');
    const clerk = await keyWith('cdrs:write');
    expect(await callApi(database, clerk, 'POST', path, accept)).toMatchObject({
      status: 202,
      body: { decidedBy: { name: 'Clerk' } },
    });
  });

  it.each([
    [{}],
    [{ decision: 'forget' }],
    [{ decision: 'setEnergy', energyKwh: 1 }],
    [{ decision: 'setEnergy', energyKwh: -1, reason: 'a' }],
    [{ decision: 'setEnergy', energyKwh: 0.0000001, reason: 'a' }],
    [{ decision: 'setEnergy', energyKwh: 100_001, reason: 'a' }],
    [{ decision: 'setEnergy', reason: 'a' }],
    [{ decision: 'void' }],
    [{ decision: 'void', reason: '  ' }],
    [{ decision: 'accept', energyKwh: 1 }],
  ])('says what it is: %j is refused', async (body) => {
    expect((await resolve('cdr_any', body)).code).toBe('INVALID_REQUEST');
  });

  it('names no other tariff than the one that the session has', async () => {
    const { cdrId } = await superseded();

    expect((await resolve(cdrId, { decision: 'accept', tariffId })).code).toBe('CDR_HAS_TARIFF');
  });
});

describe('what arrives of a session between the decision and the seal', () => {
  it('leaves its stop as it was decided on, and is told', async () => {
    const { cdrId, sessionId, transactionId } = await superseded();
    await resolve(cdrId, { decision: 'accept' });

    const charger = await plugIn(database, chargerKey);
    await charger.call('StopTransaction', { transactionId, timestamp: at(45), meterStop: 12_000 });
    await settleMine();

    const sealed = await cdrOf(sessionId);
    expect(sealed).toMatchObject({ energyKwh: 8, endedAt: at(30) });
    expect(codes(sealed)).not.toContain('SECOND_STOP');
    const [session] = (await sessions()).filter((one) => one['sessionId'] === sessionId);
    expect(session).toMatchObject({ stopReason: 'Superseded' });
    expect(codes(session)).toEqual(expect.arrayContaining(['SECOND_STOP', 'SESSION_SUPERSEDED']));
    await expectValid(sealed);
  });

  it('leaves it without a start where it was decided on without', async () => {
    const charger = await plugIn(database, chargerKey);
    const { idTag, timestamp: startedAt, ...rest } = start(0);
    const id = transactionIdOf({ chargerKey, idTag, startedAt, ...rest }, 0);
    await charger.call('StopTransaction', {
      transactionId: id,
      timestamp: at(60),
      meterStop: 5000,
    });
    await settleMine();
    const [orphan] = await sessions();
    const decision = { decision: 'setEnergy', energyKwh: 2, reason: 'Agreed.', tariffId };
    expect((await resolve(orphan?.['cdrId'], decision)).status).toBe(202);

    expect(await charger.call('StartTransaction', start(0))).toMatchObject({ transactionId: id });
    await settleMine();

    const [session] = await sessions();
    expect(session).toMatchObject({ startedAt: null, energyKwh: 2 });
    expect(codes(session)).toEqual(expect.arrayContaining(['LATE_START', 'STOP_WITHOUT_START']));
    const sealed = await cdrOf(session?.['sessionId']);
    expect(codes(sealed)).not.toContain('LATE_START');
    await expectValid(sealed);
  });

  it('keeps an operator from deciding on what nobody has seen yet', async () => {
    const { cdrId, sessionId, transactionId } = await superseded();
    const charger = await plugIn(database, chargerKey);
    await charger.call('StopTransaction', { transactionId, timestamp: at(45), meterStop: 12_000 });

    const answer = await resolve(cdrId, { decision: 'void', reason: 'It never ended.' });
    expect(answer.code).toBe('CDR_CHANGED');
    await settleMine();

    expect(await cdrOf(sessionId)).toMatchObject({ state: 'sealed', energyKwh: 11 });
  });

  it('is sealed the same whenever and however often it is made', async () => {
    const { cdrId, sessionId } = await superseded();
    await resolve(cdrId, { decision: 'accept' });

    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => makeCdr(database, cdrHelpers, sessionId)),
    );

    expect(outcomes.filter((outcome) => outcome === 'sealed')).toHaveLength(1);
    const once = await cdrOf(sessionId);
    await settleMine();
    expect(await cdrOf(sessionId)).toEqual(once);
  });
});
