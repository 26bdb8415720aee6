import { describe, expect, it } from 'vitest';
import {
  cdrOf,
  connect,
  eventually,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
  type ShownCdr,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';

const start = '2026-02-18T20:00:00.000Z';
const minutes = 600;
const wattHoursAt = (minute: number): number => minute * 60;

/** Sessions whose stop does not arrive, or arrives much later. */
export const missingStopScenarios = (flow: () => Flow): void => {
  describe('a session of ten hours whose stop carries a sample of every minute', () => {
    it('a ten-hour session is billed by its readings while its oversized stop closes each connection, and by its own stop once that fits', async () => {
      // Longer than a message of the queue can be delayed: it has to come back.
      const operator = await flow().newOperator('Waits');
      const own = { ...flow(), operator };
      await operator.put('/settings', { neverStopped: { closeWhenAvailableMinutes: 40 } });
      const tariffId = await registerTariff(own, { perKwh: '0.50' });
      await registerToken(own, 'TESLA');
      const registered = await registerCharger(own, { tariffId });
      const plug = await connect(own, registered);
      const begun = { connectorId: 1, idTag: 'TESLA', meterStart: 0, timestamp: start };
      const { transactionId } = await plug.call('StartTransaction', begun);
      const samples = Array.from({ length: minutes }, (_, minute) =>
        energyAt(minutesAfter(start, minute), wattHoursAt(minute)),
      );
      for (let from = 0; from < minutes; from += 60) {
        const meterValue = samples.slice(from, from + 60);
        await plug.call('MeterValues', { connectorId: 1, transactionId, meterValue });
      }
      const stop = {
        transactionId,
        meterStop: wattHoursAt(minutes),
        timestamp: minutesAfter(start, minutes),
      };
      const oversize = JSON.stringify([
        2,
        's',
        'StopTransaction',
        { ...stop, transactionData: samples },
      ]);
      const free = { connectorId: 1, errorCode: 'NoError', status: 'Available' };

      let connection = plug;
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        connection.shout(oversize);
        expect(await connection.closed).toBe(1009);
        connection = await connect(own, registered);
        const timestamp = minutesAfter(start, minutes + attempt);
        await connection.call('StatusNotification', { ...free, timestamp });
      }

      const [session] = await eventually(
        () => sessionsOf(own, registered.chargerId),
        ([one]) => one?.state === 'ended',
      );
      expect(session?.anomalies.map(({ code }) => code)).toContain('STOP_MISSING');
      const cdr = await cdrOf(own, session?.sessionId ?? '');
      expect(cdr).toMatchObject({
        state: 'sealed',
        energyKwh: wattHoursAt(minutes - 1) / 1000,
        endedAt: minutesAfter(start, minutes - 1),
      });

      await connection.call('StopTransaction', stop);

      const replaced = await eventually(
        () => operator.get<ShownCdr>(`/cdrs/${cdr.cdrId}-2`),
        ({ status }) => status === 200,
      );
      expect(replaced.body).toMatchObject({ state: 'sealed', energyKwh: 36, anomalies: [] });
      await connection.close();
    });
  });
};
