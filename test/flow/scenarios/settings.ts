import { describe, expect, it } from 'vitest';
import { connect, eventually, type Flow, registerCharger } from '../flow.ts';

type Configuration = {
  readonly desired: readonly { readonly key: string; readonly state: string }[];
  readonly comparedAt: string | null;
};

type Call = readonly [2, string, string, Record<string, unknown>];

type Held = { readonly settings: Map<string, string>; readonly list: Set<string> };

/** The reply of a charger that holds settings and a local list. */
function replyOf({ settings, list }: Held, action: string, payload: Call[3]): object {
  const keys = [payload['key']].flat().map(String);
  switch (action) {
    case 'GetConfiguration':
      return {
        configurationKey: keys
          .filter((key) => settings.has(key))
          .map((key) => ({ key, readonly: false, value: settings.get(key) })),
        unknownKey: keys.filter((key) => !settings.has(key)),
      };
    case 'ChangeConfiguration':
      settings.set(String(payload['key']), String(payload['value']));
      return { status: 'Accepted' };
    case 'GetLocalListVersion':
      return { listVersion: 0 };
    case 'SendLocalList': {
      const tags = payload['localAuthorizationList'] as readonly { readonly idTag: string }[];
      for (const { idTag } of tags) list.add(idTag);
      return { status: 'Accepted' };
    }
    default:
      return { status: 'Accepted' };
  }
}

/** A new charger gets the settings that it should have, on the way from its handshake to its answers. */
export const settingScenarios = (flow: () => Flow): void => {
  describe('a new charger', () => {
    it('a charger that connects for the first time is asked for its settings and given those that it should have, and the tokens of its operator', async () => {
      const operator = await flow().newOperator('Settings');
      await operator.post('/tokens', { tokenId: 'CARD-1' });
      await operator.put('/settings/configuration', { useDefaults: true, localList: true });
      const charger = await registerCharger({ ...flow(), operator });
      const plug = await connect(flow(), charger);
      const settings = new Map([
        ['HeartbeatInterval', '86400'],
        ['WebSocketPingInterval', '240'],
        ['StopTxnSampledData', 'Energy.Active.Import.Register'],
      ]);
      const answered = new Set<string>();
      const list = new Set<string>();
      const answer = ([, messageId, action, payload]: Call): void => {
        if (answered.has(messageId)) return;
        answered.add(messageId);
        const reply = replyOf({ settings, list }, action, payload);
        plug.shout(JSON.stringify([3, messageId, reply]));
      };

      const { body } = await eventually(
        async () => {
          for (const text of plug.received.filter((one) => one.startsWith('[2,'))) {
            answer(JSON.parse(text) as Call);
          }
          return await operator.get<Configuration>(`/chargers/${charger.chargerId}/configuration`);
        },
        ({ body: { desired, comparedAt } }) =>
          comparedAt !== null && desired.every(({ state }) => state !== 'differs') && list.size > 0,
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
      expect([...list]).toEqual(['CARD-1']);
      await plug.close();
    });
  });
};
