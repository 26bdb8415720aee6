import './quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyCdr } from '../../core/cdr/verify-cdr.ts';
import { understand } from '../../core/ocpp/understand.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { openDatabase, type TestDatabase } from '../contracts/engines.ts';
import {
  type Body,
  keptReadings,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
  verifyTestSignature,
} from './plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let chargerKey: string;
let tariffId: unknown;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', parentTokenId: 'FAMILY' });
  await operator.call('POST', '/tokens', { tokenId: 'TAG2' });
  await operator.call('POST', '/tokens', { tokenId: 'TAG3', parentTokenId: 'FAMILY' });
  await operator.call('POST', '/tokens', { tokenId: 'FAMILY' });
  const form = { name: 'AC', currency: 'EUR', perKwh: 0.5 };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

beforeEach(async () => {
  count += 1;
  chargerKey = `odd-${count}`;
  const form = { chargerId: chargerKey, maxPowerKw: 22, tariffId };
  expect((await operator.call('POST', '/chargers', form)).status).toBe(201);
});

const at = (minute: number): string =>
  new Date(Date.parse('2026-04-14T16:00:00.000Z') + minute * 60_000).toISOString();

/** The charger as it is heard at a minute by our clock. */
const heardAt = async (minute: number) =>
  await plugIn(database, chargerKey, Date.parse(at(minute)));

const start = (overrides: Record<string, unknown> = {}) => ({
  connectorId: 1,
  idTag: 'TAG1',
  timestamp: at(0),
  meterStart: 1000,
  ...overrides,
});

const stop = (transactionId: unknown, overrides: Record<string, unknown> = {}) => ({
  transactionId,
  timestamp: at(60),
  meterStop: 11_000,
  reason: 'Local',
  ...overrides,
});

const sessions = async (): Promise<readonly Body[]> =>
  (await operator.call('GET', `/sessions?chargerId=${chargerKey}`)).body.items ?? [];

const cdrOf = async (session: Body | undefined): Promise<Body> =>
  (await operator.call('GET', `/sessions/${session?.['sessionId']}/cdr`)).body;

const codes = (thing: Body | undefined): readonly unknown[] =>
  (Array.isArray(thing?.['anomalies']) ? thing['anomalies'] : []).map((one) => one.code);

const readingsOf = async (session: Body | undefined, late: boolean): Promise<readonly Body[]> =>
  (await operator.call('GET', `/sessions/${session?.['sessionId']}/readings?late=${late}`)).body
    .items ?? [];

/** What fails when a CDR is checked against what the API says it rests on. */
async function failedChecks(session: Body | undefined) {
  const verdict = verifyCdr((await cdrOf(session)) as never, {
    readings: (await readingsOf(session, false)) as never,
    rules: { read: (reading) => understand('ocpp1.6', reading), price: priceSession },
    verifySignature: verifyTestSignature,
  });
  // Seal and signature are another test's.
  const ofEvidence = verdict.checks.filter(({ check }) => !['hash', 'signature'].includes(check));
  return ofEvidence.filter(({ outcome }) => outcome === 'failed');
}

describe('a stop that names no transaction', () => {
  it("does not end another driver's session", async () => {
    const charger = await heardAt(61);
    await charger.call('StartTransaction', start({ idTag: 'TAG2' }));

    await charger.call('StopTransaction', stop(0, { idTag: 'TAG1' }));
    await settle(database, chargerKey);

    const all = await sessions();
    expect(all.map(({ state, tokenId }) => [state, tokenId])).toContainEqual(['active', 'TAG2']);
    const other = all.find(({ state }) => state === 'ended');
    expect((await cdrOf(other))['state']).toBe('held');
  });

  it('ends the session of another token of the same group', async () => {
    const charger = await heardAt(61);
    await charger.call('StartTransaction', start({ idTag: 'TAG1' }));

    await charger.call('StopTransaction', stop(0, { idTag: 'tag3' }));
    await settle(database, chargerKey);

    expect(await sessions()).toMatchObject([{ state: 'ended', tokenId: 'TAG1', energyKwh: 10 }]);
  });
});

