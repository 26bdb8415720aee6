import '../quiet.ts';
import { verify } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import {
  dividedSessions,
  orderedCorrections,
  supersedingSessions,
} from '../../../lib/functions/record-filters.ts';
import { matchesPattern } from '../../../runner/event-source/event-pattern.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { firstTransactionId } from '../../core/ocpp/received-event.ts';
import { meterValues, newOperator, plugIn, type TestOperator } from '../plant.ts';
import { type Steps, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let operator: TestOperator;
let steps: Steps;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
  operator = await newOperator(database);
});

afterAll(async () => {
  steps.stop();
  await database.stop();
});

const broken = {
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: 'broken',
    NewImage: { pk: { S: 'x' }, sk: { S: 'y' }, kind: { S: 'SESSION' } },
  },
};

const run = async (step: string, records: readonly unknown[]): Promise<unknown> =>
  await steps.run(step, { Records: records });

it('a session passes through the three stream functions, and only a broken record is reported', async () => {
  const before = steps.asked.length;
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'T', currency: 'EUR', perKwh: '0.5' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  await operator.call('POST', '/chargers', { chargerId: 'S-1', tariffId });
  const charger = await plugIn(database, 's-1');
  await charger.call('StatusNotification', {
    connectorId: 1,
    status: 'Charging',
    errorCode: 'NoError',
    timestamp: '2026-04-14T16:00:00Z',
  });
  const { transactionId } = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'TAG1',
    timestamp: '2026-04-14T16:00:00Z',
    meterStart: 0,
  });
  await charger.call(
    'MeterValues',
    meterValues('2026-04-14T16:30:00Z', 4000, Number(transactionId)),
  );

  const readings = await steps.recordsOf(database.readings);
  const statuses = readings.filter((one) => JSON.stringify(one).includes('"status"'));
  expect(await run('status', statuses)).toEqual({ batchItemFailures: [] });
  expect(await run('tariff', [...readings, ...readings])).toEqual({ batchItemFailures: [] });
  const shown = (await operator.call('GET', '/chargers/S-1')).body;
  expect(shown['connectors']).toEqual([
    expect.objectContaining({ connectorId: 1, status: 'Charging' }),
  ]);
  const active = await operator.call('GET', '/sessions/active?chargerId=S-1');
  const [running] = active.body.items ?? [];
  expect(running).toMatchObject({ energyKwh: 4, cost: { inclVat: '2.00' } });

  await charger.call('StopTransaction', {
    transactionId,
    timestamp: '2026-04-14T17:00:00Z',
    meterStop: 6000,
  });
  const all = await steps.recordsOf(database.state);
  // Other cases have sessions too.
  const states = all.filter((one) => JSON.stringify(one).includes('S-1'));
  expect(await run('cdr', [broken, ...states])).toEqual({
    batchItemFailures: [{ itemIdentifier: 'broken' }],
  });
  expect(await run('cdr', states)).toEqual({ batchItemFailures: [] });

  const [cdr] = (await operator.call('GET', '/cdrs?chargerId=S-1')).body.items ?? [];
  const seal = cdr?.['seal'] as Record<string, string>;
  expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 6, total: { inclVat: '3.00' } });
  const signed = Buffer.from(seal['hash'] ?? '', 'hex');
  const key = steps.publicKey;
  expect(verify('sha256', signed, key, Buffer.from(seal['signature'] ?? '', 'base64'))).toBe(true);
  expect(seal['publicKey']).toBe(key.export({ type: 'spki', format: 'der' }).toString('base64'));
  const asked = steps.asked.slice(before);
  expect(asked.filter((target) => target.endsWith('Sign'))).toHaveLength(1);
});

it('a session is ended before a start that follows its own stop', async () => {
  const before = steps.asked.length;
  await operator.call('POST', '/chargers', { chargerId: 'S-2' });
  const charger = await plugIn(database, 's-2');
  const start = (minute: number) => ({
    connectorId: 1,
    idTag: 'TAG1',
    timestamp: `2026-04-14T16:${minute}:00Z`,
    meterStart: minute,
  });
  const { transactionId: open } = await charger.call('StartTransaction', start(10));
  const { timestamp: startedAt } = start(20);
  const id = firstTransactionId(chargerKey(operator.operatorId, 'S-2'), start(20));
  await charger.call('StopTransaction', { transactionId: id, timestamp: startedAt, meterStop: 20 });
  const imageOf = async (transactionId: unknown) =>
    (await steps.recordsOf(database.state))
      .map(({ dynamodb }) => dynamodb.NewImage)
      .find((image) => image['transactionId']?.S === String(transactionId));
  const OldImage = await imageOf(id);
  await charger.call('StartTransaction', start(20));
  const dynamodb = { OldImage, NewImage: await imageOf(id), SequenceNumber: '1', Keys: {} };
  const record = { eventName: 'MODIFY', dynamodb };

  expect(matchesPattern(JSON.parse(JSON.stringify(supersedingSessions)), record)).toBe(true);
  expect(await run('cdr', [record])).toEqual({ batchItemFailures: [] });

  const ended = await imageOf(open);
  expect(ended?.['state']).toEqual({ S: 'ended' });
  // The record of the session that is over asks for its stop.
  const over = { NewImage: ended, SequenceNumber: '2', Keys: {} };
  await run('cdr', [{ eventName: 'MODIFY', dynamodb: over }]);
  const asked = steps.asked.slice(before);
  expect(asked.filter((target) => target.endsWith('SendMessage'))).toHaveLength(1);
  const again = { ...record, dynamodb: { ...dynamodb, OldImage: dynamodb.NewImage } };
  expect(matchesPattern(JSON.parse(JSON.stringify(supersedingSessions)), again)).toBe(false);
});

