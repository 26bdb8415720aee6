import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import { type Answer, connectedCharger } from './connected-charger.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** A connected charger of an operator who wants these settings and no others, and how often it got each message. */
async function chargerOf(answer: Answer, ocpp16: Record<string, string> = {}) {
  const operator = await newOperator(database);
  await operator.call('PUT', '/settings/configuration', { useDefaults: false, ocpp16 });
  const charger = await connectedCharger(database, operator, answer);
  const path = `/chargers/${charger.chargerId}`;
  const order = async (form: object) => await operator.call('POST', `${path}/commands`, form);
  const look = async (made: { body: Record<string, unknown> }) =>
    (await operator.call('GET', `/commands/${made.body['commandId']}`)).body;
  const got = (action: string) =>
    charger.asked.filter(([name]) => name === action).map(([, payload]) => payload as never);
  return { ...charger, operator, path, order, look, got };
}

const keysIn = (payload: Record<string, unknown>) => (payload['key'] as readonly string[]) ?? [];

const said = (settings: ReadonlyMap<string, string>, keys: readonly string[]) => ({
  configurationKey: keys
    .filter((key) => settings.has(key))
    .map((key) => ({ key, readonly: false, value: settings.get(key) })),
  unknownKey: keys.filter((key) => !settings.has(key)),
});

const change = (settings: Map<string, string>, payload: Record<string, unknown>) => {
  settings.set(String(payload['key']), String(payload['value']));
  return { status: 'Accepted' };
};

const wanted = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`Setting${n}`, '1']));

