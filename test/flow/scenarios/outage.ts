import { describe, expect, it } from 'vitest';
import {
  cdrOf,
  connect,
  type Flow,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';

const start = '2026-02-20T18:00:00.000Z';
const messageFunction = /MessageFunction/;

/** A database that answers nobody who talks to chargers, for a while. */
export const outageScenarios = (flow: () => Flow): void => {
  const charger = async (): Promise<Registered> => {
    const tariffId = await registerTariff(flow(), { perKwh: '0.40' });
    await registerToken(flow(), 'FLEET');
    await registerToken(flow(), 'DRIVER', { parentTokenId: 'FLEET' });
    return registerCharger(flow(), { tariffId });
  };
  const outage = async <T>(during: () => Promise<T>): Promise<T> => {
    flow().database.failsFor = messageFunction;
    try {
      return await during();
    } finally {
      flow().database.failsFor = undefined;
      await flow().drained();
    }
  };

  describe('a charger whose whole session falls into an outage of the database', () => {
    it('a session entirely within an outage of the database is answered each time and billed afterwards', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);

      const boot = await outage(() =>
        plug.call('BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'One' }),
      );
      const begun = await outage(() =>
        plug.call('StartTransaction', {
          connectorId: 1,
          idTag: 'DRIVER',
          meterStart: 1000,
          timestamp: start,
        }),
      );
      const read = await outage(() =>
        plug.call('MeterValues', {
          connectorId: 1,
          transactionId: begun['transactionId'],
          meterValue: [energyAt(minutesAfter(start, 30), 4000)],
        }),
      );
      // A stop of a charger that has forgotten the transaction's id: the session is found by its connector.
      const ended = await outage(() =>
        plug.call('StopTransaction', {
          transactionId: 0,
          meterStop: 9000,
          timestamp: minutesAfter(start, 60),
        }),
      );
      const asked = await outage(() => plug.send('Authorize', { idTag: 'DRIVER' }));

      expect(boot).toMatchObject({ status: 'Accepted' });
      expect(begun).toMatchObject({ idTagInfo: { status: 'Invalid' } });
      expect([read, ended]).toEqual([{}, {}]);
      expect(asked.slice(0, 3)).toEqual([4, expect.any(String), 'InternalError']);
      const sessions = await sessionsOf(flow(), registered.chargerId);
      expect(sessions.map(({ transactionId }) => transactionId)).toEqual([
        String(begun['transactionId']),
      ]);
      const cdr = await cdrOf(flow(), sessions[0]?.sessionId ?? '');
      expect(cdr).toMatchObject({
        state: 'sealed',
        energyKwh: 8,
        total: { inclVat: '3.20' },
        anomalies: [{ code: 'STOP_GUESSED' }],
      });
      await plug.close();
    });
  });
};
