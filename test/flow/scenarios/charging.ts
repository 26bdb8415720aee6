import { describe, expect, it } from 'vitest';
import {
  cdrOf,
  connect,
  eventually,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
  type ShownSession,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';

const start = '2026-03-02T09:00:00.000Z';

/** One real session from the plug to the sealed bill. */
export const chargingScenarios = (flow: () => Flow): void => {
  describe('a charging session', () => {
    it('a charging session goes from plug-in to a sealed CDR that explains its price', async () => {
      const tariffId = await registerTariff(flow(), {
        perKwh: '0.50',
        sessionFee: '1.00',
        vatPercent: '19',
      });
      const charger = await registerCharger(flow(), { tariffId });
      await registerToken(flow(), 'ADA', { accountId: 'acc-ada' });
      const plug = await connect(flow(), charger);

      const boot = await plug.call('BootNotification', {
        chargePointVendor: 'Acme',
        chargePointModel: 'One',
        firmwareVersion: '2.1',
      });
      await plug.call('StatusNotification', {
        connectorId: 1,
        status: 'Preparing',
        errorCode: 'NoError',
        timestamp: start,
      });
      const authorized = await plug.call('Authorize', { idTag: 'ada' });
      const started = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'ADA',
        meterStart: 1000,
        timestamp: start,
      });
      const transactionId = started['transactionId'];
      for (let minute = 10; minute <= 50; minute += 10) {
        await plug.call('MeterValues', {
          connectorId: 1,
          transactionId,
          meterValue: [
            energyAt(minutesAfter(start, minute), 1000 + minute * 100, { powerW: 6000 }),
          ],
        });
      }

      expect(boot).toMatchObject({ status: 'Accepted', interval: 560 });
      expect(authorized).toMatchObject({ idTagInfo: { status: 'Accepted' } });
      expect(started).toMatchObject({ idTagInfo: { status: 'Accepted' } });

      const live = await eventually(
        () => flow().operator.get<{ items: ShownSession[] }>('/sessions/active?limit=100'),
        ({ body }) => own(body.items, charger.chargerId)?.energyKwh === 5,
      );
      expect(own(live.body.items, charger.chargerId)).toMatchObject({
        state: 'active',
        energyKwh: 5,
        powerKw: 6,
        cost: { currency: 'EUR', exclVat: '3.50', inclVat: '4.17' },
        tokenId: 'ADA',
        accountId: 'acc-ada',
        tariffId,
        cdrId: null,
      });
      const [running] = await sessionsOf(flow(), charger.chargerId);
      const early = await flow().operator.get(`/sessions/${running?.sessionId}/cdr`);
      expect(early).toMatchObject({ status: 404, body: { code: 'CDR_NOT_READY' } });

      const stopped = await plug.call('StopTransaction', {
        transactionId,
        idTag: 'ADA',
        meterStop: 7000,
        timestamp: minutesAfter(start, 60),
        reason: 'Local',
      });
      const cdr = await cdrOf(flow(), running?.sessionId ?? '');

      expect(stopped).toEqual({ idTagInfo: { status: 'Accepted' } });
      expect(cdr).toMatchObject({
        state: 'sealed',
        energyKwh: 6,
        durationSeconds: 3600,
        meterStart: { wh: 1000 },
        meterStop: { wh: 7000 },
        total: { currency: 'EUR', exclVat: '4.00', inclVat: '4.76' },
        anomalies: [],
        seal: { sequence: 1, previousHash: '0'.repeat(64) },
      });
      expect(cdr.lines.map((line) => line.component).sort()).toEqual(['ENERGY', 'FLAT']);
      const ended = await eventually(
        () => flow().operator.get<ShownSession>(`/sessions/${running?.sessionId}`),
        ({ body }) => body.cdrId !== null,
      );
      expect(ended.body).toMatchObject({
        state: 'ended',
        energyKwh: 6,
        cdrId: cdr.cdrId,
        cost: { inclVat: '4.76' },
        stopReason: 'Local',
      });
      const readings = await flow().operator.get<{ items: unknown[] }>(
        `/sessions/${running?.sessionId}/readings`,
      );
      expect(readings.body.items.length).toBeGreaterThanOrEqual(6);
      await plug.close();
    });

    it('a charging session bills minutes, and idle minutes after the grace period, when the vehicle is full', async () => {
      const tariffId = await registerTariff(flow(), {
        perMinute: '0.05',
        idlePerMinute: '0.10',
        idleGraceMinutes: 10,
      });
      const charger = await registerCharger(flow(), { tariffId });
      await registerToken(flow(), 'GRACE');
      const plug = await connect(flow(), charger);
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'GRACE',
        meterStart: 0,
        timestamp: start,
      });
      const status = (value: string, minute: number) =>
        plug.call('StatusNotification', {
          connectorId: 1,
          status: value,
          errorCode: 'NoError',
          timestamp: minutesAfter(start, minute),
        });

      await status('Charging', 0);
      await plug.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [energyAt(minutesAfter(start, 30), 5000)],
      });
      await status('SuspendedEV', 30);
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: 5000,
        timestamp: minutesAfter(start, 60),
      });
      const [session] = await sessionsOf(flow(), charger.chargerId);
      const cdr = await cdrOf(flow(), session?.sessionId ?? '');

      // 30 minutes of charging at 0.05, then 30 idle minutes of which 10 are free, at 0.10.
      expect(cdr).toMatchObject({
        state: 'sealed',
        idleSeconds: 1800,
        total: { exclVat: '3.50', inclVat: '3.50' },
      });
      await plug.close();
    });

    it('the CDRs of a charger are chained by hash, without a gap', async () => {
      const tariffId = await registerTariff(flow(), { perKwh: '0.30' });
      const charger = await registerCharger(flow(), { tariffId });
      await registerToken(flow(), 'HEDY');
      const plug = await connect(flow(), charger);
      for (const day of ['2026-03-03', '2026-03-04', '2026-03-05']) {
        const began = `${day}T08:00:00Z`;
        const { transactionId } = await plug.call('StartTransaction', {
          connectorId: 1,
          idTag: 'HEDY',
          meterStart: 0,
          timestamp: began,
        });
        await plug.call('StopTransaction', {
          transactionId,
          meterStop: 1000,
          timestamp: minutesAfter(began, 20),
        });
        const [newest] = await sessionsOf(flow(), charger.chargerId);
        await cdrOf(flow(), newest?.sessionId ?? '');
      }

      const sessions = await sessionsOf(flow(), charger.chargerId);
      const cdrs = await Promise.all(sessions.map((session) => cdrOf(flow(), session.sessionId)));
      const seals = cdrs
        .map((cdr) => cdr.seal)
        .sort((a, b) => (a?.sequence ?? 0) - (b?.sequence ?? 0));

      expect(seals.map((seal) => seal?.sequence)).toEqual([1, 2, 3]);
      expect(seals[1]?.previousHash).toBe(seals[0]?.hash);
      expect(seals[2]?.previousHash).toBe(seals[1]?.hash);
      await plug.close();
    });

    it('energy that flows between two sessions is named as a gap, and no session is charged for it', async () => {
      const tariffId = await registerTariff(flow(), { perKwh: '0.50' });
      const charger = await registerCharger(flow(), { tariffId });
      await registerToken(flow(), 'IDA');
      await flow().drained();
      const plug = await connect(flow(), charger);
      for (const [began, connectorId, from] of [
        ['2026-03-03T08:00:00Z', 1, 0],
        ['2026-03-03T12:00:00Z', 2, 70_000],
        ['2026-03-04T08:00:00Z', 1, 3000],
      ] as const) {
        const { transactionId } = await plug.call('StartTransaction', {
          connectorId,
          idTag: 'IDA',
          meterStart: from,
          timestamp: began,
        });
        const stop = { transactionId, meterStop: from + 1000, timestamp: minutesAfter(began, 20) };
        await plug.call('StopTransaction', stop);
        await flow().drained();
      }

      const sessions = await sessionsOf(flow(), charger.chargerId);
      const cdrs = await Promise.all(sessions.map((session) => cdrOf(flow(), session.sessionId)));
      expect(cdrs.map((cdr) => [cdr.energyKwh, cdr.anomalies.map(({ code }) => code)])).toEqual([
        [1, ['REG_CONTINUITY_GAP']],
        [1, []],
        [1, []],
      ]);
      await plug.close();
    });

    it('the CDR of a charger without a tariff is held instead of billing nothing', async () => {
      const charger = await registerCharger(flow());
      await registerToken(flow(), 'LISE');
      const plug = await connect(flow(), charger);
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'LISE',
        meterStart: 0,
        timestamp: start,
      });
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: 1000,
        timestamp: minutesAfter(start, 20),
      });
      const [session] = await sessionsOf(flow(), charger.chargerId);
      const cdr = await cdrOf(flow(), session?.sessionId ?? '');

      expect(cdr).toMatchObject({ state: 'held', total: null, seal: null });
      expect(cdr.anomalies.map((anomaly) => anomaly.code)).toContain('NO_TARIFF');
      const held = await flow().operator.get<{ items: { cdrId: string }[] }>(
        '/cdrs?state=held&limit=100',
      );
      expect(held.body.items.map((item) => item.cdrId)).toContain(cdr.cdrId);
      await plug.close();
    });
  });
};

const own = (sessions: readonly ShownSession[], chargerId: string): ShownSession | undefined =>
  sessions.find((session) => session.chargerId === chargerId);
