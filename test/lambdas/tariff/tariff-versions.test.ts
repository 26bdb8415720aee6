import '../quiet.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  type Body,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
} from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
});

afterAll(async () => {
  vi.useRealTimers();
  await database.stop();
});

const first = { name: 'First', currency: 'EUR', sessionFee: '1', perKwh: '100' };
const second = { name: 'Second', currency: 'EUR', sessionFee: '2', perKwh: '300' };

/** Versions of a tariff and what is charged by them have different times, to the millisecond. */
const letTimePass = (): void => void vi.setSystemTime(Date.now() + 5);

const nowText = (): string => new Date().toISOString();

/** One call to the charger's own clock, which is ours here: a tariff's versions are made on it. */
async function send(action: string, payload: unknown): Promise<Record<string, unknown>> {
  letTimePass();
  const charger = await plugIn(database, 'snap-1');
  return await charger.call(action, payload);
}

const begin = async (connectorId: number) => {
  const start = { connectorId, idTag: 'TAG1', timestamp: nowText(), meterStart: 0 };
  return (await send('StartTransaction', start))['transactionId'];
};

const read = async (connectorId: number, transactionId: unknown, wh: number): Promise<void> => {
  const values = meterValues(nowText(), wh, Number(transactionId));
  await send('MeterValues', { ...values, connectorId });
  await settle(database);
};

const end = async (transactionId: unknown): Promise<void> => {
  await send('StopTransaction', { transactionId, timestamp: nowText(), meterStop: 2 });
  await settle(database);
};

/** The session of a transaction, with its CDR where it has one. */
async function shown(transactionId: unknown): Promise<{ session: Body; cdr: Body }> {
  const { items = [] } = (await operator.call('GET', '/sessions')).body;
  const session = items.find((one) => one['transactionId'] === String(transactionId)) ?? {};
  const cdr = await operator.call('GET', `/sessions/${session['sessionId']}/cdr`);
  return { session, cdr: cdr.body };
}

it('a session keeps the tariff version of its start, whatever happens to the tariff, and the next one gets the new version', async () => {
  const { tariffId } = (await operator.call('POST', '/tariffs', first)).body;
  await operator.call('POST', '/chargers', { chargerId: 'SNAP-1', tariffId, connectors: 2 });
  const old = await begin(1);
  const unread = await begin(2);
  await read(1, old, 1);
  expect((await shown(old)).session).toMatchObject({ cost: { exclVat: '1.10' } });

  letTimePass();
  const changed = await operator.call('PUT', `/tariffs/${tariffId}`, second);
  expect(changed.body).toMatchObject({ tariffId, version: 2 });

  // One session was priced before the change, of the other nothing had arrived by then.
  await read(1, old, 2);
  await read(2, unread, 2);
  for (const running of [old, unread]) {
    expect((await shown(running)).session).toMatchObject({
      state: 'active',
      cost: { exclVat: '1.20' },
    });
    await end(running);
    const { session, cdr } = await shown(running);
    expect(session).toMatchObject({ state: 'ended', tariffId, cost: { exclVat: '1.20' } });
    expect(cdr).toMatchObject({
      state: 'sealed',
      tariff: { tariffId, version: 1, name: 'First' },
      total: { exclVat: '1.20' },
    });
  }

  const next = await begin(1);
  await read(1, next, 2);
  expect((await shown(next)).session).toMatchObject({ cost: { exclVat: '2.60' } });
  await end(next);
  expect((await shown(next)).cdr).toMatchObject({
    state: 'sealed',
    tariff: { tariffId, version: 2, name: 'Second' },
    total: { exclVat: '2.60' },
  });
});

it('a session that began before a change is billed by the old version, even if its start arrived days later', async () => {
  const { tariffId } = (await operator.call('POST', '/tariffs', first)).body;
  await operator.call('POST', '/chargers', { chargerId: 'SNAP-2', tariffId });
  letTimePass();
  const [startedAt, endedAt] = [nowText(), nowText()];
  letTimePass();
  await operator.call('PUT', `/tariffs/${tariffId}`, second);

  const late = await plugIn(database, 'snap-2', Date.now() + 3 * 86_400_000);
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: startedAt, meterStart: 0 };
  const { transactionId } = await late.call('StartTransaction', start);
  await late.call('StopTransaction', { transactionId, timestamp: endedAt, meterStop: 0 });
  await settle(database);

  expect((await shown(transactionId)).cdr).toMatchObject({ tariff: { tariffId, version: 1 } });
});

it('a session without its start is billed by the version in force when its readings begin, or when it stops if it has none', async () => {
  const { tariffId } = (await operator.call('POST', '/tariffs', first)).body;
  await operator.call('POST', '/chargers', { chargerId: 'SNAP-3', tariffId });
  letTimePass();
  const before = nowText();
  letTimePass();
  await operator.call('PUT', `/tariffs/${tariffId}`, second);
  letTimePass();
  const charger = await plugIn(database, 'snap-3', Date.now());

  const stop = { timestamp: nowText(), meterStop: 2 };
  await charger.call('MeterValues', meterValues(before, 1, 4711));
  await charger.call('MeterValues', meterValues(nowText(), 2, 4711));
  for (const transactionId of [4711, 4712]) {
    await charger.call('StopTransaction', { ...stop, transactionId });
  }
  await settle(database);

  expect((await shown(4711)).cdr).toMatchObject({
    state: 'held',
    tariff: { tariffId, version: 1 },
  });
  expect((await shown(4712)).cdr).toMatchObject({
    state: 'held',
    tariff: { tariffId, version: 2 },
  });
});
