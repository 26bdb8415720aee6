import '../quiet.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sessionId } from '../../../core/session/session-id.ts';
import { verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { keepStatus } from '../../../lambdas/status/keep-status.ts';
import { connectionFrom, takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { readChargerItems } from '../../../lambdas/store/chargers/connectors.ts';
import { readRunningView, writeRunningView } from '../../../lambdas/store/sessions/running-view.ts';
import { foldSpan } from '../../../lambdas/tariff/fold-readings.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { countUnits } from '../count-units.ts';
import {
  cdrHelpers,
  messageRecords,
  meterValues,
  newOperator,
  plugIn,
  type TestCharger,
  type TestOperator,
} from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let chargers = 0;
/** The charger of the budget that is looked at, which nobody else has used. */
let chargerId: string;
let chargerKey: string;
let charger: TestCharger;
let password: string;
/** Reads what was kept without being counted: the stream does that in real life. */
let bystander: DynamoDBClient;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const tariff = await operator.call('POST', '/tariffs', {
    name: 'AC',
    currency: 'EUR',
    vatPercent: 19,
    perKwh: '0.49',
    sessionFee: '0.35',
    idlePerMinute: '0.10',
    idleGraceMinutes: 30,
  });
  tariffId = tariff.body['tariffId'];
  bystander = new DynamoDBClient({
    endpoint: database.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
  });
});

