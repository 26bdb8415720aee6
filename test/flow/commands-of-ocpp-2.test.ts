import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbatimTypesOf21 } from '../../core/command/verbatim-type.ts';
import { protocols } from '../../core/ocpp/protocol.ts';
import {
  connect,
  eventually,
  type Registered,
  registerCharger,
  registerToken,
  type ShownSession,
  sessionsOf,
} from './flow.ts';
import { upkeepWords } from './scenarios/ocpp-2-upkeep.ts';
import { chargingWords } from './scenarios/ocpp-2-vocabulary.ts';
import { type RunningFlow, startFlow, withDeadlines } from './start-flow.ts';
import type { TestCharger } from './test-charger.ts';

type Shown = Record<string, unknown> & { readonly commandId: string; readonly state: string };
type Call = readonly [2, string, string, Record<string, unknown>];

let flow: RunningFlow;

beforeAll(async () => {
  flow = await startFlow({ eventSources: withDeadlines });
});
afterAll(async () => {
  await flow.stop();
});

const order = async ({ chargerId }: Registered, command: object) =>
  await flow.operator.post<Shown>(`/chargers/${chargerId}/commands`, command);

const ended = async (commandId: string, wanted = (_command: Shown): boolean => true) =>
  await eventually(
    async () => (await flow.operator.get<Shown>(`/commands/${commandId}`)).body,
    (command) => !['queued', 'sent'].includes(command.state) && wanted(command),
  );

/** Waits for the n-th CALL to a charger, counted from 1. */
const callTo = async (plug: TestCharger, n: number): Promise<Call> => {
  const calls = await eventually(
    async () => plug.received.filter((text) => text.startsWith('[2,')),
    (all) => all.length >= n,
  );
  return JSON.parse(calls[n - 1] ?? 'null') as Call;
};

/** Orders a command, has the charger answer the n-th CALL, and gives that CALL and the command that has ended. */
const exchange = async (
  charger: Registered,
  plug: TestCharger,
  n: number,
  command: object,
  answer: object,
) => {
  const made = await order(charger, command);
  expect(made).toMatchObject({ status: 202 });
  const call = await callTo(plug, n);
  plug.shout(JSON.stringify([3, call[1], answer]));
  return { call, shown: await ended(made.body.commandId) };
};

const versions = protocols.filter((protocol) => protocol !== 'ocpp1.6');

const vocabulary = [...chargingWords, ...upkeepWords];

