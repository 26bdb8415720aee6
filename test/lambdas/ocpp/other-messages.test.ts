import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { meterValues, newOperator, plugIn, settle, type TestOperator } from '../plant.ts';

const chargerKey = 'cp-1';

let database: TestDatabase;
let operator: TestOperator;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc-1' });
  const charger = await operator.call('POST', '/chargers', { chargerId: 'CP-1', maxPowerKw: 22 });
  expect(charger.status).toBe(201);
});

afterAll(async () => {
  await database.stop();
});

const at = (minute: number): string =>
  new Date(Date.parse('2026-04-14T16:00:00.000Z') + minute * 60_000).toISOString();

const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(0), meterStart: 1000 };

const stop = (transactionId: number) => ({
  transactionId,
  timestamp: at(60),
  meterStop: 11_000,
  reason: 'Local',
});

describe('everything else a charger says', () => {
  it('the API shows what a charger is, whether it is online, and the state of its connectors', async () => {
    const charger = await plugIn(database, chargerKey);
    const boot = await charger.call('BootNotification', {
      chargePointVendor: 'Acme',
      chargePointModel: 'One',
      chargePointSerialNumber: 'S1',
      firmwareVersion: '1.2.3',
    });
    expect(boot).toMatchObject({ status: 'Accepted', interval: 540 });
    await charger.call('StatusNotification', {
      connectorId: 1,
      status: 'Charging',
      errorCode: 'NoError',
      timestamp: at(1),
    });
    await charger.call('StartTransaction', start);
    await settle(database);

    const shown = (await operator.call('GET', `/chargers/${chargerKey.toUpperCase()}`)).body;
    expect(shown).toMatchObject({
      vendor: 'Acme',
      model: 'One',
      serialNumber: 'S1',
      firmwareVersion: '1.2.3',
      online: false,
      connectors: [
        {
          connectorId: 1,
          status: 'Charging',
          errorCode: 'NoError',
          sessionId: expect.stringMatching(/^ses_/),
        },
      ],
    });
  });

  it('every action of a charger is answered with a valid frame', async () => {
    const charger = await plugIn(database, chargerKey);
    expect(await charger.call('Heartbeat', {})).toHaveProperty('currentTime');
    expect(await charger.call('DataTransfer', { vendorId: 'x' })).toEqual({
      status: 'UnknownVendorId',
    });
    expect(await charger.call('FirmwareStatusNotification', { status: 'Installed' })).toEqual({});
    expect(await charger.call('DiagnosticsStatusNotification', { status: 'Idle' })).toEqual({});
    const refusal = JSON.parse((await charger.send('[2,"1","Nonsense",{}]')) ?? '');
    expect(refusal.slice(0, 3)).toEqual([4, '1', 'NotImplemented']);
    expect(await charger.send('')).toBeUndefined();
    expect(await charger.send('[3,"1",{}]')).toBeUndefined();
  });

  it('a transaction message is answered with a CALLRESULT even if nothing can be stored', async () => {
    const { step } = await plugIn(database, chargerKey);
    const broken = { ...step, database: { ...database, state: 'gone', readings: 'gone' } };
    const send = async (action: string, payload: unknown) =>
      JSON.parse((await answerMessage(broken, JSON.stringify([2, 'x', action, payload]))) ?? '');
    const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' };

    expect(await send('MeterValues', meterValues(at(1), 5))).toEqual([3, 'x', {}]);
    expect(await send('StopTransaction', stop(7))).toEqual([3, 'x', {}]);
    expect((await send('StartTransaction', start))[0]).toBe(3);
    expect((await send('StatusNotification', status)).slice(0, 3)).toEqual([
      4,
      'x',
      'InternalError',
    ]);
  });
});
