import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { handleMessage } from '../../../lambdas/commands/advance-commands.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import { contextOf } from '../../../lambdas/connection/charger-context.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import {
  isConfigurationDue,
  readConfiguration,
} from '../../../lambdas/store/chargers/desired-configuration.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { ecRoot, namesOfRoots } from '../../core/command/root-certificates.ts';
import { publicKey } from '../one-of-everything.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Call = readonly [2, string, string, Record<string, unknown>];
/** A charger's answer to a CALL; undefined for none. */
type Answer = (action: string, payload: Record<string, unknown>) => object | 'error' | undefined;

let count = 0;

/** A charger that is connected, and the sender of its commands: what is sent to it is answered, and what is queued is done. */
async function connected(operator: TestOperator, answer: Answer, protocol: Protocol = 'ocpp1.6') {
  count += 1;
  const chargerId = `CFG-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const charger = await readCharger(database, chargerKey);
  if (charger === undefined) throw new Error('The charger was not registered');
  const connectedAt = new Date().toISOString();
  await takeOver(database, chargerKey, { connectionId: `c-${count}`, protocol, connectedAt });
  const asked: [string, unknown][] = [];
  const queue: CommandMessage[] = [];
  const clock = { late: 0 };
  const settings = { heartbeatSeconds: 560, retentionDays: 1 };
  const step = {
    database,
    charger: contextOf(charger, protocol, {}),
    connectionId: `c-${count}`,
    connectedAt: Date.now(),
    now: Date.now(),
    settings,
  };
  const sender: Sender = {
    database,
    now: () => Date.now() + clock.late,
    send: async (message) => {
      queue.push(message);
    },
    post: async (_connectionId, frame) => {
      const [, messageId, action, payload] = JSON.parse(frame) as Call;
      asked.push([action, payload]);
      const given = answer(action, payload);
      if (given === 'error') {
        await answerMessage(step, JSON.stringify([4, messageId, 'NotSupported', '', {}]));
      } else if (given !== undefined) {
        await answerMessage(step, JSON.stringify([3, messageId, given]));
      }
      return 'posted';
    },
  };
  const work = async (): Promise<void> => {
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
      // The deadline of a command that was answered changes nothing; that of one that was not has to pass.
      if (message.kind === 'deadline') clock.late += 31_000;
      await handleMessage(sender, message);
    }
  };
  const { operatorId } = operator;
  return {
    asked,
    chargerId,
    /** Has everything sent that waits. */
    sendWaiting: async () => {
      await handleMessage(sender, { kind: 'next', chargerKey });
      await work();
    },
    /** Connects with a password. */
    handshake: async (password: string) => {
      const authorization = `Basic ${Buffer.from(`${chargerId}:${password}`).toString('base64')}`;
      const verdict = await verifyCharger(database, {
        chargerId,
        authorization,
        offers: ['ocpp1.6'],
      });
      expect(verdict.kind).toBe('accepted');
    },
    configure: async () => {
      await handleMessage(sender, { kind: 'configure', operatorId, chargerKey });
      await work();
    },
    configuration: async () =>
      (await operator.call('GET', `/chargers/${chargerId}/configuration`)).body,
    isDue: async (hours = 0) =>
      isConfigurationDue(
        await readConfiguration(database, operatorId, chargerKey),
        Date.now() + hours * 3_600_000,
      ),
  };
}

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

    expect(charger.asked).toHaveLength(1);
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

  /** A charger of OCPP 1.6 that holds a local list and certificates, and has no settings. */
  function chargerThatHolds(limit = 2) {
    const list = new Map<string, string>();
    const certificates: object[] = [];
    const state = { version: 0, isStubborn: false };
    type Listed = { readonly idTag: string; readonly idTagInfo: { readonly status: string } };
    const take = (payload: Record<string, unknown>) => {
      const [listVersion, isFull] = [
        Number(payload['listVersion']),
        payload['updateType'] === 'Full',
      ];
      if (!isFull && (state.isStubborn || listVersion <= state.version)) {
        return { status: 'VersionMismatch' };
      }
      if (isFull) list.clear();
      for (const one of (payload['localAuthorizationList'] ?? []) as readonly Listed[]) {
        list.set(one.idTag, one.idTagInfo.status);
      }
      state.version = listVersion;
      return { status: 'Accepted' };
    };
    const answer: Answer = (action, payload) => {
      switch (action) {
        case 'GetConfiguration':
          return {
            configurationKey: [
              { key: 'SendLocalListMaxLength', readonly: true, value: String(limit) },
            ],
          };
        case 'GetLocalListVersion':
          return { listVersion: state.version };
        case 'SendLocalList':
          return take(payload);
        case 'GetInstalledCertificateIds':
          return certificates.length === 0
            ? { status: 'NotFound' }
            : { status: 'Accepted', certificateHashData: certificates };
        default:
          return { status: 'Accepted' };
      }
    };
    return { list, certificates, state, answer };
  }

  const sentLists = (asked: readonly (readonly [string, unknown])[]) =>
    asked
      .filter(([action]) => action === 'SendLocalList')
      .map(([, payload]) => (payload as { updateType: string }).updateType);

  it('a charger gets the tokens of its operator in messages that it can take, then what changed, and all again where it refuses changes', async () => {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false, localList: true });
    for (const tokenId of ['ADA', 'BOB', 'EVE'])
      await operator.call('POST', '/tokens', { tokenId });
    const holder = chargerThatHolds();
    const charger = await connected(operator, holder.answer);
    await charger.configure();

    expect(sentLists(charger.asked)).toEqual(['Full', 'Differential']);
    expect(Object.fromEntries(holder.list)).toEqual({
      ADA: 'Accepted',
      BOB: 'Accepted',
      EVE: 'Accepted',
    });
    const listState = async () => (await charger.configuration())['localList'];
    expect(await listState()).toMatchObject({ state: 'as-desired', version: holder.state.version });
    expect(await charger.isDue(1_000)).toBe(false);

    charger.asked.length = 0;
    await operator.call('PUT', '/tokens/EVE', { status: 'Blocked' });
    expect(await charger.isDue()).toBe(true);
    expect(await listState()).toMatchObject({ state: 'differs' });
    // Every token was changed within the last minute, which the clocks of our functions may differ by.
    await charger.configure();
    expect(sentLists(charger.asked)).toEqual(['Differential', 'Differential']);
    expect(holder.list.get('EVE')).toBe('Blocked');
    expect(await listState()).toMatchObject({ state: 'as-desired' });

    charger.asked.length = 0;
    holder.state.isStubborn = true;
    await operator.call('PUT', '/tokens/EVE', { status: 'Accepted' });
    await charger.configure();
    expect(sentLists(charger.asked)).toContain('Full');
    expect(await listState()).toMatchObject({ state: 'differs' });
    holder.state.isStubborn = false;

    charger.asked.length = 0;
    await operator.call('DELETE', '/tokens/BOB');
    await charger.configure();
    expect(sentLists(charger.asked)).toEqual(['Full']);
    expect(Object.fromEntries(holder.list)).toEqual({ ADA: 'Accepted', EVE: 'Accepted' });
    expect(await listState()).toMatchObject({ state: 'as-desired' });
  });

  it('a charger that should have no local list is not asked for one, and changes of tokens make nothing due', async () => {
    const operator = await newOperator(database);
    await operator.call('PUT', '/settings/configuration', { useDefaults: false, localList: true });
    const charger = await connected(operator, chargerThatHolds().answer);
    const path = `/chargers/${charger.chargerId}/desired-configuration`;
    await operator.call('PUT', path, { localList: false });
    await charger.configure();
    expect(charger.asked).toEqual([]);
    await operator.call('POST', '/tokens', { tokenId: 'LATER' });
    expect(await charger.isDue()).toBe(false);
    expect((await charger.configuration())['localList']).toBeNull();
  });

  it('a root certificate that a charger does not list is installed, and one that it lists is left alone', async () => {
    const operator = await newOperator(database);
    const holder = chargerThatHolds();
    const charger = await connected(operator, holder.answer);
    const use = 'central-system-root';
    await operator.call('PUT', '/settings/configuration', {
      useDefaults: false,
      certificates: [{ use, certificate: ecRoot }],
    });
    const states = async () =>
      ((await charger.configuration())['certificates'] as { state: string }[]).map(
        ({ state }) => state,
      );
    expect(await states()).toEqual(['not-reported']);
    await charger.configure();
    const actions = () => charger.asked.map(([action]) => action);
    expect(actions()).toEqual(['GetInstalledCertificateIds', 'InstallCertificate']);
    expect(await states()).toEqual(['installed']);

    const { algorithm: hashAlgorithm, ...name } = namesOfRoots.ec;
    holder.certificates.push({ hashAlgorithm, ...name });
    charger.asked.length = 0;
    await charger.configure();
    expect(actions()).toEqual(['GetInstalledCertificateIds']);
    expect(await states()).toEqual(['as-desired']);

    const answer = await operator.call('PUT', '/settings/configuration', {
      certificates: [{ use, certificate: 'no certificate' }],
    });
    expect(answer.code).toBe('INVALID_REQUEST');
  });

  it('a new password is sent to the charger, and no other one while the charger may have it and has not used it', async () => {
    const operator = await newOperator(database);
    const holder = chargerThatHolds();
    const charger = await connected(operator, holder.answer);
    const path = `/chargers/${charger.chargerId}`;
    const state = async () => (await charger.configuration())['password'];
    expect(await state()).toBe('as-desired');

    const first = await operator.call('POST', `${path}/password`, { send: true });
    const second = await operator.call('POST', `${path}/password`, { send: true });
    expect([first.status, second.status]).toEqual([201, 201]);
    const commandOf = async ({ body }: typeof first) =>
      (await operator.call('GET', `/commands/${String(body['commandId'])}`)).body;
    expect(await commandOf(first)).toMatchObject({ state: 'cancelled' });
    expect(await commandOf(second)).toMatchObject({
      state: 'queued',
      request: { key: 'AuthorizationKey', value: '(not shown)' },
    });
    expect(second.body['password']).toMatch(/^[0-9a-f]{40}$/);
    await charger.sendWaiting();
    expect(charger.asked).toEqual([
      ['ChangeConfiguration', { key: 'AuthorizationKey', value: second.body['password'] }],
    ]);
    expect(await state()).toBe('not-used-yet');
    const third = await operator.call('POST', `${path}/password`, { send: true });
    expect(third.code).toBe('PASSWORD_NOT_USED_YET');

    await charger.handshake(String(second.body['password']));
    expect(await state()).toBe('as-desired');
    expect((await operator.call('POST', `${path}/password`, { send: true })).status).toBe(201);
  });
});