describe('chargers as they are reported', () => {
  it.each(['4', undefined])(
    'one that is silent to a question about more than four settings has all that are wanted (names its limit: %s)',
    async (limit) => {
      const settings = new Map(Object.keys(wanted).map((key) => [key, '0']));
      if (limit !== undefined) settings.set('GetConfigurationMaxKeys', limit);
      const { configure, configuration, got } = await chargerOf((action, payload) => {
        if (action !== 'GetConfiguration') return change(settings, payload);
        const keys = keysIn(payload);
        return keys.length === 0 || keys.length > 4 ? undefined : said(settings, keys);
      }, wanted);
      await configure();
      expect(Object.fromEntries(settings)).toMatchObject(wanted);
      expect(got('ChangeConfiguration')).toHaveLength(30);
      const { desired } = (await configuration()) as { desired: readonly { state: string }[] };
      expect(new Set(desired.map(({ state }) => state))).toEqual(new Set(['as-desired']));
    },
  );

  it('one that is silent to every question about its settings is asked for a few of them once more, and set nothing', async () => {
    const { configure, got } = await chargerOf(() => undefined, wanted);
    await configure();
    expect(got('GetConfiguration').map((payload) => keysIn(payload).length)).toEqual([20, 14, 4]);
    expect(got('ChangeConfiguration')).toEqual([]);
  });

  it('one that says the same settings whatever it is asked is given what they lack, and not asked for ever', async () => {
    const four = ['SupportedFeatureProfiles', 'HeartbeatInterval', 'ChargeProfileMaxStackLevel'];
    const settings = new Map([...four, 'GetConfigurationMaxKeys'].map((key) => [key, '99']));
    const { configure, got } = await chargerOf(
      (action, payload) =>
        action === 'GetConfiguration'
          ? said(settings, [...settings.keys()])
          : change(settings, payload),
      { HeartbeatInterval: '560', Language: 'pt' },
    );
    await configure();
    expect(got('ChangeConfiguration')).toEqual([{ key: 'HeartbeatInterval', value: '560' }]);
    expect(got('GetConfiguration').length).toBeLessThan(5);
  });

  it('one that says a value longer than the protocol allows is read all the same', async () => {
    const value = 'Energy.Active.Import.Register,'.repeat(30);
    const { order, look, sendWaiting } = await chargerOf((_action, payload) =>
      said(new Map([['MeterValuesSampledData', value]]), keysIn(payload)),
    );
    const made = await order({ type: 'get-configuration', keys: ['MeterValuesSampledData'] });
    await sendWaiting();
    expect(await look(made)).toMatchObject({ state: 'accepted' });
    expect(JSON.stringify(await look(made))).toContain(value);
  });

  it('one that has lost its settings in a restart is given them again when it has started', async () => {
    const settings = new Map([['Language', 'de']]);
    const { configure, got } = await chargerOf(
      (action, payload) =>
        action === 'GetConfiguration' ? said(settings, keysIn(payload)) : change(settings, payload),
      { Language: 'pt' },
    );
    await configure();
    await configure();
    expect(got('ChangeConfiguration')).toHaveLength(1);
    settings.set('Language', 'de');
    await configure();
    expect(settings.get('Language')).toBe('pt');
  });

  it('one that restarts with each setting that it is given, and forgets it, is not kept restarting', async () => {
    const { configure, connectAgain, got } = await chargerOf(
      (action, payload) =>
        action === 'GetConfiguration'
          ? said(new Map([['Language', 'de']]), keysIn(payload))
          : { status: 'RebootRequired' },
      { Language: 'pt' },
    );
    await configure();
    for (let n = 0; n < 100; n += 1) await connectAgain(2);
    expect(got('ChangeConfiguration')).toHaveLength(1);
  });

  it('one that answers no command, but goes on sending heartbeats, ends each as not answered, and gets each once', async () => {
    const { order, look, says, sendWaiting, connectAgain, asked } = await chargerOf(
      () => undefined,
    );
    const made = [
      await order({ type: 'clear-cache' }),
      await order({ type: 'reset', kind: 'soft' }),
      await order({ type: 'unlock', connectorId: 1 }),
    ];
    await sendWaiting();
    expect((await says('Heartbeat', {}))[0]).toBe(3);
    await connectAgain(1);
    await sendWaiting();
    const states = (await Promise.all(made.map(look))).map(({ state }) => state);
    expect(states).toEqual(['timed-out', 'timed-out', 'timed-out']);
    expect(asked.map(([action]) => action)).toEqual(['ClearCache', 'Reset', 'UnlockConnector']);
  });

  it('one whose cable cannot be unlocked says so, and that is the outcome', async () => {
    const { order, look, sendWaiting } = await chargerOf(() => ({ status: 'NotSupported' }));
    const made = await order({ type: 'unlock', connectorId: 1 });
    await sendWaiting();
    expect(await look(made)).toMatchObject({
      state: 'rejected',
      response: { reason: 'not-supported' },
    });
  });

  it('one that does not answer a start, and starts, has a session that is linked with the start', async () => {
    const { operator, order, look, says, sendWaiting } = await chargerOf(() => undefined);
    await operator.call('POST', '/tokens', { tokenId: 'ADA' });
    const made = await order({ type: 'start', tokenId: 'ADA', connectorId: 1 });
    await sendWaiting();
    const timestamp = new Date().toISOString();
    const start = { connectorId: 1, idTag: 'ADA', meterStart: 0, timestamp };
    const [, , answer] = await says('StartTransaction', start);
    expect(answer).toMatchObject({ idTagInfo: { status: 'Accepted' } });
    const { items: [session] = [] } = (await operator.call('GET', '/sessions')).body;
    expect(await look(made)).toMatchObject({
      state: 'timed-out',
      sessionId: session?.['sessionId'],
    });
  });

  it('one that closes its connection instead of answering its new password, and uses it, is not sent it again', async () => {
    const { operator, path, configuration, handshake, sendWaiting, connectAgain, got } =
      await chargerOf(() => undefined);
    const { body } = await operator.call('POST', `${path}/password`, { send: true });
    await sendWaiting();
    await handshake(String(body['password']));
    expect((await configuration())['password']).toBe('as-desired');
    for (let day = 0; day < 3; day += 1) await connectAgain(1_441);
    expect(got('ChangeConfiguration')).toHaveLength(1);
  });
});
