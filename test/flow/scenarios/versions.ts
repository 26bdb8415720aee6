import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { auditChain } from '../audit-chain.ts';
import {
  cdrOf,
  connect,
  eventually,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { minutesAfter } from '../meter-values.ts';
import type { TestCharger } from '../test-charger.ts';

const start = '2026-03-02T09:00:00.000Z';
const minute = (n: number): string => minutesAfter(start, n);

const readings = [10, 20, 30, 40, 50].map((n) => ({ at: minute(n), wh: 1000 + n * 100 }));

/** An hour with OCPP 1.6: 6 kWh, the last ten minutes of it idle. */
const chargeWith16 = async (charger: TestCharger): Promise<void> => {
  const status = (word: string, timestamp: string) =>
    charger.call('StatusNotification', {
      connectorId: 1,
      status: word,
      errorCode: 'NoError',
      timestamp,
    });
  const { transactionId } = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'VERA',
    meterStart: 1000,
    timestamp: start,
  });
  await status('Charging', minute(1));
  for (const { at, wh } of readings) {
    const meterValue = [{ timestamp: at, sampledValue: [{ value: String(wh) }] }];
    await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
  }
  await status('SuspendedEV', minute(50));
  await charger.call('StopTransaction', {
    transactionId,
    meterStop: 6000,
    timestamp: minute(60),
    reason: 'Local',
  });
};

/** The same with OCPP 2.0.1 or 2.1, whose place only the second message names. */
const chargeWith2 = async (charger: TestCharger): Promise<void> => {
  let seqNo = 0;
  const send = async (eventType: string, timestamp: string, triggerReason: string, more = {}) => {
    const { info, ...fields } = more as { info?: object };
    const transactionInfo = { transactionId: `tx-${charger.protocol}`, ...info };
    const event = { eventType, timestamp, triggerReason, seqNo, transactionInfo, ...fields };
    seqNo += 1;
    return await charger.call('TransactionEvent', event);
  };
  const value = (at: string, wh: number, context?: string) => ({
    meterValue: [
      {
        timestamp: at,
        sampledValue: [{ value: wh, ...(context === undefined ? {} : { context }) }],
      },
    ],
  });
  const evse = { id: 1, connectorId: 1 };
  await send('Started', start, 'CablePluggedIn', value(start, 1000, 'Transaction.Begin'));
  const answer = await send('Updated', start, 'Authorized', {
    idToken: { idToken: 'VERA', type: 'ISO14443' },
    evse,
  });
  expect(answer).toEqual({ idTokenInfo: { status: 'Accepted' } });
  await send('Updated', minute(1), 'ChargingStateChanged', { info: { chargingState: 'Charging' } });
  for (const { at, wh } of readings) {
    expect(await send('Updated', at, 'MeterValuePeriodic', value(at, wh))).toEqual({});
  }
  await send('Updated', minute(50), 'ChargingStateChanged', {
    info: { chargingState: 'SuspendedEV' },
  });
  await send('Ended', minute(60), 'StopAuthorized', {
    ...value(minute(60), 6000, 'Transaction.End'),
    info: { stoppedReason: 'Local' },
  });
};

/** The parts of a CDR that name the session itself, its place in a chain, or the words of a version. */
const ids: readonly string[] = ['cdrId', 'sessionId', 'chargerId', 'seal', 'evidence'];