beforeEach(async () => {
  chargers += 1;
  chargerId = `B-${chargers}`;
  const made = await operator.call('POST', '/chargers', { chargerId, tariffId });
  password = String(made.body['password']);
  charger = await plugIn(database, chargerId);
  chargerKey = charger.step.charger.chargerKey;
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

it('meter values cost one write and no read, with or without a transaction', async () => {
  const once = { writes: ['PutItem'], reads: [] };

  expect(await count('MeterValues', meterValues(at(1), 5, 4711))).toEqual(once);
  expect(await count('MeterValues', meterValues(at(2), 6))).toEqual(once);
});

it('a status costs one write and no read', async () => {
  const status = { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp: at(0) };

  expect(await count('StatusNotification', status)).toEqual({ writes: ['PutItem'], reads: [] });
});

it('a start costs three requests, and no more for its repetition', async () => {
  const three = { writes: ['UpdateItem', 'UpdateItem'], reads: ['BatchGetItem'] };

  expect(await count('StartTransaction', start(3))).toEqual(three);
  expect(await count('StartTransaction', start(3))).toEqual(three);
});

it('a stop costs two requests and no read', async () => {
  const { transactionId } = await charger.call('StartTransaction', start(4));
  const stop = { transactionId, timestamp: at(50), meterStop: 9000 };

  expect(await count('StopTransaction', stop)).toEqual({
    writes: ['PutItem', 'UpdateItem'],
    reads: [],
  });
});

it('a heartbeat costs nothing, except the first of each quarter of an hour of a connection', async () => {
  const connectedAt = charger.step.connectedAt;
  const beat = async (seconds: number) => {
    const now = connectedAt + seconds * 1000;
    const counted = await countRequests(
      database,
      async () => await answerMessage({ ...charger.step, now }, '[2,"h","Heartbeat",{}]'),
    );
    return counted.writes.length + counted.reads.length;
  };

  const asking: number[] = [];
  for (let second = 60; second <= 3600; second += 60) {
    if ((await beat(second)) > 0) asking.push(second);
  }

  expect(asking).toEqual([900, 1800, 2700, 3600]);
});

it('a reading outside of any session costs one request, and one more in each quarter of an hour of a connection, and moves lastSeenAt', async () => {
  const { connectedAt } = charger.step;
  const step = { ...charger.step, connectionId: 'stray', connectedAt };
  const connection = { connectionId: 'stray', protocol: 'ocpp1.6' };
  const sinceIso = new Date(connectedAt).toISOString();
  await takeOver(database, chargerKey, { ...connection, connectedAt: sinceIso });
  const seenAt = async () =>
    connectionFrom((await readChargerItems(database, chargerKey)).connection)?.lastSeenAt;
  const read = async (seconds: number, keptAt?: string) => {
    const now = connectedAt + seconds * 1000;
    const payload = meterValues(new Date(now).toISOString(), seconds);
    const text = JSON.stringify([2, 'r', 'MeterValues', payload]);
    const late = keptAt === undefined ? {} : { keptAt };
    return await countRequests(
      database,
      async () => await answerMessage({ ...step, now, ...late }, text),
    );
  };

  const noting: number[] = [];
  for (let second = 60; second <= 3600; second += 60) {
    const { writes, reads } = await read(second);
    expect(reads).toEqual([]);
    if (writes.length > 1) noting.push(second);
  }
  expect(noting).toEqual([900, 1800, 2700, 3600]);
  const last = new Date(connectedAt + 3_600_000).toISOString();
  expect(await seenAt()).toBe(last);

  // One that waited in a queue is older than what was seen since.
  expect((await read(1_000, last)).writes).toEqual(['PutItem']);
  expect(await seenAt()).toBe(last);
});

it('an active session is read once and then only written, unless another instance has written since', async () => {
  const { transactionId } = await charger.call('StartTransaction', start(5));
  const id = sessionId(chargerKey, String(transactionId));
  const fold = async (minute: number, wh: number) => {
    await charger.call('MeterValues', meterValues(at(minute), wh, Number(transactionId)));
    const all = await messageRecords({ ...database, client: bystander });
    const [reading] = all.filter((one) => one.sessionId === id && one.at === at(minute));
    if (reading === undefined) throw new Error('nothing was kept');
    return await countRequests(database, () => foldSpan(database, [reading], at(59)));
  };
  const elsewhere = { ...database, client: bystander };
  const energyAt = async () => (await readRunningView(elsewhere, id))?.energy;

  expect((await fold(6, 105)).reads).toContain('GetItem');
  expect(await fold(7, 205)).toEqual({ writes: ['PutItem'], reads: [] });
  expect(await energyAt()).toBe(200_000n);

  const standing = await readRunningView(elsewhere, id);
  if (standing === undefined) throw new Error('no view was written');
  await writeRunningView(elsewhere, { ...standing, version: standing.version + 1 });
  expect(await fold(8, 305)).toEqual({ writes: ['PutItem', 'PutItem'], reads: [] });
  expect(await fold(9, 405)).toEqual({ writes: ['PutItem'], reads: [] });
  expect(await energyAt()).toBe(400_000n);
});

/** The readings that arrived since the last time, each handed on by itself as it comes. */
async function carryOn(seen: Set<string>): Promise<void> {
  for (const reading of await messageRecords({ ...database, client: bystander })) {
    const key = `${reading.sessionId ?? reading.connectorId} ${reading.key}`;
    if (seen.has(key) || reading.chargerKey !== chargerKey) continue;
    seen.add(key);
    await foldSpan(database, [reading], new Date().toISOString());
    if (reading.kind === 'status') await keepStatus(database, reading);
  }
}

// Every reading is folded by itself here, which the batching window spares: `npm run bench` holds the budget of 100 with it.
it('a session from boot to sealed CDR without batching costs at most 120 write and 60 read units', async () => {
  const seen = new Set<string>();
  await carryOn(seen);
  const status = (minute: number, word: string) =>
    charger.call('StatusNotification', {
      connectorId: 1,
      status: word,
      errorCode: 'NoError',
      timestamp: at(minute),
    });

  const units = await countUnits(database, async () => {
    await verifyCharger(database, {
      chargerId,
      authorization: `Basic ${Buffer.from(`${chargerId}:${password}`).toString('base64')}`,
      offers: [],
    });
    await takeOver(database, chargerKey, {
      connectionId: 'unit',
      protocol: 'ocpp1.6',
      connectedAt: at(9),
    });
    await charger.call('BootNotification', { chargePointVendor: 'A', chargePointModel: 'B' });
    await status(10, 'Available');
    await status(11, 'Preparing');
    await charger.call('Authorize', { idTag: 'TAG1' });
    const { transactionId } = await charger.call('StartTransaction', start(12));
    await status(12, 'Charging');
    for (let n = 1; n <= 45; n += 1) {
      const values = meterValues(at(12 + n), 100 * n, Number(transactionId));
      await charger.call('MeterValues', values);
      await carryOn(seen);
    }
    const stop = { transactionId, timestamp: at(58), meterStop: 4600, reason: 'EVDisconnected' };
    await charger.call('StopTransaction', stop);
    await status(58, 'Finishing');
    await status(59, 'Available');
    await carryOn(seen);
    const id = sessionId(chargerKey, String(transactionId));
    expect(await makeCdr(database, cdrHelpers, id)).toBe('sealed');
  });

  expect(units.write).toBeLessThanOrEqual(120);
  expect(units.read).toBeLessThanOrEqual(60);
});

it('readings already added to the running view cost no write when the CDR is made, and request no correction', async () => {
  const { transactionId } = await charger.call('StartTransaction', start(61));
  await charger.call('MeterValues', meterValues(at(62), 70, Number(transactionId)));
  await charger.call('StopTransaction', { transactionId, timestamp: at(63), meterStop: 80 });
  const id = sessionId(chargerKey, String(transactionId));
  expect(await makeCdr(database, cdrHelpers, id)).toBe('sealed');
  const [reading] = (await messageRecords({ ...database, client: bystander })).filter(
    (one) => one.sessionId === id && one.kind === 'meter',
  );
  if (reading === undefined) throw new Error('not kept');

  const counted = await countRequests(database, async () => {
    const folded = await foldSpan(database, [reading], new Date().toISOString());
    expect(folded).toEqual([{ kind: 'unchanged' }]);
  });

  expect(counted).toEqual({ writes: [], reads: ['GetItem'] });
});
