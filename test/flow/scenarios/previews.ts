import { describe, expect, it } from 'vitest';
import {
  cdrOf,
  connect,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';

const start = '2026-04-14T14:00:00.000Z';

/** The preview of a session compared with its bill. */
export const previewScenarios = (flow: () => Flow): void => {
  describe('the preview of a session', () => {
    it('the preview of a session equals its bill, line by line', async () => {
      const tariffId = await registerTariff(flow(), {
        kind: 'time-of-use',
        vatPercent: '19',
        perKwh: '0.39',
        hours: [{ from: '17:00', to: '20:00', days: ['TUESDAY'], perKwh: '0.59' }],
        idlePerMinute: '0.10',
        idleGraceMinutes: 10,
        idleCapMinutes: 15,
      });
      const { status, body: preview } = await flow().operator.post<Record<string, unknown>>(
        `/tariffs/${tariffId}/preview`,
        {
          startedAt: start,
          timeZone: 'Europe/Berlin',
          durationMinutes: 120,
          idleMinutes: 30,
          powerCurve: [
            { afterMinutes: 0, kw: 11 },
            { afterMinutes: 30, kw: 6 },
          ],
        },
      );
      expect(status).toBe(200);

      await registerToken(flow(), 'PREVIEWED');
      const charger = await registerCharger(flow(), { tariffId });
      const plug = await connect(flow(), charger);
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'PREVIEWED',
        meterStart: 1000,
        timestamp: start,
      });
      const readings = [
        [30, 6500],
        [90, 12_500],
      ] as const;
      for (const [minutes, wh] of readings) {
        await plug.call('MeterValues', {
          connectorId: 1,
          transactionId,
          meterValue: [energyAt(minutesAfter(start, minutes), wh)],
        });
      }
      await plug.call('StatusNotification', {
        connectorId: 1,
        errorCode: 'NoError',
        status: 'SuspendedEV',
        timestamp: minutesAfter(start, 90),
      });
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: 12_500,
        timestamp: minutesAfter(start, 120),
      });
      const [session] = await sessionsOf(flow(), charger.chargerId);
      const cdr = await cdrOf(flow(), session?.sessionId ?? '');
      await plug.close();

      const { lines, periods, total, unrounded, energyKwh } = preview;
      expect(cdr).toMatchObject({ lines, periods, total, unrounded, energyKwh, state: 'sealed' });
      // 8.5 kWh until 17:00, 3 kWh behind it, 15 idle minutes, and VAT.
      expect(total).toEqual({ currency: 'EUR', exclVat: '6.59', inclVat: '7.84' });
      expect(cdr.idleSeconds).toBe(1800);
    });
  });
};
