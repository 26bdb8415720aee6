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
import { killAt } from './kill-at.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const tariff = await operator.call('POST', '/tariffs', {
    name: 'AC',
    currency: 'EUR',
    perKwh: '0.5',
  });
  tariffId = tariff.body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

/** Two sessions of a charger, the first one forgotten, with their running views and CDRs. */
async function charge(chargerKey: string): Promise<void> {
  const charger = await plugIn(database, chargerKey, Date.UTC(2026, 3, 20));
  const start = (minute: number, meterStart: number) => ({
    connectorId: 1,
    idTag: 'TAG1',
    timestamp: at(minute),
    meterStart,
  });
  const send = async (action: string, payload: unknown) => {
    const text = await charger.send(JSON.stringify([2, 'm', action, payload]));
    return JSON.parse(text ?? '[]')[2];
  };
  const first = await send('StartTransaction', start(0, 0));
  await send('MeterValues', meterValues(at(5), 2000, Number(first.transactionId)));
  await settle(database, chargerKey);
  const second = await send('StartTransaction', start(30, 5000));
  await send('MeterValues', meterValues(at(40), 6000, Number(second.transactionId)));
  await send('StopTransaction', {
    transactionId: second.transactionId,
    timestamp: at(50),
    meterStop: 8000,
  });
  await settle(database, chargerKey);
}

const withoutIds = (value: unknown, chargerId: string): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(chargerId, 'CP')
      .replace(/(?:ses|cdr)_[a-z2-7]{26}/g, 'id')
      .replace(/"(?:hash|previousHash|readingsHash|signature|transactionId)":"[^"]*"/g, '"x":0'),
  );

/** Everything that the API shows of a charger afterwards. */
async function outcomeOf(chargerId: string): Promise<unknown> {
  const list = async (path: string): Promise<readonly Body[]> =>
    (await operator.call('GET', `${path}?chargerId=${chargerId}`)).body.items ?? [];
  return withoutIds([await list('/sessions'), await list('/cdrs')], chargerId);
}

async function register(chargerId: string): Promise<void> {
  const made = await operator.call('POST', '/chargers', { chargerId, tariffId });
  expect(made.status).toBe(201);
}

it('a session ends the same if the functions are killed at any write and run again', async () => {
  await register('UNKILLED');
  await charge('unkilled');
  const wanted = await outcomeOf('UNKILLED');
  expect(JSON.stringify(wanted)).toContain('sealed');

  let kills = 0;
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; ; n += 1) {
      const chargerId = `K-${when}-${n}`;
      await register(chargerId);
      const killed = await killAt(
        database,
        n,
        when,
        async () => await charge(chargerId.toLowerCase()),
      );
      if (!killed) break;
      kills += 1;
      await charge(chargerId.toLowerCase());
      expect([chargerId, await outcomeOf(chargerId)]).toEqual([chargerId, wanted]);
    }
  }

  expect(kills).toBeGreaterThan(20);
});
