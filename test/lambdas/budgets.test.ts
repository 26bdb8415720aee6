import './quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../contracts/engines.ts';
import { countRequests } from './count-requests.ts';
import { meterValues, newOperator, plugIn, settle, type TestCharger } from './plant.ts';

let database: TestDatabase;
let charger: TestCharger;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  const operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  await operator.call('POST', '/chargers', { chargerId: 'B-1' });
  charger = await plugIn(database, 'b-1');
});

afterAll(async () => {
  await database.stop();
});

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

const start = (minute: number) => ({
  connectorId: 1,
  idTag: 'TAG1',
  timestamp: at(minute),
  meterStart: minute,
});

const count = (action: string, payload: unknown) =>
  countRequests(database, async () => await charger.call(action, payload));

it('writes once and reads nothing for meter values, with a transaction or without', async () => {
  const once = { writes: ['PutItem'], reads: [] };

  expect(await count('MeterValues', meterValues(at(1), 5, 4711))).toEqual(once);
  expect(await count('MeterValues', meterValues(at(2), 6))).toEqual(once);
});

it('writes once and reads nothing for a status', async () => {
  const status = { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp: at(0) };

  expect(await count('StatusNotification', status)).toEqual({ writes: ['PutItem'], reads: [] });
});

it('makes three requests for a start, and no more for its repetition', async () => {
  const three = { writes: ['UpdateItem', 'UpdateItem'], reads: ['BatchGetItem'] };

  expect(await count('StartTransaction', start(3))).toEqual(three);
  expect(await count('StartTransaction', start(3))).toEqual(three);
});

it('makes two requests for a stop, and reads nothing', async () => {
  const { transactionId } = await charger.call('StartTransaction', start(4));
  const stop = { transactionId, timestamp: at(50), meterStop: 9000 };

  expect(await count('StopTransaction', stop)).toEqual({
    writes: ['PutItem', 'UpdateItem'],
    reads: [],
  });
});

it('asks for nothing on a heartbeat, but once in 10 minutes of a connection', async () => {
  const connectedAt = charger.step.connectedAt;
  const beat = async (seconds: number) => {
    const now = connectedAt + seconds * 1000;
    const { answerMessage } = await import('../../lambdas/ocpp/answer-message.ts');
    const counted = await countRequests(
      database,
      async () => await answerMessage({ ...charger.step, now }, '[2,"h","Heartbeat",{}]'),
    );
    return counted.writes.length + counted.reads.length;
  };

  const requests: number[] = [];
  for (let second = 60; second <= 7200; second += 60) requests.push(await beat(second));

  expect(requests.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(12);
  expect(requests.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

it('stays below 120 writes and 60 reads for a session of 45 readings, all functions counted', async () => {
  const counted = await countRequests(database, async () => {
    await charger.call('BootNotification', { chargePointVendor: 'A', chargePointModel: 'B' });
    const { transactionId } = await charger.call('StartTransaction', start(10));
    for (let n = 0; n < 45; n += 1) {
      await charger.call('MeterValues', meterValues(at(11 + n), 1000 + n, Number(transactionId)));
    }
    const stop = { transactionId, timestamp: at(58), meterStop: 9000 };
    await charger.call('StopTransaction', stop);
  });

  expect(counted.writes.length).toBeLessThanOrEqual(1 + 2 + 45 + 2);
  expect(counted.reads).toEqual(['BatchGetItem']);
  await settle(database);
});
