import { describe, expect, it } from 'vitest';
import { auditChain } from '../audit-chain.ts';
import {
  cdrOf,
  connect,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { minutesAfter } from '../meter-values.ts';
import type { RunningFlow } from '../start-flow.ts';
import { connectTestCharger, type TestCharger } from '../test-charger.ts';

const start = '2026-04-02T06:00:00.000Z';

/** A charger from its registration to its deletion, and beyond. */
export const chargerLifeScenarios = (flow: () => RunningFlow): void => {
  const begin = async (plug: TestCharger, minute: number, meterStart: number) =>
    (
      await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'LIFE',
        meterStart,
        timestamp: minutesAfter(start, minute),
      })
    )['transactionId'];
  const end = async (plug: TestCharger, transactionId: unknown, minute: number, wh: number) =>
    await plug.call('StopTransaction', {
      transactionId,
      meterStop: wh,
      timestamp: minutesAfter(start, minute),
    });
  const attempt = async (charger: Registered, path: string) =>
    await connectTestCharger({
      url: flow().chargers,
      path,
      user: charger.chargerId,
      password: charger.password,
    });

  describe('a charger of a running stack', () => {
    it('a running charger is billed by its new registration from its next session on, on the same connection', async () => {
      await registerToken(flow(), 'LIFE');
      const [old, dear] = [
        await registerTariff(flow(), { perKwh: '0.20' }),
        await registerTariff(flow(), { perKwh: '0.70' }),
      ];
      const charger = await registerCharger(flow(), { tariffId: old });
      const plug = await connect(flow(), charger);
      const first = await begin(plug, 0, 0);

      const path = `/chargers/${charger.chargerId}`;
      const changed = await flow().operator.patch(path, { tariffId: dear, maxPowerKw: 11 });
      expect(changed.body).toMatchObject({ tariffId: dear, maxPowerKw: 11, version: 2 });
      await end(plug, first, 60, 10_000);
      await end(plug, await begin(plug, 70, 10_000), 130, 20_000);

      const [later, earlier] = await sessionsOf(flow(), charger.chargerId);
      expect((await cdrOf(flow(), earlier?.sessionId ?? '')).total?.exclVat).toBe('2.00');
      expect((await cdrOf(flow(), later?.sessionId ?? '')).total?.exclVat).toBe('7.00');
      await plug.close();
    });

    it('a charger is deleted with its connection when no session is active; its CDRs stay, and a new one continues the chain', async () => {
      await registerToken(flow(), 'LIFE');
      const tariffId = await registerTariff(flow(), { perKwh: '0.20' });
      const charger = await registerCharger(flow(), { tariffId });
      const { chargerId } = charger;
      const path = `/chargers/${chargerId}`;
      const plug = await connect(flow(), charger);
      const transactionId = await begin(plug, 0, 0);

      const refused = await flow().operator.remove(path);
      expect([refused.status, refused.body['code']]).toEqual([409, 'CHARGER_HAS_ACTIVE_SESSION']);

      await end(plug, transactionId, 60, 10_000);
      const [session] = await sessionsOf(flow(), chargerId);
      const cdr = await cdrOf(flow(), session?.sessionId ?? '');
      expect((await flow().operator.remove(path)).status).toBe(204);
      await plug.closed;
      expect((await flow().operator.remove(path)).status).toBe(404);
      for (const url of [charger.urls.basic, charger.urls.token]) {
        expect(await attempt(charger, new URL(url).pathname)).toEqual({ refused: 404 });
      }
      expect(await cdrOf(flow(), session?.sessionId ?? '')).toEqual(cdr);

      const renewed = await registerCharger(flow(), { chargerId, tariffId });
      expect(renewed.password).not.toBe(charger.password);
      const again = await connect(flow(), renewed);
      await end(again, await begin(again, 90, 0), 150, 5_000);
      await flow().drained();
      const chain = await auditChain(flow().operator, chargerId);
      expect(chain.map(({ seal }) => seal?.sequence)).toEqual([1, 2]);
      await again.close();
    });
  });
};
