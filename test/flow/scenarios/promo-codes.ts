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

/** A session with a promo code, from the code to the line on the bill. */
export const promoCodeScenarios = (flow: () => Flow): void => {
  const begin = async (idTag: string) => {
    const tariffId = await registerTariff(flow(), { perKwh: '0.50', vatPercent: '19' });
    const charger = await registerCharger(flow(), { tariffId });
    const plug = await connect(flow(), charger);
    const { transactionId } = await plug.call('StartTransaction', {
      connectorId: 1,
      idTag,
      meterStart: 1000,
      timestamp: start,
    });
    const [session] = await sessionsOf(flow(), charger.chargerId);
    const { sessionId } = session ?? { sessionId: '' };
    const readTo = async (wh: number) => {
      await plug.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [energyAt(minutesAfter(start, 10), 1000 + wh)],
      });
    };
    const end = async () => {
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: 7000,
        timestamp: minutesAfter(start, 60),
      });
      await plug.close();
      return await cdrOf(flow(), sessionId);
    };
    return { sessionId, readTo, end };
  };

  const running = async (sessionId: string) =>
    await eventually(
      () => flow().operator.get<ShownSession>(`/sessions/${sessionId}`),
      ({ body }) => body.energyKwh === 2,
    );

  describe('a promo code', () => {
    it('a promo code is redeemed while the session is active, counts once, and is a line of its bill', async () => {
      const { operator } = flow();
      const code = { code: 'FLOW-26', kind: 'percent', percent: '25', uses: 10, usesPerAccount: 1 };
      expect((await operator.post('/promo-codes', code)).status).toBe(201);
      await registerToken(flow(), 'PROMO', { accountId: 'acc-promo' });
      const session = await begin('PROMO');
      await session.readTo(2000);
      await running(session.sessionId);

      const path = `/sessions/${session.sessionId}/promo-code`;
      const redeemed = await operator.post(path, { code: 'flow-26' });
      expect(redeemed).toMatchObject({
        status: 200,
        body: { sessionId: session.sessionId, promoCode: { code: 'FLOW-26', percent: '25' } },
      });
      expect(await operator.post(path, { code: 'FLOW-26' })).toEqual(redeemed);
      const now = await operator.get<ShownSession>(`/sessions/${session.sessionId}`);
      expect(now.body.cost).toEqual({ currency: 'EUR', exclVat: '0.75', inclVat: '0.89' });

      const cdr = await session.end();
      expect(cdr).toMatchObject({ state: 'sealed', total: { exclVat: '2.25', inclVat: '2.68' } });
      expect(cdr.lines.at(-1)).toMatchObject({ component: 'PROMO_CODE', inclVat: '-0.89' });
      expect((await operator.get('/promo-codes/FLOW-26')).body).toMatchObject({ usesSoFar: 1 });
      const another = await begin('PROMO');
      const again = await operator.post(`/sessions/${another.sessionId}/promo-code`, code);
      expect(again).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
      const second = await operator.post(`/sessions/${another.sessionId}/promo-code`, {
        code: 'FLOW-26',
      });
      expect(second).toMatchObject({
        status: 409,
        body: { code: 'PROMO_CODE_USED_UP_BY_ACCOUNT' },
      });
      await another.end();
    });

    it('the promo code of a token reduces the running cost, and is redeemed when the session is billed', async () => {
      const { operator } = flow();
      const code = { code: 'FLOW-TOKEN', kind: 'kWh', kwh: '1' };
      expect((await operator.post('/promo-codes', code)).status).toBe(201);
      await registerToken(flow(), 'PROMO-TOKEN', { promoCode: 'FLOW-TOKEN' });
      const session = await begin('PROMO-TOKEN');
      await session.readTo(2000);

      const { body } = await running(session.sessionId);
      expect(body.cost).toEqual({ currency: 'EUR', exclVat: '0.50', inclVat: '0.59' });
      const cdr = await session.end();

      expect(cdr).toMatchObject({ state: 'sealed', total: { exclVat: '2.50' } });
      expect(cdr.lines.at(-1)).toMatchObject({ component: 'PROMO_CODE' });
      expect((await operator.get('/promo-codes/FLOW-TOKEN')).body).toMatchObject({ usesSoFar: 1 });
      expect((await operator.remove('/promo-codes/FLOW-TOKEN')).status).toBe(204);
    });
  });
};
