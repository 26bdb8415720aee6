import { describe, expect, it } from 'vitest';
import { connect, eventually, type Flow, registerCharger } from '../flow.ts';

type Configuration = {
  readonly desired: readonly { readonly key: string; readonly state: string }[];
  readonly comparedAt: string | null;
};

type Call = readonly [2, string, string, Record<string, unknown>];

/** A new charger gets the settings that it should have, on the way from its handshake to its answers. */
export const settingScenarios = (flow: () => Flow): void => {
  describe('a new charger', () => {
    it('a charger that connects for the first time is asked for its settings and given those that it should have', async () => {
      const operator = await flow().newOperator('Settings');
      await operator.put('/settings/configuration', { useDefaults: true });
      const charger = await registerCharger({ ...flow(), operator });
      const plug = await connect(flow(), charger);
      const settings = new Map([
        ['HeartbeatInterval', '86400'],
        ['WebSocketPingInterval', '240'],
        ['StopTxnSampledData', 'Energy.Active.Import.Register'],
      ]);
      const answered = new Set<string>();
      const answer = ([, messageId, action, { key, value }]: Call): void => {
        if (answered.has(messageId)) return;
        answered.add(messageId);
        const keys = [key].flat().map(String);
        if (action === 'ChangeConfiguration') settings.set(String(key), String(value));
        const known = keys.filter((one) => settings.has(one));
        const configurationKey = known.map((one) => ({
          key: one,
          readonly: false,
          value: settings.get(one),
        }));
        const unknownKey = keys.filter((one) => !settings.has(one));
        const payload =
          action === 'GetConfiguration' ? { configurationKey, unknownKey } : { status: 'Accepted' };
        plug.shout(JSON.stringify([3, messageId, payload]));
      };

      const { body } = await eventually(
        async () => {
          for (const text of plug.received.filter((one) => one.startsWith('[2,'))) {
            answer(JSON.parse(text) as Call);
          }
          return await operator.get<Configuration>(`/chargers/${charger.chargerId}/configuration`);
        },
        ({ body: { desired, comparedAt } }) =>
          comparedAt !== null && desired.every(({ state }) => state !== 'differs'),
      );

      expect(Object.fromEntries(body.desired.map(({ key, state }) => [key, state]))).toEqual({
        HeartbeatInterval: 'as-desired',
        WebSocketPingInterval: 'as-desired',
        MeterValueSampleInterval: 'unknown-to-charger',
        StopTxnSampledData: 'as-desired',
        StopTxnAlignedData: 'unknown-to-charger',
      });
      expect(Object.fromEntries(settings)).toEqual({
        HeartbeatInterval: '560',
        WebSocketPingInterval: '240',
        StopTxnSampledData: '',
      });
      await plug.close();
    });
  });
};