describe.each(versions)('commands to a charger of %s', (protocol) => {
  const plugged = async () => {
    const charger = await registerCharger(flow);
    return { charger, plug: await connect(flow, charger, { protocols: [protocol] }) };
  };

  it('every word of the vocabulary becomes its message, and the answer its outcome', async () => {
    const { charger, plug } = await plugged();
    for (const [n, { command, action, payload, answer, outcome }] of vocabulary.entries()) {
      const { call, shown } = await exchange(charger, plug, n + 1, command, answer);
      expect([command.type, ...call.slice(2)]).toEqual([command.type, action, payload]);
      expect([command.type, shown]).toMatchObject([command.type, outcome]);
    }
    await plug.close();
  });

  it('an error of the charger is an outcome, as NotSupported is', async () => {
    const { charger, plug } = await plugged();
    const { body } = await order(charger, { type: 'clear-cache' });
    const [, messageId] = await callTo(plug, 1);
    plug.shout(JSON.stringify([4, messageId, 'NotSupported', 'No cache.', {}]));

    expect(await ended(body.commandId)).toMatchObject({
      state: 'failed',
      error: { code: 'NotSupported', message: 'No cache.' },
    });
    await plug.close();
  });

  it('a message that the version lacks is refused, and so are fields that its message does not have', async () => {
    const { charger, plug } = await plugged();
    const lacking = protocol === 'ocpp2.0.1' ? verbatimTypesOf21 : [];
    for (const type of lacking) {
      expect([type, await order(charger, { type })]).toMatchObject([
        type,
        { status: 409, body: { code: 'NOT_SUPPORTED_BY_VERSION' } },
      ]);
    }
    expect(await order(charger, { type: 'set-monitoring-level', severity: 'high' })).toMatchObject({
      status: 400,
      body: { code: 'COMMAND_FIELDS_INVALID' },
    });
    await plug.close();
  });

  const event = (seqNo: number, eventType: string, more: object, info: object = {}) => ({
    eventType,
    seqNo,
    timestamp: new Date().toISOString(),
    triggerReason: 'RemoteStart',
    transactionInfo: { transactionId: `tx-${protocol}`, ...info },
    ...more,
  });

  const theSession = async ({ chargerId }: Registered): Promise<ShownSession> => {
    const [session] = await sessionsOf(flow, chargerId);
    if (session === undefined) throw new Error('There is no session');
    return session;
  };

  it('a start is linked to the session that names it, whatever token that has, and a stop to the session that it ends', async () => {
    await registerToken(flow, 'REMOTE2');
    const { charger, plug } = await plugged();
    const start = { type: 'start', tokenId: 'REMOTE2', connectorId: 1 };
    const { call, shown: first } = await exchange(charger, plug, 1, start, { status: 'Accepted' });
    const { remoteStartId } = call[3];
    expect(call.slice(2)).toEqual([
      'RequestStartTransaction',
      { idToken: { idToken: 'REMOTE2', type: 'Central' }, evseId: 1, remoteStartId },
    ]);
    const evse = { id: 1, connectorId: 1 };
    await plug.call('TransactionEvent', event(0, 'Started', { evse }, { remoteStartId }));

    const { sessionId, transactionId } = await theSession(charger);
    expect(await ended(first.commandId, (one) => one['sessionId'] !== undefined)).toMatchObject({
      sessionId,
    });
    const stop = { type: 'stop', sessionId };
    const second = await exchange(charger, plug, 2, stop, { status: 'Accepted' });
    expect(second.call.slice(2)).toEqual(['RequestStopTransaction', { transactionId }]);
    expect(second.shown).toMatchObject({ state: 'accepted', sessionId });
    const info = { stoppedReason: 'Remote' };
    await plug.call('TransactionEvent', event(1, 'Ended', { triggerReason: 'RemoteStop' }, info));
    const session = await flow.operator.get<object>(`/sessions/${sessionId}`);
    expect(session.body).toMatchObject({
      state: 'ended',
      stopReason: 'Remote',
      startedBy: first.commandId,
      stoppedBy: second.shown.commandId,
    });
    await plug.close();
  });

  it('a start of a transaction that runs already is linked to it by the answer', async () => {
    await registerToken(flow, 'REMOTE3');
    const { charger, plug } = await plugged();
    const evse = { id: 1, connectorId: 1 };
    const plugIn = event(0, 'Started', { triggerReason: 'CablePluggedIn', evse });
    await plug.call('TransactionEvent', plugIn);
    const { sessionId, transactionId } = await theSession(charger);
    const { shown } = await exchange(
      charger,
      plug,
      1,
      { type: 'start', tokenId: 'REMOTE3', connectorId: 1 },
      { status: 'Accepted', transactionId },
    );

    expect(await ended(shown.commandId)).toMatchObject({ sessionId });
    expect((await flow.operator.get<object>(`/sessions/${sessionId}`)).body).toMatchObject({
      startedBy: shown.commandId,
      stoppedBy: null,
    });
    await plug.close();
  });

  it('a start of a transaction that runs already is linked to it by the token that it gets, where the answer names none', async () => {
    await registerToken(flow, 'REMOTE4');
    const { charger, plug } = await plugged();
    const evse = { id: 1, connectorId: 1 };
    const plugIn = event(0, 'Started', { triggerReason: 'CablePluggedIn', evse });
    await plug.call('TransactionEvent', plugIn);
    const { sessionId } = await theSession(charger);
    const start = { type: 'start', tokenId: 'REMOTE4', connectorId: 1 };
    const { call, shown } = await exchange(charger, plug, 1, start, { status: 'Accepted' });
    const { remoteStartId, idToken } = call[3];
    await plug.call('TransactionEvent', event(1, 'Updated', { idToken }, { remoteStartId }));

    expect(await ended(shown.commandId, (one) => one['sessionId'] !== undefined)).toMatchObject({
      sessionId,
    });
    expect((await flow.operator.get<object>(`/sessions/${sessionId}`)).body).toMatchObject({
      startedBy: shown.commandId,
    });
    await plug.close();
  });

  it('a report that a command asked for is put together and shows the components of the charger', async () => {
    const { charger, plug } = await plugged();
    const wanted = { type: 'get-configuration' };
    const { call, shown } = await exchange(charger, plug, 1, wanted, { status: 'Accepted' });
    expect(shown.state).toBe('accepted');
    const { requestId } = call[3];
    const part = (seqNo: number, name: string, value: string) => ({
      requestId,
      seqNo,
      tbc: seqNo === 0,
      generatedAt: new Date().toISOString(),
      reportData: [
        {
          component: { name: 'OCPPCommCtrlr' },
          variable: { name },
          variableAttribute: [{ value }],
        },
      ],
    });
    await plug.call('NotifyReport', part(1, 'HeartbeatInterval', '540'));
    const path = `/chargers/${charger.chargerId}`;
    const half = await flow.operator.get<object>(`${path}/reports/${requestId}`);
    expect(half.body).toMatchObject({ complete: false, missing: [0] });
    await plug.call('NotifyReport', part(0, 'ActiveNetworkProfile', '1'));

    const whole = await flow.operator.get<object>(`${path}/reports/${requestId}`);
    expect(whole.body).toMatchObject({ complete: true, parts: 2 });
    const model = await flow.operator.get<{ variables: readonly object[] }>(`${path}/device-model`);
    expect(model.body.variables).toMatchObject([
      { variable: { name: 'ActiveNetworkProfile' }, attributes: [{ value: '1' }] },
      { variable: { name: 'HeartbeatInterval' }, attributes: [{ value: '540' }] },
    ]);
    await plug.close();
  });
});