/** One charger of each version that we speak. */
export const versionScenarios = (flow: () => Flow): void => {
  describe('a charger of another version', () => {
    it('the same hour with OCPP 1.6, 2.0.1 and 2.1 is the same CDR but for its ids', async () => {
      const tariffId = await registerTariff(flow(), {
        perKwh: '0.50',
        idlePerMinute: '0.10',
        vatPercent: '19',
      });
      await registerToken(flow(), 'VERA', { accountId: 'acc-vera' });
      const told: object[] = [];
      for (const [protocol, charge] of [
        ['ocpp1.6', chargeWith16],
        ['ocpp2.0.1', chargeWith2],
        ['ocpp2.1', chargeWith2],
      ] as const) {
        const registered = await registerCharger(flow(), { tariffId });
        const charger = await connect(flow(), registered, { protocols: [protocol] });
        expect(charger.protocol).toBe(protocol);
        await charge(charger);
        const [session] = await eventually(
          () => sessionsOf(flow(), registered.chargerId),
          ([one]) => one?.cdrId !== null && one?.cdrId !== undefined,
        );
        const cdr = (await cdrOf(flow(), session?.sessionId ?? '')) as unknown as Cdr;
        told.push(Object.fromEntries(Object.entries(cdr).filter(([name]) => !ids.includes(name))));
        await charger.close();
      }

      expect(told.slice(1)).toEqual([told[0], told[0]]);
      expect(told[0]).toMatchObject({
        state: 'sealed',
        evseId: 1,
        connectorId: 1,
        tokenId: 'VERA',
        energyKwh: 5,
        idleSeconds: 600,
        total: { exclVat: '3.50', inclVat: '4.17' },
        anomalies: [],
      });
    });

    it('a charger of OCPP 2.0.1 is sent what its session costs when readings come that no event of the session goes with', async () => {
      const operator = await flow().newOperator('Showing');
      const shop: Flow = { ...flow(), operator };
      await operator.put('/settings', { showRunningCost: true });
      const tariffId = await registerTariff(shop, { perKwh: '0.50' });
      await registerToken(shop, 'VERA', {});
      const charger = await connect(shop, await registerCharger(shop, { tariffId }), {
        protocols: ['ocpp2.0.1'],
      });
      await charger.call('TransactionEvent', {
        eventType: 'Started',
        timestamp: start,
        triggerReason: 'Authorized',
        seqNo: 0,
        transactionInfo: { transactionId: 'tx-shown' },
        idToken: { idToken: 'VERA', type: 'ISO14443' },
        evse: { id: 1, connectorId: 1 },
        meterValue: [
          { timestamp: start, sampledValue: [{ value: 1000, context: 'Transaction.Begin' }] },
        ],
      });
      const meterValue = [{ timestamp: minute(20), sampledValue: [{ value: 3000 }] }];
      await charger.call('MeterValues', { evseId: 1, meterValue });

      const isCost = (text: string): boolean => text.includes('"CostUpdated"');
      const [sent = ''] = await eventually(
        async () => charger.received.filter(isCost),
        (frames) => frames.length > 0,
      );
      expect(JSON.parse(sent)[3]).toEqual({ totalCost: 1, transactionId: 'tx-shown' });
      await charger.close();
    });

    it('a charger of OCPP 2.0.1 that gives a transaction id again has two drivers who pay for what each of them charged', async () => {
      const tariffId = await registerTariff(flow(), { perKwh: '0.50' });
      for (const token of ['VERA', 'WIM']) await registerToken(flow(), token);
      const registered = await registerCharger(flow(), { tariffId });
      const charger = await connect(flow(), registered, { protocols: ['ocpp2.0.1'] });
      const say = async (eventType: string, seqNo: number, n: number, wh: number, token: string) =>
        await charger.call('TransactionEvent', {
          ...{ eventType, seqNo, timestamp: minute(n), transactionInfo: { transactionId: '1' } },
          triggerReason: eventType === 'Started' ? 'Authorized' : 'StopAuthorized',
          idToken: { idToken: token, type: 'ISO14443' },
          evse: { id: 1, connectorId: 1 },
          meterValue: [{ timestamp: minute(n), sampledValue: [{ value: wh }] }],
        });
      await say('Started', 0, 0, 1000, 'VERA');
      await say('Ended', 1, 20, 3000, 'VERA');
      await say('Started', 0, 30, 3000, 'WIM');
      await say('Ended', 1, 60, 8000, 'WIM');
      await charger.close();

      const sessions = (await sessionsOf(flow(), registered.chargerId)).toSorted((a, b) =>
        a.startedAt < b.startedAt ? -1 : 1,
      );
      const cdrs = await Promise.all(sessions.map(({ sessionId }) => cdrOf(flow(), sessionId)));
      const both = { state: 'sealed', startedAt: start };
      expect(cdrs).toMatchObject([
        { ...both, tokenId: 'VERA', energyKwh: 2, total: { inclVat: '1.00' } },
        {
          ...both,
          tokenId: 'WIM',
          startedAt: minute(30),
          energyKwh: 5,
          total: { inclVat: '2.50' },
        },
      ]);
      const chain = await auditChain(flow().operator, registered.chargerId);
      expect(chain.length).toBeGreaterThanOrEqual(2);
    });

    it('of the versions that a charger offers the first that we speak is chosen', async () => {
      const charger = await connect(flow(), await registerCharger(flow(), {}), {
        protocols: ['ocpp9.0', 'ocpp2.1', 'ocpp2.0.1', 'ocpp1.6'],
      });
      expect(charger.protocol).toBe('ocpp2.1');
      const boot = { chargingStation: { model: 'One', vendorName: 'Acme' }, reason: 'PowerUp' };
      expect(await charger.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' });
      await charger.close();
    });
  });
};