it('megabytes of one charger in a batch leave the readings of another in it, and its bill', async () => {
  const form = { name: 'T', currency: 'EUR', perKwh: '0.5' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const begin = async (chargerId: string) => {
    await operator.call('POST', '/chargers', { chargerId, tariffId });
    const charger = await plugIn(database, chargerId);
    const start = { connectorId: 1, idTag: 'TAG1', timestamp: '2026-04-14T16:00:00Z' };
    const begun = await charger.call('StartTransaction', { ...start, meterStart: 0 });
    return { charger, transactionId: Number(begun['transactionId']) };
  };
  const [loud, quiet] = [await begin('s-loud'), await begin('s-quiet')];
  const values = Array.from({ length: 200 }, (_, n) => ({
    value: String(n),
    measurand: ['Current.Import', 'Voltage', 'Energy.Active.Import.Register'][n % 3],
    phase: ['L1', 'L2', 'L3'][n % 3],
  }));
  for (let second = 0; second < 120; second += 1) {
    const timestamp = new Date(Date.UTC(2026, 3, 14, 16, 1, second)).toISOString();
    const meterValue = [{ timestamp, sampledValue: values }];
    const { transactionId } = loud;
    await loud.charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
  }
  const reading = meterValues('2026-04-14T16:30:00Z', 4000, quiet.transactionId);
  await quiet.charger.call('MeterValues', reading);

  const readings = await steps.recordsOf(database.readings);
  expect(await run('tariff', readings)).toEqual({ batchItemFailures: [] });
  const active = (await operator.call('GET', '/sessions/active?chargerId=s-quiet')).body.items;
  expect(active).toMatchObject([{ energyKwh: 4 }]);

  const timestamp = '2026-04-14T17:00:00Z';
  for (const { charger, transactionId } of [loud, quiet]) {
    await charger.call('StopTransaction', { transactionId, timestamp, meterStop: 6000 });
  }
  expect(await run('cdr', await steps.recordsOf(database.state))).toEqual({
    batchItemFailures: [],
  });
  const [cdr] = (await operator.call('GET', '/cdrs?chargerId=s-quiet')).body.items ?? [];
  expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 6 });
});

it('a session after which another one began under its transaction id is over, and its stop is asked for', async () => {
  await operator.call('POST', '/chargers', { chargerId: 'S-3' });
  const charger = await plugIn(database, 's-3', Date.now(), 'ocpp2.0.1');
  const start = (minute: number, idToken: string, evseId: number) => ({
    eventType: 'Started',
    seqNo: 0,
    timestamp: `2026-04-14T16:${minute}:00Z`,
    triggerReason: 'Authorized',
    transactionInfo: { transactionId: '1' },
    idToken: { idToken, type: 'ISO14443' },
    evse: { id: evseId, connectorId: 1 },
  });
  await charger.call('TransactionEvent', start(10, 'TAG1', 1));
  await charger.call('TransactionEvent', start(40, 'TAG2', 2));
  const records = async () =>
    (await steps.recordsOf(database.state)).filter((record) =>
      matchesPattern(JSON.parse(JSON.stringify(dividedSessions)), record),
    );
  const before = steps.asked.length;

  const divided = await records();
  expect(divided).toHaveLength(2);
  expect(await run('cdr', divided)).toEqual({ batchItemFailures: [] });

  const states = (await records()).map(({ dynamodb }) => dynamodb.NewImage['state']?.S);
  expect(states.toSorted()).toEqual(['active', 'ended']);
  await run('cdr', await records());
  const asked = steps.asked.slice(before);
  expect(asked.filter((target) => target.endsWith('SendMessage'))).toHaveLength(1);
});

it('a correction that an operator ordered of a sealed CDR is handed to the queue, as long as it is not carried out', async () => {
  const own = await newOperator(database);
  await own.call('POST', '/tokens', { tokenId: 'TAG4' });
  const form = { name: 'T', currency: 'EUR', perKwh: '0.5' };
  const { tariffId } = (await own.call('POST', '/tariffs', form)).body;
  await own.call('POST', '/chargers', { chargerId: 'S-4', tariffId, maxPowerKw: 22 });
  const charger = await plugIn(database, chargerKey(own.operatorId, 'S-4'));
  const start = { connectorId: 1, idTag: 'TAG4', timestamp: '2026-04-14T16:00:00Z', meterStart: 0 };
  const { transactionId } = await charger.call('StartTransaction', start);
  const stop = { transactionId, timestamp: '2026-04-14T17:00:00Z', meterStop: 6000 };
  await charger.call('StopTransaction', stop);
  const ofCharger = async () =>
    (await steps.recordsOf(database.state)).filter(({ dynamodb }) =>
      JSON.stringify(dynamodb.NewImage).includes('S-4'),
    );
  const ordered = async () =>
    (await ofCharger())
      .map((record) => ({ ...record, eventName: 'MODIFY' }))
      .filter((record) => matchesPattern(JSON.parse(JSON.stringify(orderedCorrections)), record));
  await run('cdr', await ofCharger());
  expect(await ordered()).toEqual([]);

  const [cdr] = (await own.call('GET', '/cdrs?chargerId=S-4')).body.items ?? [];
  const correction = { reason: 'Goodwill.', credit: true };
  const path = `/cdrs/${cdr?.['cdrId']}/corrections`;
  expect((await own.call('POST', path, correction)).status).toBe(202);
  const before = steps.asked.length;
  expect(await ordered()).toHaveLength(1);
  expect(await run('cdr', await ordered())).toEqual({ batchItemFailures: [] });

  const asked = steps.asked.slice(before);
  expect(asked.filter((target) => target.endsWith('SendMessage'))).toHaveLength(1);
});
