import { describe, expect, it } from 'vitest';
import { localDate } from '../../../core/units/local-date.ts';
import {
  connect,
  eventually,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
} from '../flow.ts';
import { energyAt } from '../meter-values.ts';

type Call = readonly [2, string, string, Record<string, unknown>];
type Stated = { readonly cdrs: readonly { readonly cdrId: string }[] };
type Told = { readonly items: readonly { readonly data: Record<string, unknown> }[] };

/** An account with a limit, from its first session to its statement. */
export const accountScenarios = (flow: () => Flow): void => {
  describe('an account with a limit', () => {
    it('a session that reaches the limit of its account is stopped by a command, the next one is refused, and webhooks hear of it', async () => {
      // Of an operator whose events nobody has read, none is logged for a while.
      const operator = await flow().newOperator('Limited');
      const own = { ...flow(), operator };
      const told = () => operator.get<Told>('/events?types=account.limit_reached');
      await told();
      const account = { name: 'Limited', currency: 'EUR', limits: { energyKwh: 2 } };
      const { accountId } = (await operator.post<{ accountId: string }>('/accounts', account)).body;
      await registerToken(own, 'LIMITED', { accountId });
      const tariffId = await registerTariff(own, { perKwh: '0.50', vatPercent: '19' });
      const plug = await connect(own, await registerCharger(own, { tariffId, maxPowerKw: 300 }));
      const now = new Date().toISOString();
      const begun = new Date(Date.now() - 240_000).toISOString();
      const { transactionId, idTagInfo } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'LIMITED',
        meterStart: 1000,
        timestamp: begun,
      });
      expect(idTagInfo).toMatchObject({ status: 'Accepted' });
      await plug.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [energyAt(now, 3000)],
      });

      const [stop] = await eventually(
        async () => plug.received.filter((text) => text.includes('RemoteStopTransaction')),
        (all) => all.length > 0,
      );
      const [, messageId, , payload] = JSON.parse(stop ?? 'null') as Call;
      expect(payload).toEqual({ transactionId });
      plug.shout(JSON.stringify([3, messageId, { status: 'Accepted' }]));
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: 3000,
        timestamp: new Date().toISOString(),
        reason: 'Remote',
      });
      // Between its seal and its count a session is in neither sum (docs/money.md).
      await flow().drained();
      expect(await plug.call('Authorize', { idTag: 'LIMITED' })).toMatchObject({
        idTagInfo: { status: 'Blocked' },
      });
      const { body } = await eventually(told, ({ body: { items } }) => items.length > 0);
      expect(body.items).toMatchObject([{ data: { accountId, limit: 'energy', energyKwh: 2 } }]);

      await plug.close();
      await flow().drained();
      // A CDR belongs to the month of its end where its charger stands.
      const month = localDate(now, 'Europe/Berlin').slice(0, 7);
      const statement = await operator.get<Stated>(`/accounts/${accountId}/statements/${month}`);
      expect(statement.body).toMatchObject({
        sums: [{ currency: 'EUR', sessions: 1, total: { exclVat: '1.00', inclVat: '1.19' } }],
      });
      const path = `/cdrs/${statement.body.cdrs[0]?.cdrId}/receipt`;
      const { receiptUrl } = (await operator.post<{ receiptUrl: string }>(path, {})).body;
      const page = await fetch(receiptUrl, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('1.19 EUR');
      const script = await fetch(new URL('receipt.js', receiptUrl));
      expect([script.status, script.headers.get('content-type')]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ]);
      expect((await operator.remove(path)).status).toBe(204);
      expect((await fetch(receiptUrl)).status).toBe(404);
      expect((await operator.patch(`/accounts/${accountId}`, { limits: {} })).status).toBe(200);
      expect((await operator.remove(`/accounts/${accountId}`)).status).toBe(204);
    });
  });
};
