import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../clients/typescript/create-client.ts';
import { connect, eventually, type Registered, registerCharger, registerToken } from './flow.ts';
import { type RunningFlow, startFlow, withDeadlines } from './start-flow.ts';
import type { TestCharger } from './test-charger.ts';

type Shown = {
  readonly commandId: string;
  readonly state: string;
  readonly response?: Record<string, unknown>;
  readonly error?: Record<string, unknown>;
  readonly request: Record<string, unknown>;
  readonly sessionId?: string;
  readonly sentAt?: string;
};

let flow: RunningFlow;

beforeAll(async () => {
  flow = await startFlow({ eventSources: withDeadlines });
});
afterAll(async () => {
  await flow.stop();
});

const order = async (charger: Registered, command: object, query = '') =>
  await flow.operator.post<Shown>(`/chargers/${charger.chargerId}/commands${query}`, command);

/** Orders again while a busy machine refuses calls that wait for their function for long; under its key it is one command. */
const orderUntilTaken = async ({ chargerId }: Registered) => {
  const { http: url, apiKey } = flow.service.ready;
  const client = createClient({ url, apiKey });
  const given = {
    path: { chargerId },
    headers: { 'Idempotency-Key': randomUUID() },
    body: { type: 'clear-cache' },
  } as const;
  const answer = await eventually(
    () => client.exchange('POST /chargers/{chargerId}/commands', given),
    ({ status }) => status < 500,
  );
  expect(answer.status).toBe(202);
  return answer.body as Shown;
};

const shown = async ({ commandId }: Pick<Shown, 'commandId'>) =>
  (await flow.operator.get<Shown>(`/commands/${commandId}`)).body;

const ended = async (command: Shown) =>
  await eventually(
    async () => await shown(command),
    ({ state }) => state !== 'queued' && state !== 'sent',
  );

type Call = readonly [2, string, string, Record<string, unknown>];

/** The CALLs that a charger was sent so far. */
const callsOf = (plug: TestCharger): readonly Call[] =>
  plug.received.filter((text) => text.startsWith('[2,')).map((text) => JSON.parse(text) as Call);

/** Waits for the n-th CALL to a charger, counted from 1. */
const callTo = async (plug: TestCharger, n = 1): Promise<Call> => {
  const calls = await eventually(
    async () => callsOf(plug),
    (all) => all.length >= n,
  );
  const call = calls[n - 1];
  if (call === undefined) throw new Error(`no call ${n}: ${JSON.stringify(plug.received)}`);
  return call;
};

const reply = (plug: TestCharger, [, messageId]: Call, payload: object) =>
  plug.shout(JSON.stringify([3, messageId, payload]));