describe('a clock from the future', () => {
  it('does not keep later sessions from their connector', async () => {
    const charger = await heardAt(0);
    await charger.call('StartTransaction', start({ timestamp: '2099-01-01T00:00:00Z' }));
    const later = await heardAt(60);
    await later.call('StartTransaction', start({ timestamp: at(60), meterStart: 2000 }));
    await settle(database, chargerKey);

    const all = await sessions();
    expect(all.find(({ startedAt }) => startedAt === at(60))).toMatchObject({ state: 'active' });
    expect(all.find(({ startedAt }) => startedAt !== at(60))).toMatchObject({ state: 'ended' });
    const shown = (await operator.call('GET', `/chargers/${chargerKey}`)).body;
    const [connector] = shown['connectors'] as readonly Body[];
    expect(all.find(({ state }) => state === 'active')?.['sessionId']).toBe(
      connector?.['sessionId'],
    );
  });

  it('does not bring its session back when its start is repeated', async () => {
    const future = start({ timestamp: '2099-01-01T00:00:00Z' });
    const { transactionId } = await (await heardAt(0)).call('StartTransaction', future);
    const later = start({ timestamp: at(60), meterStart: 2000 });
    await (await heardAt(60)).call('StartTransaction', later);

    expect(await (await heardAt(70)).call('StartTransaction', future)).toMatchObject({
      transactionId,
    });
    await settle(database, chargerKey);

    const active = (await sessions()).filter(({ state }) => state === 'active');
    const shown = (await operator.call('GET', `/chargers/${chargerKey}`)).body;
    expect(active).toMatchObject([{ startedAt: at(60) }]);
    expect(shown['connectors']).toMatchObject([{ sessionId: active[0]?.['sessionId'] }]);
  });

  it('does not freeze the status of its connector', async () => {
    const status = (word: string, timestamp: string) => ({
      connectorId: 1,
      status: word,
      errorCode: 'NoError',
      timestamp,
    });
    const first = await heardAt(0);
    await first.call('StatusNotification', status('Charging', '2099-01-01T00:00:00Z'));
    const second = await heardAt(60);
    await second.call('StatusNotification', status('Available', at(60)));
    await settle(database, chargerKey);

    const shown = (await operator.call('GET', `/chargers/${chargerKey}`)).body;
    expect(shown['connectors']).toMatchObject([{ status: 'Available', statusAt: at(60) }]);
  });
});

describe('a clock of the past', () => {
  it('shows the latest status, after one that came without a time too', async () => {
    const status = (word: string, timestamp?: string) => ({
      connectorId: 1,
      status: word,
      errorCode: 'NoError',
      ...(timestamp === undefined ? {} : { timestamp }),
    });
    const shown = async () => {
      await settle(database, chargerKey);
      const { connectors } = (await operator.call('GET', `/chargers/${chargerKey}`)).body;
      return Array.isArray(connectors) ? connectors[0]?.status : undefined;
    };
    const now = 500_000;
    await (await heardAt(now)).call('StatusNotification', status('Preparing', at(0)));
    expect(await shown()).toBe('Preparing');
    await (await heardAt(now + 1)).call('StatusNotification', status('Available'));
    expect(await shown()).toBe('Available');
    await (await heardAt(now + 2)).call('StatusNotification', status('Charging', at(2)));
    expect(await shown()).toBe('Charging');
    await (await heardAt(now + 3)).call('StatusNotification', status('Finishing', at(1)));
    expect(await shown()).toBe('Charging');
  });
});

