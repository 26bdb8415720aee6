import { describe, expect, it } from 'vitest';
import { connect, type Flow, registerCharger } from '../flow.ts';

type Shown = {
  readonly items: readonly Record<string, unknown>[];
  readonly nextCursor: string | null;
};

/** Messages of chargers beside their sessions, on the way that all others take. */
export const messageScenarios = (flow: () => Flow): void => {
  describe('what a charger says beside its sessions', () => {
    it('the operator reads what chargers of both versions said, the latest first, and nobody else does', async () => {
      const other = await flow().newOperator('Curious');
      for (const protocol of ['ocpp1.6', 'ocpp2.0.1']) {
        const charger = await registerCharger(flow());
        const plug = await connect(flow(), charger, { protocols: [protocol] });
        const security = { type: 'SettingSystemTime', timestamp: new Date().toISOString() };
        expect(await plug.call('SecurityEventNotification', security)).toEqual({});
        expect(await plug.call('FirmwareStatusNotification', { status: 'Idle' })).toEqual({});
        expect(await plug.call('DataTransfer', { vendorId: 'Acme' })).toEqual({
          status: 'UnknownVendorId',
        });

        const path = `/chargers/${charger.chargerId}/messages`;
        const { body } = await flow().operator.get<Shown>(path);
        expect(
          body.items.map(({ action, raw, ocppVersion }) => [action, raw, ocppVersion]),
        ).toEqual(
          [
            ['DataTransfer', '{"vendorId":"Acme"}'],
            ['FirmwareStatusNotification', '{"status":"Idle"}'],
            ['SecurityEventNotification', JSON.stringify(security)],
          ].map((row) => [...row, protocol.replace('ocpp', '')]),
        );
        const first = await flow().operator.get<Shown>(`${path}?limit=1`);
        const second = await flow().operator.get<Shown>(
          `${path}?limit=1&cursor=${first.body.nextCursor}`,
        );
        expect([...first.body.items, ...second.body.items]).toEqual(body.items.slice(0, 2));
        const securityOnly = await flow().operator.get<Shown>(
          `${path}?action=SecurityEventNotification`,
        );
        expect(securityOnly.body.items).toEqual(body.items.slice(2));
        expect(await other.get(path)).toMatchObject({
          status: 404,
          body: { code: 'CHARGER_NOT_FOUND' },
        });
        await plug.close();
      }
    });
  });
};
