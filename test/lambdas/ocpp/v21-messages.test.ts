import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cdrIdOf } from '../../../core/session/session-id.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import type { PostponedMessage } from '../../../lambdas/ocpp/postponed-message.ts';
import type { Command } from '../../../lambdas/store/commands/command-item.ts';
import { createCommand } from '../../../lambdas/store/commands/commands.ts';
import { countRequests } from '../count-requests.ts';
import { at, type Body, scan, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let charger: TestCharger;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

beforeEach(async () => {
  await site.register();
  charger = await site.plugIn(Date.parse(at(70)), 'ocpp2.1');
});

afterAll(async () => {
  await site.close();
});

const messages = async (action: string): Promise<readonly Body[]> =>
  (await site.call('GET', `/chargers/${site.chargerId}/messages?action=${action}`)).body.items ??
  [];

const evse = { id: 1, connectorId: 1 };
const idToken = { idToken: 'TAG1', type: 'ISO14443' };

const event = (eventType: string, seqNo: number, minute: number, more: object = {}) => ({
  eventType,
  seqNo,
  timestamp: at(minute),
  triggerReason: 'MeterValuePeriodic',
  transactionInfo: { transactionId: 'tx-1' },
  evse,
  meterValue: [{ timestamp: at(minute), sampledValue: [{ value: 1000 + minute * 100 }] }],
  ...more,
});

describe('an ad hoc payment of OCPP 2.1', () => {
  const settled = {
    transactionId: 'tx-1',
    pspRef: 'psp-1',
    status: 'Settled',
    settlementAmount: 3,
    settlementTime: at(61),
  };

  it('a payment that was settled for a session gets its CDR as the receipt, before and after that was made, and is kept', async () => {
    await charger.call('TransactionEvent', event('Started', 0, 0, { idToken }));
    const before = await charger.call('NotifySettlement', settled);
    await charger.call('TransactionEvent', event('Ended', 1, 60));
    await site.settle();
    const [session] = await site.sessions();
    const cdr = await site.cdrOf(session);
    expect(before).toEqual({ receiptId: cdr['cdrId'] });
    expect(cdr['cdrId']).toBe(cdrIdOf(String(session?.['sessionId'])));
    expect(await charger.call('NotifySettlement', settled)).toEqual(before);
    expect((await messages('NotifySettlement'))[0]).toMatchObject({ raw: JSON.stringify(settled) });
  });

  it.each([
    ['that came to nothing', { status: 'Canceled' }],
    ['that failed', { status: 'Failed' }],
    ['of no transaction', { transactionId: undefined }],
    ['of an empty transaction', { transactionId: '' }],
    ['of which the terminal made a receipt', { receiptId: 'R-1' }],
    ['of which the charger has a receipt', { receiptUrl: 'https://example.org/r/1' }],
  ])('a payment %s gets none of ours', async (_what, more) => {
    expect(await charger.call('NotifySettlement', { ...settled, ...more })).toEqual({});
    expect(await messages('NotifySettlement')).toHaveLength(1);
  });

  it.each([
    ['DE123456789', 'Accepted', 'FormOnly'],
    ['DE12', 'Rejected', 'InvalidForm'],
    ['US1', 'Rejected', 'UnknownCountry'],
  ])(
    'the VAT number %s is %s by its form alone, and the answer says so',
    async (vatNumber, status, reasonCode) => {
      expect(await charger.call('VatNumberValidation', { vatNumber, evseId: 1 })).toEqual({
        vatNumber,
        evseId: 1,
        status,
        statusInfo: { reasonCode, additionalInfo: expect.any(String) },
      });
      expect(await messages('VatNumberValidation')).toHaveLength(1);
    },
  );
});

describe('the limits of a dynamic charging profile', () => {
  const update = async (
    sequence: string,
    chargingProfileId: number,
    limit: number,
    state = 'accepted',
  ) => {
    const fields = { chargingProfileId, scheduleUpdate: { limit } };
    await createCommand(site.database, {
      sequence,
      chargerKey: site.chargerKey,
      operatorId: site.operator.operatorId,
      chargerId: site.chargerId,
      state,
      request: { type: 'update-dynamic-schedule', fields },
      frame: '[]',
      createdAt: at(0),
      expiresAt: at(99),
    } as Command);
  };
  const pull = async (chargingProfileId: number) =>
    await charger.call('PullDynamicScheduleUpdate', { chargingProfileId });

  it('a charger that asks gets the limits that it accepted last for that profile', async () => {
    await update('00000000001aa', 5, 16);
    await update('00000000002aa', 5, 10);
    await update('00000000003aa', 5, 6, 'rejected');
    await update('00000000004aa', 6, 32);
    expect(await pull(5)).toEqual({ status: 'Accepted', scheduleUpdate: { limit: 10 } });
    expect(await messages('PullDynamicScheduleUpdate')).toHaveLength(1);
  });

  it('a charger that asks for limits of which no command speaks is refused', async () => {
    await update('00000000001aa', 6, 16);
    expect(await pull(5)).toEqual({ status: 'Rejected' });
  });
});

describe('a periodic event stream of OCPP 2.1', () => {
  const streamed = {
    id: 3,
    pending: 0,
    basetime: at(60),
    data: [{ t: 1, v: '21.5' }],
  };
  const text = JSON.stringify([6, 'm1', 'NotifyPeriodicEventStream', streamed]);

  it('a stream is accepted, its values cost one write, are never answered, and are shown with the variable', async () => {
    const component = { name: 'Cabinet' };
    const variable = { name: 'Temperature' };
    const variableMonitoring = [
      {
        id: 7,
        transaction: false,
        value: 60,
        type: 'Periodic',
        severity: 8,
        eventNotificationType: 'CustomMonitor',
      },
    ];
    await charger.call('NotifyMonitoringReport', {
      requestId: 1,
      seqNo: 0,
      generatedAt: at(0),
      monitor: [{ component, variable, variableMonitoring }],
    });
    const constantStreamData = { id: 3, variableMonitoringId: 7, params: { interval: 10 } };
    expect(await charger.call('OpenPeriodicEventStream', { constantStreamData })).toEqual({
      status: 'Accepted',
    });
    const counted = await countRequests(site.database, async () => {
      expect(await charger.send(text)).toBeUndefined();
    });
    expect(counted).toEqual({ writes: ['PutItem'], reads: [] });
    expect(await messages('NotifyPeriodicEventStream')).toMatchObject([
      { raw: JSON.stringify(streamed) },
    ]);
    const model = (await site.call('GET', `/chargers/${site.chargerId}/device-model`)).body;
    expect(model['variables']).toMatchObject([
      { component, variable, attributes: [{ type: 'Actual', value: '21.5' }] },
    ]);
  });

  it('a stream whose values cannot be stored is postponed and not answered', async () => {
    const postponed: PostponedMessage[] = [];
    const broken = { ...site.database, readings: 'no-such-table' };
    const postpone = async (message: PostponedMessage) => void postponed.push(message);
    const answer = await answerMessage({ ...charger.step, database: broken, postpone }, text);
    expect(answer).toBeUndefined();
    expect(postponed).toMatchObject([{ text }]);
  });
});

it('a complaint about an answer of ours is kept with the replies, and ends no command whose id it names', async () => {
  const text = '[5,"Reset.00000000001aa","FormatViolation","No.",{}]';
  expect(await charger.send(text)).toBeUndefined();
  const kept = (await scan(site.database, site.database.readings)).filter(
    (item) => item['kind']?.S === 'reply' && item['chargerId']?.S === site.chargerId,
  );
  expect(kept).toMatchObject([
    { outcome: { S: 'refusal' }, code: { S: 'FormatViolation' }, raw: { S: text } },
  ]);
  expect(kept[0]).not.toHaveProperty('read');
});

it('a transaction of OCPP 2.1 with its limit, cost, tariff and battery is billed as one of OCPP 2.0.1, and shows the state of charge', async () => {
  const transactionInfo = {
    transactionId: 'tx-1',
    chargingState: 'Charging',
    operationMode: 'ChargingOnly',
    tariffId: 'tar_1',
    transactionLimit: { maxCost: 20, maxEnergy: 30_000, maxTime: 7200, maxSoC: 80 },
  };
  const costDetails = {
    totalCost: { currency: 'EUR', typeOfCost: 'NormalCost', total: { exclTax: 3, inclTax: 3 } },
    totalUsage: { energy: 6000, chargingTime: 3600, idleTime: 0 },
  };
  const battery = (minute: number, value: number) => ({
    timestamp: at(minute),
    sampledValue: [
      { value: 1000 + minute * 100 },
      { value, measurand: 'Display.PresentSOC', unitOfMeasure: { unit: 'Percent' } },
      { value: 64_000, measurand: 'Display.BatteryEnergyCapacity' },
    ],
  });
  await charger.call('TransactionEvent', event('Started', 0, 0, { idToken, transactionInfo }));
  await charger.call(
    'TransactionEvent',
    event('Updated', 1, 30, { transactionInfo, costDetails, meterValue: [battery(30, 55)] }),
  );
  await charger.call('TransactionEvent', event('Ended', 2, 60, { costDetails }));
  await site.settle();
  const [session] = await site.sessions();
  expect(session).toMatchObject({ energyKwh: 6, stateOfCharge: 55, anomalies: [] });
  expect(await site.cdrOf(session)).toMatchObject({
    state: 'sealed',
    energyKwh: 6,
    total: { inclVat: '3.00' },
    anomalies: [],
  });
});

it('a cost that a charger of OCPP 2.1 calculated itself is held against the CDR, and a limit that it stopped at is shown with its session', async () => {
  const total = (inclTax: number) => ({
    totalCost: { currency: 'EUR', typeOfCost: 'NormalCost', total: { inclTax } },
    totalUsage: { energy: 6000, chargingTime: 3600, idleTime: 0 },
  });
  const reached = { triggerReason: 'EnergyLimitReached', costDetails: total(99) };
  await charger.call('TransactionEvent', event('Started', 0, 0, { idToken }));
  await charger.call('TransactionEvent', event('Updated', 1, 30, reached));
  await charger.call('TransactionEvent', event('Ended', 2, 60, { costDetails: total(2.5) }));
  await site.settle();
  const [session] = await site.sessions();
  expect(session?.['anomalies']).toMatchObject([
    { code: 'CHARGER_LIMIT_REACHED', severity: 'info', message: expect.stringMatching(/energy/) },
    {
      code: 'CHARGER_COST_DIFFERS',
      severity: 'warning',
      message: expect.stringMatching(/ It says 2\.500000 EUR, the CDR 3\.00 EUR\.$/),
    },
  ]);
  // The bill is what it would be without them.
  expect(await site.cdrOf(session)).toMatchObject({ state: 'sealed', anomalies: [] });
});

it('a payment that a charger of OCPP 2.1 settled is shown with its session, and named where the CDR states another amount', async () => {
  const settled = (settlementAmount: number, minute: number, status = 'Settled') => ({
    ...{ transactionId: 'tx-1', pspRef: 'psp-1', status, settlementAmount },
    settlementTime: at(minute),
  });
  await charger.call('TransactionEvent', event('Started', 0, 0, { idToken }));
  await charger.call('TransactionEvent', event('Ended', 1, 60));
  await site.settle();
  const shown = async () => (await site.sessions())[0];
  expect(await shown()).toMatchObject({ terminalPayment: null, anomalies: [] });

  await charger.call('NotifySettlement', settled(3, 61));
  const terminalPayment = { status: 'Settled', amount: '3', at: at(61) };
  expect(await shown()).toMatchObject({ terminalPayment, anomalies: [] });
  // Older news change nothing, and a payment without its session is not one.
  await charger.call('NotifySettlement', settled(9, 60, 'Failed'));
  await charger.call('NotifySettlement', { ...settled(9, 62), transactionId: 'tx-other' });
  expect(await shown()).toMatchObject({ terminalPayment });
  await charger.call('NotifySettlement', settled(2.5, 63));
  expect(await shown()).toMatchObject({
    terminalPayment: { amount: '2.5' },
    anomalies: [{ code: 'TERMINAL_PAYMENT_DIFFERS', severity: 'warning' }],
  });
  expect(await site.sessions()).toHaveLength(1);
});