describe('a command to a charger', () => {
  it('a reset and an unlock are sent, and their outcome is what the charger answers', async () => {
    const charger = await registerCharger(flow);
    const plug = await connect(flow, charger);
    const { status, body: reset } = await order(charger, { type: 'reset', kind: 'soft' });
    expect(status).toBe(202);
    expect(reset.state).toBe('queued');
    const first = await callTo(plug);
    expect(first.slice(2)).toEqual(['Reset', { type: 'Soft' }]);
    expect((await shown(reset)).state).toBe('sent');
    reply(plug, first, { status: 'Accepted' });
    expect((await ended(reset)).state).toBe('accepted');

    const { body: unlock } = await order(charger, { type: 'unlock', connectorId: 1 });
    const second = await callTo(plug, 2);
    expect(second.slice(2)).toEqual(['UnlockConnector', { connectorId: 1 }]);
    reply(plug, second, { status: 'UnlockFailed' });
    expect(await ended(unlock)).toMatchObject({
      state: 'rejected',
      response: { reason: 'failed', word: 'UnlockFailed' },
    });

    const { body: refused } = await order(charger, { type: 'clear-cache' });
    const [, messageId] = await callTo(plug, 3);
    plug.shout(JSON.stringify([4, messageId, 'NotSupported', 'No cache.', {}]));
    expect(await ended(refused)).toMatchObject({
      state: 'failed',
      error: { code: 'NotSupported', message: 'No cache.' },
    });
    await plug.close();
  });

  it('a remote start is linked to the session that it began, and a remote stop ends that one', async () => {
    await registerToken(flow, 'REMOTE1');
    const charger = await registerCharger(flow);
    const plug = await connect(flow, charger);
    const { body: start } = await order(charger, {
      type: 'start',
      tokenId: 'REMOTE1',
      connectorId: 1,
    });
    const call = await callTo(plug);
    expect(call.slice(2)).toEqual(['RemoteStartTransaction', { idTag: 'REMOTE1', connectorId: 1 }]);
    reply(plug, call, { status: 'Accepted' });
    await ended(start);
    const { transactionId } = await plug.call('StartTransaction', {
      connectorId: 1,
      idTag: 'REMOTE1',
      meterStart: 100,
      timestamp: new Date().toISOString(),
    });
    const { sessionId } = await eventually(
      async () => await shown(start),
      (command) => command.sessionId !== undefined,
    );
    expect(sessionId).toBeDefined();
    const session = async () => (await flow.operator.get<object>(`/sessions/${sessionId}`)).body;
    expect(await session()).toMatchObject({ startedBy: start.commandId, stoppedBy: null });

    const { body: stop } = await order(charger, { type: 'stop', sessionId });
    expect(stop.sessionId).toBe(sessionId);
    const stopCall = await callTo(plug, 2);
    expect(stopCall.slice(2)).toEqual(['RemoteStopTransaction', { transactionId }]);
    reply(plug, stopCall, { status: 'Accepted' });
    expect((await ended(stop)).state).toBe('accepted');
    await plug.call('StopTransaction', {
      transactionId,
      meterStop: 200,
      timestamp: new Date().toISOString(),
    });
    expect(await session()).toMatchObject({
      startedBy: start.commandId,
      stoppedBy: stop.commandId,
    });
    expect((await order(charger, { type: 'stop', sessionId })).body).toMatchObject({
      code: 'SESSION_NOT_ACTIVE',
    });
    await plug.close();
  });

  it('a reservation and a charging profile that a charger confirmed are shown, and what became of them', async () => {
    await registerToken(flow, 'RESERVED1');
    const charger = await registerCharger(flow);
    const plug = await connect(flow, charger);
    const done = async (n: number, command: object) => {
      const { body } = await order(charger, command);
      const call = await callTo(plug, n);
      reply(plug, call, { status: 'Accepted' });
      return { call, command: await ended(body) };
    };
    const itemsOf = async (list: string) =>
      (await flow.operator.get<{ items: object[] }>(`/chargers/${charger.chargerId}/${list}`)).body
        .items;
    const reserve = {
      type: 'reserve',
      connectorId: 1,
      tokenId: 'RESERVED1',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    };
    const { call } = await done(1, reserve);
    const { reservationId } = call[3];
    await done(2, reserve);
    const active = { state: 'active', evseId: 1, connectorId: 1, tokenId: 'RESERVED1' };
    expect(await itemsOf('reservations')).toMatchObject([active, { ...active, reservationId }]);
    await plug.call('StartTransaction', {
      connectorId: 1,
      idTag: 'RESERVED1',
      meterStart: 100,
      timestamp: new Date().toISOString(),
      reservationId,
    });
    const [other, used] = await itemsOf('reservations');
    expect(other).toMatchObject({ state: 'active', sessionId: null });
    expect(used).toMatchObject({ state: 'used', reservationId, sessionId: expect.any(String) });

    const schedule = { unit: 'A', periods: [{ startSeconds: 0, limit: 16 }] };
    const profile = { profileId: 5, stackLevel: 0, purpose: 'default', kind: 'absolute', schedule };
    await done(3, { type: 'set-charging-profile', connectorId: 1, profile });
    expect(await itemsOf('charging-profiles')).toMatchObject([{ evseId: 1, profile }]);
    await done(4, { type: 'clear-charging-profile', profileId: 5 });
    expect(await itemsOf('charging-profiles')).toEqual([]);
    await plug.close();
  });

  it('a command that is not answered in time times out, a late answer changes nothing, and the next one is sent', async () => {
    const charger = await registerCharger(flow);
    const plug = await connect(flow, charger);
    const { body: silent } = await order(charger, { type: 'clear-cache' });
    const { body: next } = await order(charger, { type: 'local-list-version' });
    const first = await callTo(plug);
    expect(callsOf(plug)).toHaveLength(1);
    expect((await shown(silent)).state).toBe('sent');
    flow.passDeadlines();
    expect((await ended(silent)).state).toBe('timed-out');
    const second = await callTo(plug, 2);
    reply(plug, first, { status: 'Accepted' });
    reply(plug, second, { listVersion: 7 });
    expect(await ended(next)).toMatchObject({
      state: 'accepted',
      response: { data: { kind: 'local-list-version', version: 7 } },
    });
    expect((await shown(silent)).state).toBe('timed-out');
    await plug.close();
  });

  it('a command to a charger that is offline waits, and is sent when the charger connects', async () => {
    const charger = await registerCharger(flow);
    await (await connect(flow, charger)).close();
    const isOffline = async () =>
      (await flow.operator.get<{ online: boolean }>(`/chargers/${charger.chargerId}`)).body.online;
    await eventually(isOffline, (online) => !online);
    const { body: first } = await order(charger, { type: 'clear-cache' });
    const { body: second } = await order(charger, { type: 'local-list-version' });
    const { body: third } = await order(charger, { type: 'reset', kind: 'hard' });
    expect((await flow.operator.remove(`/commands/${second.commandId}`)).body).toMatchObject({
      state: 'cancelled',
    });
    expect(await shown(first)).toMatchObject({ state: 'queued', chargerConnected: false });
    expect(first).toMatchObject({ chargerConnected: false });

    const plug = await connect(flow, charger);
    const call = await callTo(plug);
    expect(call[2]).toBe('ClearCache');
    reply(plug, call, { status: 'Accepted' });
    const next = await callTo(plug, 2);
    expect(next[2]).toBe('Reset');
    reply(plug, next, { status: 'Accepted' });
    expect((await ended(first)).state).toBe('accepted');
    expect((await ended(third)).state).toBe('accepted');
    expect((await shown(second)).state).toBe('cancelled');
    expect((await flow.operator.remove(`/commands/${third.commandId}`)).body).toMatchObject({
      code: 'COMMAND_NOT_QUEUED',
    });
    const list = await flow.operator.get<{ items: readonly Shown[] }>(
      `/chargers/${charger.chargerId}/commands`,
    );
    expect(list.body.items.map(({ commandId }) => commandId)).toEqual(
      [third, second, first].map(({ commandId }) => commandId),
    );
    await plug.close();
  });

  it('what cannot be sent is refused: an unknown type, a message that the version lacks, a charger that never connected', async () => {
    const charger = await registerCharger(flow);
    const reset = { type: 'reset', kind: 'soft' };
    expect((await order(charger, reset)).body).toMatchObject({ code: 'CHARGER_NEVER_CONNECTED' });
    const plug = await connect(flow, charger);
    expect(await order(charger, { type: 'dance' })).toMatchObject({ status: 400 });
    expect(await order(charger, { type: 'get-tariffs', evseId: 0 })).toMatchObject({
      status: 409,
      body: { code: 'NOT_SUPPORTED_BY_VERSION' },
    });
    expect(await order({ ...charger, chargerId: 'nobody' }, reset)).toMatchObject({
      status: 404,
      body: { code: 'CHARGER_NOT_FOUND' },
    });
    await plug.close();
  });

  it('whoever waits gets the outcome as the answer', async () => {
    const charger = await registerCharger(flow);
    const plug = await connect(flow, charger);
    const answered = callTo(plug).then((call) => reply(plug, call, { status: 'Rejected' }));
    const { body } = await order(charger, { type: 'clear-cache' }, '?wait=20');
    await answered;
    expect(body).toMatchObject({ state: 'rejected', response: { word: 'Rejected' } });
    await plug.close();
  });

  it('joulegate command says each state as it comes, and ends with the outcome', async () => {
    const charger = await registerCharger(flow);
    const plug = await connect(flow, charger);
    const answered = callTo(plug).then((call) => reply(plug, call, { status: 'Unlocked' }));
    const words = ['--json', 'command', charger.chargerId, 'unlock', 'connectorId=1'];
    const env = { ...process.env, JOULEGATE_DATA_DIR: flow.dataDirectory };
    const child = spawn(process.execPath, ['cli/joulegate.ts', ...words], { env });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    await answered;
    const [status] = await once(child, 'close');

    expect({ status, ...JSON.parse(output) }).toMatchObject({
      status: 0,
      type: 'unlock',
      state: 'accepted',
    });
    expect(errors).toMatch(/^cmd_\w+ queued\n(?:cmd_\w+ sent\n)?cmd_\w+ accepted\n$/);
    await plug.close();
  });

  it('200 commands at once to one charger all end, and none is sent before the one before it was answered', async () => {
    const charger = await registerCharger(flow);
    const plug = await connect(flow, charger);
    let ordered = 0;
    const answered = (async () => {
      for (let n = 1; n <= 200; n += 1) {
        const call = await callTo(plug, n);
        // It holds some answers while others are ordered and wait: that is when a second CALL could come.
        if (n === 1)
          await eventually(
            async () => ordered,
            (made) => made >= 20,
          );
        if (n % 20 === 1) await setTimeout(50);
        expect(callsOf(plug)).toHaveLength(n);
        reply(plug, call, { status: 'Accepted' });
      }
    })();
    const commands = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const made = await orderUntilTaken(charger);
        ordered += 1;
        return made;
      }),
    );
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(200);
    await answered;
    for (const command of commands) expect((await ended(command)).state).toBe('accepted');
    expect(callsOf(plug)).toHaveLength(200);
    await plug.close();
  });
});
