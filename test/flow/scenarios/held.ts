import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import type { ListedMessage } from '../../../core/cdr/verify/cdr-proof.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { carriedKey } from '../../core/cdr/test-seal-key.ts';
import {
  connect,
  eventually,
  registerCharger,
  registerTariff,
  registerToken,
  type ShownCdr,
  type ShownSession,
  sessionsOf,
} from '../flow.ts';
import { energyAt } from '../meter-values.ts';
import type { RunningFlow } from '../start-flow.ts';

const hour = 3_600_000;

/** Cases for the operator: held CDRs, and sessions that nobody ends. */
export const heldScenarios = (flow: () => RunningFlow): void => {
  /** A session that began now, reported 5 kWh, and is never heard of again. */
  const forget = async () => {
    const tariffId = await registerTariff(flow(), { perKwh: '0.40', sessionFee: '1' });
    await registerToken(flow(), 'EMMY');
    const registered = await registerCharger(flow(), { tariffId });
    const plug = await connect(flow(), registered);
    const timestamp = new Date().toISOString();
    const { transactionId } = await plug.call('StartTransaction', {
      connectorId: 1,
      idTag: 'EMMY',
      meterStart: 0,
      timestamp,
    });
    await plug.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [energyAt(new Date(Date.now() + 1000).toISOString(), 5)],
    });
    await plug.close();
    const [session] = await sessionsOf(flow(), registered.chargerId);
    return { sessionId: session?.sessionId ?? '', transactionId, registered };
  };
  const forgotten = async (): Promise<string> => (await forget()).sessionId;
  const shown = async (sessionId: string): Promise<ShownSession> =>
    (await flow().operator.get<ShownSession>(`/sessions/${sessionId}`)).body;
  const cdrIn = async (sessionId: string, state: string): Promise<ShownCdr> =>
    (
      await eventually(
        () => flow().operator.get<ShownCdr>(`/sessions/${sessionId}/cdr`),
        ({ body }) => body.state === state,
      )
    ).body;
  /** Whether the CDR proves itself, and what could not be checked. */
  const verdictOn = async (sessionId: string) => {
    const { operator } = flow();
    const cdr = (await operator.get<Cdr>(`/sessions/${sessionId}/cdr`)).body;
    const path = `/sessions/${sessionId}/readings?late=false`;
    const readings = (await operator.get<{ items: ListedMessage[] }>(path)).body.items;
    const { valid, checks } = verifyCdr(cdr, {
      readings,
      rules: { read: (reading) => decodeMessage(v16, reading), price: priceSession },
      key: carriedKey(cdr.seal),
    });
    const skipped = checks.filter(({ outcome }) => outcome === 'skipped');
    return { valid, skipped: skipped.map(({ check }) => check) };
  };
  const sweepIn = async (hours: number): Promise<void> => {
    await flow().service.stack.runSchedules(new Date(Date.now() + hours * hour));
    await flow().drained();
  };

  describe('a session that never stops', () => {
    it('a session of a charger that was taken away ends when its operator says so, and gives way to its own stop', async () => {
      const { sessionId, transactionId, registered } = await forget();
      await eventually(
        () => flow().operator.get<{ online: boolean }>(`/chargers/${registered.chargerId}`),
        ({ body }) => !body.online,
      );

      const form = { reason: 'The charger was taken away.' };
      const ended = await flow().operator.post(`/sessions/${sessionId}/end`, form);
      expect(ended).toMatchObject({ status: 200, body: { stopReason: 'EndedByOperator' } });
      const cdr = await cdrIn(sessionId, 'sealed');
      expect(cdr).toMatchObject({ energyKwh: 0.005, seal: { sequence: 1 } });
      expect(cdr.anomalies.map(({ code }) => code)).toContain('ENDED_BY_OPERATOR');

      const plug = await connect(flow(), registered);
      const stop = { meterStop: 7, timestamp: new Date(Date.now() + 2000).toISOString() };
      await plug.call('StopTransaction', { transactionId, ...stop });
      const replaced = await eventually(
        () => flow().operator.get<ShownCdr>(`/cdrs/${cdr.cdrId}-2`),
        ({ status }) => status === 200,
      );
      expect(replaced.body).toMatchObject({ state: 'sealed', energyKwh: 0.007 });
      await plug.close();
    });

    it('a session that never stops is ended by the sweep after a silent day, held, and sealed as the operator decides', async () => {
      const sessionId = await forgotten();

      await sweepIn(23);
      expect(await shown(sessionId)).toMatchObject({ state: 'active' });
      await sweepIn(26);
      const held = await cdrIn(sessionId, 'held');
      expect(await shown(sessionId)).toMatchObject({ state: 'ended', stopReason: 'Abandoned' });
      expect(held.anomalies.map(({ code }) => code)).toContain('SESSION_ABANDONED');
      const queue = await flow().operator.get<{ items: ShownCdr[] }>('/cdrs?state=held&limit=100');
      expect(queue.body.items.map(({ cdrId }) => cdrId)).toContain(held.cdrId);

      const decision = { decision: 'setEnergy', energyKwh: 2.5, reason: 'As the driver says.' };
      const resolved = await flow().operator.post(`/cdrs/${held.cdrId}/resolve`, decision);
      expect(resolved).toMatchObject({ status: 202, body: decision });

      const sealed = await cdrIn(sessionId, 'sealed');
      expect(sealed).toMatchObject({
        cdrId: held.cdrId,
        energyKwh: 2.5,
        total: { exclVat: '2.00' },
        anomalies: held.anomalies,
        seal: { sequence: 1 },
      });
      expect(await verdictOn(sessionId)).toEqual({ valid: true, skipped: [] });
    });

    it('a session that never stops can be declared void by the operator, and then costs nothing', async () => {
      const sessionId = await forgotten();
      await sweepIn(26);
      const held = await cdrIn(sessionId, 'held');

      const decision = { decision: 'void', reason: 'Nobody charged.' };
      await flow().operator.post(`/cdrs/${held.cdrId}/resolve`, decision);

      expect(await cdrIn(sessionId, 'sealed')).toMatchObject({
        lines: [],
        total: { currency: 'EUR', exclVat: '0.00' },
      });
      expect(await shown(sessionId)).toMatchObject({ state: 'void', cost: { inclVat: '0.00' } });
    });
  });

  describe('an operator', () => {
    it('an operator decides how sessions without energy are billed, and when silent ones are closed', async () => {
      const operator = await flow().newOperator('Patient');
      const settings = {
        tariffId: await registerTariff({ ...flow(), operator }, { perKwh: '0.50' }),
        timeZone: 'Europe/Berlin',
        ignoreTagSpaces: false,
        masterPassGroup: 'MASTERS',
        issuer: {
          ...{ name: 'Juna Charge GmbH', addressLines: ['Lindenstraße 7'], postalCode: '10969' },
          ...{ city: 'Berlin', country: 'DEU', vatId: 'DE123456789', registration: 'HRB 12345' },
        },
        showRunningCost: true,
        zeroEnergy: { bill: 'tariff', upToKwh: 0.1 },
        aborted: { waiveSessionFee: false, stopReasons: ['EmergencyStop'] },
        neverStopped: { closeAfterHours: 72, closeWhenAvailableMinutes: 30 },
        missingMessages: { waitMinutes: 60 },
        limits: { longestSessionDays: 10, highestPrice: { EUR: '800' } },
      };
      // The limits of all other currencies are shown beside the operator's own.
      const shown = {
        ...settings,
        limits: { ...settings.limits, highestPrice: expect.objectContaining({ EUR: '800' }) },
      };

      const standing = await operator.get('/settings');
      const changed = await operator.put('/settings', settings);

      expect(standing).toMatchObject({
        status: 200,
        body: { zeroEnergy: { bill: 'nothing' }, neverStopped: { closeAfterHours: 24 } },
      });
      expect(changed).toEqual({ status: 200, body: shown });
      expect((await operator.get('/settings')).body).toEqual(shown);
    });
  });
};
