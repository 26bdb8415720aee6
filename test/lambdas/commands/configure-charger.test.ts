import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { publicKey } from '../one-of-everything.ts';
import { newOperator, scan, type TestOperator } from '../plant.ts';
import { type Answer, connectedCharger } from './connected-charger.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const connected = async (...[operator, answer, protocol]: [TestOperator, Answer, Protocol?]) =>
  await connectedCharger(database, operator, answer, protocol);

/** A charger of OCPP 1.6 with some settings. */
function chargerWith(settings: Map<string, string>): Answer {
  return (action, payload) => {
    if (action === 'GetConfiguration') {
      const keys = payload['key'] as readonly string[];
      return {
        configurationKey: keys
          .filter((key) => settings.has(key))
          .map((key) => ({ key, readonly: false, value: settings.get(key) })),
        unknownKey: keys.filter((key) => !settings.has(key)),
      };
    }
    const key = String(payload['key']);
    if (!settings.has(key)) return { status: 'NotSupported' };
    settings.set(key, String(payload['value']));
    return { status: 'Accepted' };
  };
}

type Shown = { readonly key: string; readonly value: string; readonly state: string };
const statesOf = (body: Record<string, unknown>) =>
  Object.fromEntries((body['desired'] as readonly Shown[]).map(({ key, state }) => [key, state]));