describe('the evidence of a session', () => {
  const data = (minute: number, wh: number) => [
    { timestamp: at(minute), sampledValue: [{ value: String(wh), unit: 'Wh' }] },
  ];

  it("counts the stop's own readings when it came over two connections at once", async () => {
    const sender = await heardAt(0);
    const { transactionId } = await sender.call(
      'StartTransaction',
      start({ meterStart: undefined }),
    );
    const transactionData = [...data(1, 1000), ...data(30, 9000)];
    const body = stop(transactionId, { meterStop: undefined, transactionData });
    const [early, late] = [await heardAt(61), await heardAt(62)];
    // The later one keeps the message, the earlier one ends the session.
    await late.call('MeterValues', meterValues(at(0), 1000, 99));
    const { keepMessage } = await import('../../lambdas/ocpp/keep-message.ts');
    const raw = JSON.stringify(body);
    const message = { kind: 'stop', evseId: 0, connectorId: 0, timestamp: at(60), raw } as const;
    await keepMessage(late.step, message, String(transactionId));
    await early.call('StopTransaction', body);
    await settle(database, chargerKey);

    const [session] = await sessions();
    expect(await readingsOf(session, false)).toHaveLength(1);
    expect(codes(await cdrOf(session))).not.toContain('NO_METER_DATA');
  });

  it('stays what it was when the CDR was sealed, whatever comes later', async () => {
    const { transactionId } = await (await heardAt(0)).call('StartTransaction', start());
    const late = await heardAt(70);
    await (await heardAt(65)).call('MeterValues', meterValues(at(20), 4000, Number(transactionId)));
    await late.call('StopTransaction', stop(transactionId));
    await settle(database, chargerKey);
    const [session] = await sessions();
    const cdr = await cdrOf(session);
    expect(cdr['state']).toBe('sealed');

    // The same stop over a slower connection, one that differs, and a reading that took its time.
    await (await heardAt(61)).call('StopTransaction', stop(transactionId));
    await (await heardAt(60)).call('StopTransaction', stop(transactionId, { meterStop: 7 }));
    await (await heardAt(69)).call('MeterValues', meterValues(at(30), 5000, Number(transactionId)));
    await settle(database, chargerKey);

    expect(await cdrOf(session)).toEqual(cdr);
    expect(await failedChecks(session)).toEqual([]);
    expect((await sessions())[0]).toMatchObject({ endedAt: at(60), energyKwh: 10 });
    expect(codes((await sessions())[0])).toContain('SECOND_STOP');
  });

  it('is the same whether a second stop came before or after the CDR was sealed', async () => {
    const seal = async (between: boolean): Promise<Body> => {
      const connectorId = between ? 1 : 2;
      const charger = await heardAt(61);
      const begun = await charger.call('StartTransaction', start({ connectorId }));
      const { transactionId } = begun;
      await charger.call('StopTransaction', stop(transactionId));
      if (!between) await settle(database, chargerKey);
      const second = await heardAt(62);
      const transactionData = data(30, 5000);
      const body = stop(transactionId, { timestamp: at(62), meterStop: 12_000, transactionData });
      await second.call('StopTransaction', body);
      await second.send(`[2,"u","MeterValues",{"transactionId":${transactionId},"meterValue":[{`);
      await settle(database, chargerKey);
      const all = await sessions();
      return await cdrOf(all.find((one) => one['transactionId'] === String(transactionId)));
    };
    const [before, after] = [await seal(true), await seal(false)];

    expect(before['state']).toBe('sealed');
    expect(before['anomalies']).toEqual(after['anomalies']);
    expect((before['evidence'] as Body)['readings']).toEqual(
      (after['evidence'] as Body)['readings'],
    );
  });
});

describe('messages without end', () => {
  it('bills a session all the same', async () => {
    const charger = await heardAt(30);
    const { transactionId } = await charger.call('StartTransaction', start());
    for (let n = 0; n < 30; n += 1) {
      const values = `{"connectorId":1,"transactionId":${transactionId},"meterValue":[${n},{`;
      await charger.send(`[2,"u${n}","MeterValues",${values}`);
    }
    const later = await heardAt(61);
    for (let n = 0; n < 20; n += 1) {
      await later.call('StopTransaction', stop(transactionId, { meterStop: 11_000 + n }));
    }
    await settle(database, chargerKey);

    const [session] = await sessions();
    expect((await cdrOf(session))['state']).toBe('sealed');
    expect(codes(session).filter((code) => code === 'UNUSABLE_MESSAGE')).toHaveLength(1);
    expect(codes(session).filter((code) => code === 'SECOND_STOP').length).toBeLessThanOrEqual(8);
  });
});

describe('an older start that comes after a newer one', () => {
  it('is over at once, and billed when its own stop arrives', async () => {
    const charger = await heardAt(100);
    const newer = start({ timestamp: at(90), meterStart: 20_000 });
    await charger.call('StartTransaction', newer);
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('StartTransaction', start());
    await settle(database, chargerKey);

    expect(await sessions()).toMatchObject([
      { state: 'active', startedAt: at(90) },
      { state: 'ended', startedAt: at(0), stopReason: 'Superseded', endedAt: at(90) },
    ]);

    await (await heardAt(101)).call('StopTransaction', stop(transactionId));
    await settle(database, chargerKey);
    const [, older] = await sessions();
    expect(older).toMatchObject({ stopReason: 'Local', energyKwh: 10 });
    expect((await cdrOf(older))['state']).toBe('sealed');
  });
});

