import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
let tariffId: unknown;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc' });
  const form = {
    name: 'T',
    currency: 'EUR',
    vatPercent: '19',
    perKwh: '0.5',
    idlePerMinute: '0.1',
    idleGraceMinutes: '10',
  };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

const begun = Date.UTC(2026, 3, 14, 16);
const at = (minute: number): string => new Date(begun + minute * 60_000).toISOString();

const status = (minute: number, word: string) => ({
  connectorId: 1,
  errorCode: 'NoError',
  status: word,
  timestamp: at(minute),
});

/** An hour and a half of charging: what a charger sends, and when it happens. */
const session = (transactionId: number) =>
  [
    [0, 'StatusNotification', status(0, 'Charging')],
    [15, 'MeterValues', meterValues(at(15), 3000, transactionId)],
    [30, 'MeterValues', meterValues(at(30), 6000, transactionId)],
    [40, 'MeterValues', meterValues(at(40), 7000)],
    [60, 'MeterValues', meterValues(at(60), 11_000, transactionId)],
    [60, 'StatusNotification', status(60, 'SuspendedEV')],
    [90, 'StopTransaction', { transactionId, timestamp: at(90), meterStop: 11_000 }],
  ] as const;

/** Charges on a charger whose messages are received when `receivedAt` says of when they happened (epoch ms). */
async function charge(
  chargerId: string,
  receivedAt: (happened: number, count: number) => number,
): Promise<{ session: Body; cdr: Body }> {
  const form = { chargerId, maxPowerKw: 22, timeZone: 'Europe/Berlin', tariffId };
  expect((await operator.call('POST', '/chargers', form)).status).toBe(201);
  let count = 0;
  const send = async (minute: number, action: string, payload: unknown) => {
    count += 1;
    const now = receivedAt(begun + minute * 60_000, count);
    const charger = await plugIn(database, chargerId.toLowerCase(), now);
    return await charger.call(action, payload);
  };
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(0), meterStart: 1000 };
  const { transactionId } = await send(0, 'StartTransaction', start);
  for (const [minute, action, payload] of session(Number(transactionId))) {
    await send(minute, action, payload);
  }
  await settle(database);
  const [shown = {}] =
    (await operator.call('GET', `/sessions?chargerId=${chargerId}`)).body.items ?? [];
  const cdr = await operator.call('GET', `/sessions/${shown['sessionId']}/cdr`);
  return { session: shown, cdr: cdr.body };
}

const ownToEach = /^(?:chargerId|sessionId|cdrId|transactionId|receivedAt|readingsHash|seal)$/;

/** A session without the values that depend on the charger and on the times of receipt. */
const apartFromReceipt = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, part) => (ownToEach.test(key) ? undefined : part)));

const day = 86_400_000;

it.each([
  ['one after the other', (_happened: number, count: number) => begun + 3 * day + count * 200],
  ['all at once', () => begun + 3 * day],
  ['a week later each', (happened: number) => happened + 7 * day],
])(
  'a charger that was offline gets the same session and bill as one on time: %s',
  async (words, receivedAt) => {
    const name = words.replaceAll(' ', '-');
    const online = await charge(`ON-${name}`, (happened) => happened + 300);

    const late = await charge(`LATE-${name}`, receivedAt);

    expect(online.session).toMatchObject({ state: 'ended', energyKwh: 10, anomalies: [] });
    expect(online.cdr).toMatchObject({ state: 'sealed', idleSeconds: 1800, accountId: 'acc' });
    expect(apartFromReceipt(late)).toEqual(apartFromReceipt(online));
  },
);