describe('the desired configuration of a charger', () => {
  it.each(['4', undefined])(
    'a charger that answers four settings at once is given all that differ (GetConfigurationMaxKeys %s)',
    async (limit) => {
      const operator = await newOperator(database);
      const settings = new Map([
        ['HeartbeatInterval', '60'],
        ['WebSocketPingInterval', '0'],
        ['MeterValueSampleInterval', '900'],
        ['StopTxnSampledData', 'Energy.Active.Import.Register'],
        ['StopTxnAlignedData', 'Energy.Active.Import.Register'],
      ]);
      if (limit !== undefined) settings.set('GetConfigurationMaxKeys', limit);
      const whole = chargerWith(settings);
      const charger = await connected(operator, (action, payload) => {
        const key = payload['key'];
        return whole(action, Array.isArray(key) ? { ...payload, key: key.slice(0, 4) } : payload);
      });
      await charger.configure();
      expect(Object.fromEntries(settings)).toMatchObject({
        HeartbeatInterval: '560',
        WebSocketPingInterval: '240',
        MeterValueSampleInterval: '60',
        StopTxnSampledData: '',
        StopTxnAlignedData: '',
      });
      const states = Object.values(statesOf(await charger.configuration()));
      expect(states).toEqual(states.map(() => 'as-desired'));
      const given = charger.asked.filter(([action]) => action === 'ChangeConfiguration');
      expect(given).toHaveLength(5);
    },
  );

  it('a charger is asked for its settings, given those that differ, and shown as it should be', async () => {
    const operator = await newOperator(database);
    const settings = new Map([
      ['HeartbeatInterval', '560'],
      ['WebSocketPingInterval', '0'],
      ['MeterValueSampleInterval', '900'],
      ['StopTxnSampledData', 'Energy.Active.Import.Register'],
    ]);
    const charger = await connected(operator, chargerWith(settings));
    expect(await charger.isDue()).toBe(true);

    await charger.configure();

    expect(charger.asked.map(([action]) => action)).toEqual([
      'GetConfiguration',
      'ChangeConfiguration',
      'ChangeConfiguration',
      'ChangeConfiguration',
    ]);
    expect(Object.fromEntries(settings)).toEqual({
      HeartbeatInterval: '560',
      WebSocketPingInterval: '240',
      MeterValueSampleInterval: '60',
      StopTxnSampledData: '',
    });
    const shown = await charger.configuration();
    expect(statesOf(shown)).toEqual({
      HeartbeatInterval: 'as-desired',
      WebSocketPingInterval: 'as-desired',
      MeterValueSampleInterval: 'as-desired',
      StopTxnSampledData: 'as-desired',
      StopTxnAlignedData: 'unknown-to-charger',
    });
    expect(shown['comparedAt']).toEqual(expect.any(String));
    expect(await charger.isDue(1_000)).toBe(false);
    const { body } = await operator.call('GET', `/chargers/${charger.chargerId}/commands`);
    expect(body.items?.map(({ origin }) => origin)).toEqual(
      Array.from({ length: 4 }, () => 'desired-configuration'),
    );
  });

  it('a charger of OCPP 2.0.1 is asked for variables, and given those that differ', async () => {
    const operator = await newOperator(database);
    const answer: Answer = (action, payload) => {
      if (action === 'GetVariables') {
        const data = payload['getVariableData'] as readonly object[];
        return {
          getVariableResult: data.map((one) => ({
            ...one,
            attributeStatus: 'Accepted',
            attributeValue: '7',
          })),
        };
      }
      const [one] = payload['setVariableData'] as readonly Record<string, unknown>[];
      return {
        setVariableResult: [
          {
            component: one?.['component'],
            variable: one?.['variable'],
            attributeStatus: 'Accepted',
          },
        ],
      };
    };
    const charger = await connected(operator, answer, 'ocpp2.0.1');
    await operator.call('PUT', `/chargers/${charger.chargerId}/desired-configuration`, {
      ocpp16: { HeartbeatInterval: '1' },
      ocpp2: {
        'SampledDataCtrlr.TxUpdatedInterval': '7',
        'AlignedDataCtrlr.TxEndedInterval': null,
      },
    });

    await charger.configure();

    expect(charger.asked.map(([action]) => action)).toEqual([
      'GetVariables',
      'SetVariables',
      'SetVariables',
      'SetVariables',
    ]);
    expect(statesOf(await charger.configuration())).toEqual({
      'OCPPCommCtrlr.HeartbeatInterval': 'as-desired',
      'OCPPCommCtrlr.WebSocketPingInterval': 'as-desired',
      'SampledDataCtrlr.TxUpdatedInterval': 'as-desired',
      'SampledDataCtrlr.TxEndedInterval': 'as-desired',
    });
  });

  it('the keys that a charger says its meters have are proposed until they are registered', async () => {
    const operator = await newOperator(database);
    const settings = new Map([
      ['StopTxnSampledData', 'Energy.Active.Import.Register'],
      ['MeterPublicKey1', publicKey],
      ['MeterPublicKey2', 'not a key'],
    ]);
    const charger = await connected(operator, chargerWith(settings));
    const path = `/chargers/${charger.chargerId}`;
    await charger.configure();
    const proposed = async () =>
      (await operator.call('GET', `${path}/proposed-meter-keys`)).body.items;

    expect(await proposed()).toEqual([{ publicKey, evseId: 1, connectorId: 1 }]);
    expect(settings.get('StopTxnSampledData')).toBe('Energy.Active.Import.Register');
    expect((await operator.call('GET', `${path}/meter-keys`)).body.items).toEqual([]);
    const form = (await proposed())?.[0];
    expect((await operator.call('POST', `${path}/meter-keys`, form)).status).toBe(201);
    expect(await proposed()).toEqual([]);
  });

  it('a charger that answers questions with an error is given all settings', async () => {
    const operator = await newOperator(database);
    const charger = await connected(operator, (action) =>
      action === 'GetConfiguration' ? 'error' : { status: 'Accepted' },
    );

    await charger.configure();

    expect(charger.asked).toHaveLength(6);
    expect(new Set(Object.values(statesOf(await charger.configuration())))).toEqual(
      new Set(['as-desired']),
    );
  });

  it('a charger that does not answer is given nothing, and asked again after some hours', async () => {
    const operator = await newOperator(database);
    const charger = await connected(operator, () => undefined);

    await charger.configure();

    // The whole question, and a small one: it might take no more.
    const sizes = charger.asked.map(([, payload]) => (payload as { key: unknown[] }).key.length);
    expect(sizes).toEqual([expect.any(Number), 4]);
    expect(new Set(charger.asked.map(([action]) => action))).toEqual(new Set(['GetConfiguration']));
    expect((await charger.configuration())['comparedAt']).toBeNull();
    expect(await charger.isDue(1)).toBe(false);
    expect(await charger.isDue(7)).toBe(true);
  });

  it('a change of the operator makes it due at the next connection, and one of the charger at once', async () => {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false });
    const charger = await connected(operator, chargerWith(new Map([['Language', 'de']])));
    await charger.configure();
    expect(charger.asked).toEqual([]);
    expect(await charger.isDue(1_000)).toBe(false);

    await operator.call('PUT', '/settings/configuration', {
      useDefaults: false,
      ocpp16: { Language: 'pt' },
    });
    expect(await charger.isDue()).toBe(true);
    await charger.configure();
    expect(charger.asked.at(-1)).toEqual(['ChangeConfiguration', { key: 'Language', value: 'pt' }]);
    expect(await charger.isDue()).toBe(false);

    const path = `/chargers/${charger.chargerId}/desired-configuration`;
    await operator.call('PUT', path, { ocpp16: { Language: null } });
    await charger.configure();
    expect(statesOf(await charger.configuration())).toEqual({});
    expect((await operator.call('GET', path)).body).toMatchObject({ ocpp16: { Language: null } });
  });

  it('a secret setting is given where it differs, once, and neither what is wanted nor what was said of it is shown or kept in an answer', async () => {
    const operator = await newOperator(database);
    const [wifi, url] = ['home-NEW-4711', `wss://c.example/cp/${'k9'.repeat(16)}`];
    const old = { WifiPassword: 'home-OLD-0815', CentralSystemURL: url.replaceAll('k9', 'W8') };
    const settings = new Map(Object.entries(old));
    const charger = await connected(operator, chargerWith(settings));
    const path = `/chargers/${charger.chargerId}/desired-configuration`;
    const wanted = { useDefaults: false, ocpp16: { WifiPassword: wifi, CentralSystemURL: url } };
    const shown = [(await operator.call('PUT', path, wanted)).body];
    await charger.configure();
    expect(Object.fromEntries(settings)).toEqual(wanted.ocpp16);
    await charger.configure();
    await charger.configure();
    const given = charger.asked.filter(([action]) => action === 'ChangeConfiguration');
    expect(given).toHaveLength(2);

    shown.push((await operator.call('GET', path)).body, await charger.configuration());
    shown.push((await operator.call('GET', `/chargers/${charger.chargerId}/commands`)).body);
    expect(statesOf(await charger.configuration())).toEqual({
      WifiPassword: 'as-desired',
      CentralSystemURL: 'as-desired',
    });
    const text = JSON.stringify(shown);
    for (const part of ['home-NEW', 'home-OLD', 'k9k9', 'W8W8']) expect(text).not.toContain(part);
    const kept = JSON.stringify(await scan(database, database.state));
    for (const part of ['home-OLD', 'W8W8']) expect(kept).not.toContain(part);
  });

  it('what was shown of the wanted settings can be given back: a secret stays as it is, and one that is not there is refused', async () => {
    const operator = await newOperator(database);
    const settings = new Map([['WifiPassword', '']]);
    const charger = await connected(operator, chargerWith(settings));
    for (const path of [
      `/chargers/${charger.chargerId}/desired-configuration`,
      '/settings/configuration',
    ]) {
      const form = { useDefaults: false, ocpp16: { WifiPassword: '(not shown)' } };
      const unknown = await operator.call('PUT', path, form);
      expect(unknown).toMatchObject({
        code: 'INVALID_REQUEST',
        body: { details: [{ path: 'body.ocpp16.WifiPassword' }] },
      });
      await operator.call('PUT', path, { ...form, ocpp16: { WifiPassword: 'home-NEW-4711' } });
      const again = await operator.call('PUT', path, form);
      expect(again.body['ocpp16']).toEqual({ WifiPassword: '(not shown)' });
    }
    await charger.configure();
    expect(settings.get('WifiPassword')).toBe('home-NEW-4711');
  });

  it('passwords, keys without a component and keys that differ in case alone are refused', async () => {
    const operator = await newOperator(database);
    for (const form of [
      { ocpp16: { AuthorizationKey: 'x' } },
      { ocpp2: { 'SecurityCtrlr.BasicAuthPassword': 'x' } },
      { ocpp2: { HeartbeatInterval: '60' } },
      { ocpp16: { A: '1', a: '2' } },
      { ocpp16: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, '1'])) },
    ]) {
      expect((await operator.call('PUT', '/settings/configuration', form)).code).toBe(
        'INVALID_REQUEST',
      );
    }
  });
});