describe('a stop that nobody can read', () => {
  it('ends the transaction that it names, and its CDR is held', async () => {
    const charger = await heardAt(30);
    const { transactionId } = await charger.call('StartTransaction', start());
    await charger.call('MeterValues', meterValues(at(20), 4000, Number(transactionId)));
    const text = `[2,"u","StopTransaction",{"transactionId":${transactionId},"meterStop":`;
    const later = await heardAt(61);
    await later.send(text);
    await later.send(text);
    await settle(database, chargerKey);

    const [session] = await sessions();
    expect(session).toMatchObject({ state: 'ended', endedAt: at(61), stopReason: 'Unreadable' });
    expect(codes(session)).toContain('STOP_UNREADABLE');
    expect((await cdrOf(session))['state']).toBe('held');
  });

  it('gives way to one that can be read, should that come after all', async () => {
    const charger = await heardAt(30);
    const { transactionId } = await charger.call('StartTransaction', start());
    const later = await heardAt(61);
    await later.send(`[2,"u","StopTransaction",{"transactionId":${transactionId},"meterStop":`);
    await settle(database, chargerKey);
    await (await heardAt(70)).call('StopTransaction', stop(transactionId));
    await settle(database, chargerKey);

    const [session] = await sessions();
    expect(session).toMatchObject({ stopReason: 'Local', energyKwh: 10, anomalies: [] });
    expect((await cdrOf(session))['state']).toBe('sealed');
  });
});

describe('a charger that does not know the time', () => {
  it('starts a new session where the one before had ended at the same register', async () => {
    const untimed = { connectorId: 1, idTag: 'TAG1', meterStart: 1000 };
    const charger = await heardAt(0);
    const first = await charger.call('StartTransaction', untimed);
    expect(await charger.call('StartTransaction', untimed)).toEqual(first);
    const { timestamp, ...untimedStop } = stop(first['transactionId'], { meterStop: 1000 });
    await (await heardAt(10)).call('StopTransaction', untimedStop);

    const again = await (await heardAt(20)).call('StartTransaction', untimed);
    const repeated = await (await heardAt(21)).call('StartTransaction', untimed);
    const end = { ...untimedStop, transactionId: again['transactionId'], meterStop: 11_000 };
    await (await heardAt(80)).call('StopTransaction', end);
    await settle(database, chargerKey);

    expect(timestamp).toBe(at(60));
    expect(repeated).toEqual(again);
    expect(again['transactionId']).not.toBe(first['transactionId']);
    expect((await sessions()).map(({ energyKwh }) => energyKwh)).toEqual([10, 0]);
  });

  it('counts a message once that it repeats', async () => {
    const { transactionId } = await (await heardAt(0)).call('StartTransaction', start());
    const values = meterValues('1970-01-01T00:10:00Z', 4000, Number(transactionId));
    for (const minute of [10, 11, 12]) {
      await (await heardAt(minute)).call('MeterValues', values);
    }

    const kept = (await keptReadings(database)).filter((one) => one.chargerKey === chargerKey);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.receivedAt).toBe(at(10));
  });
});

describe('values beyond all measure', () => {
  it('lose neither the session nor its readings', async () => {
    const charger = await heardAt(61);
    const long = start({ idTag: 'X'.repeat(3000), meterStart: 1e200 });

    const { transactionId, idTagInfo } = await charger.call('StartTransaction', long);
    expect(idTagInfo).toMatchObject({ status: 'Invalid' });
    expect(transactionId).toBeGreaterThan(0);
    expect(await charger.call('StartTransaction', long)).toMatchObject({ transactionId });
    await charger.call('StopTransaction', stop(transactionId, { meterStop: 1e300 }));
    await settle(database, chargerKey);

    const [session, ...others] = await sessions();
    expect(others).toEqual([]);
    expect(session).toMatchObject({ state: 'ended' });
    expect((await cdrOf(session))['state']).toBe('held');
  });

  it('lose no session when they say which connector', async () => {
    const charger = await heardAt(61);
    const { transactionId } = await charger.call('StartTransaction', start({ connectorId: 1e200 }));
    const values = { ...meterValues(at(20), 4000, Number(transactionId)), connectorId: 1e200 };
    await charger.call('MeterValues', values);
    await charger.call('StopTransaction', stop(transactionId));
    await settle(database, chargerKey);

    expect(await sessions()).toMatchObject([{ state: 'ended', energyKwh: 10 }]);
  });
});
