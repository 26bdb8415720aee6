import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { makeRequest } from '../../core/certificate/make-request.ts';
import {
  cdrOf,
  connect,
  type Flow,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { connectTestCharger, type TestCharger } from '../test-charger.ts';
import type { ConformanceCase, Leaves, LeftSession, Reply, Step } from './conformance-case.ts';

/** The stack and the tariff that all cases share. */
export type Site = { readonly flow: Flow; readonly tariffId: string };

/** The charger of a case, with its connection and what was named so far. */
type Stage = {
  readonly site: Site;
  readonly charger: Registered;
  readonly protocol: string;
  readonly named: Map<string, unknown>;
  plug: TestCharger;
  calls: number;
};

/** Makes the tariff and the tokens of all cases. */
export const prepareSite = async (flow: Flow): Promise<Site> => {
  await registerToken(flow, 'ADA', { accountId: 'acc-ada' });
  await registerToken(flow, 'BLOCKED', { status: 'Blocked' });
  await registerToken(flow, 'EXPIRED', { validUntil: '2025-01-01T00:00:00Z' });
  await registerToken(flow, 'FAMILY');
  await registerToken(flow, 'MUM', { parentTokenId: 'FAMILY' });
  await registerToken(flow, 'DAD', { parentTokenId: 'FAMILY' });
  return { flow, tariffId: await registerTariff(flow, { perKwh: '0.50' }) };
};

/** Asks until it is as wanted, or for so long that it hangs. */
const until = async <T>(ask: () => Promise<T> | T, wanted: (answer: T) => boolean): Promise<T> => {
  const end = performance.now() + 150_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || performance.now() > end) return answer;
    await setTimeout(20);
  }
};

/** Fills in what a text that begins with `$` names. */
const filledIn = (value: unknown, named: ReadonlyMap<string, unknown>): unknown => {
  if (typeof value === 'string') return named.has(value) ? named.get(value) : value;
  if (Array.isArray(value)) return value.map((one) => filledIn(one, named));
  // Matchers stay as they are.
  if (value === null || typeof value !== 'object') return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, named)]));
};

const fieldNames = {
  $request: 'requestId',
  $remoteStart: 'remoteStartId',
  $reservation: 'reservationId',
  $password: 'value',
} as const;

const remember = (
  named: Map<string, unknown>,
  payload: Readonly<Record<string, unknown>>,
): void => {
  for (const [name, field] of Object.entries(fieldNames)) {
    if (payload[field] !== undefined) named.set(name, payload[field]);
  }
  if (payload['id'] !== undefined) named.set('$reservation', payload['id']);
};

const noteSession = async ({ site, charger, named }: Stage): Promise<void> => {
  const [session] = await sessionsOf(site.flow, charger.chargerId);
  if (session !== undefined) named.set('$session', session.sessionId);
};

type Call = readonly [2, string, string, Record<string, unknown>];

/** The next CALL to the charger. */
const nextCall = async (stage: Stage): Promise<Call> => {
  const calls = await until(
    () => stage.plug.received.filter((text) => text.startsWith('[2,')),
    (all) => all.length > stage.calls,
  );
  const text = calls[stage.calls];
  if (text === undefined) throw new Error('The charger was sent nothing.');
  stage.calls += 1;
  return JSON.parse(text) as Call;
};

const replyFrame = (messageId: string, reply: Reply): string =>
  JSON.stringify('error' in reply ? [4, messageId, reply.error, 'No.', {}] : [3, messageId, reply]);

type Ordered = Extract<Step, { readonly kind: 'ordered' }>;

const order = async (stage: Stage, step: Ordered): Promise<void> => {
  const { flow } = stage.site;
  const fill = <T>(value: T): T => filledIn(value, stage.named) as T;
  if (JSON.stringify(step.command).includes('$session')) await noteSession(stage);
  const path = `/chargers/${stage.charger.chargerId}/commands`;
  const made = await flow.operator.post<{ commandId: string; type: string }>(
    path,
    fill(step.command),
  );
  expect(made).toMatchObject({ status: 202 });
  const [, messageId, action, payload] = await nextCall(stage);
  expect([action, payload]).toEqual([step.action, fill(step.payload)]);
  remember(stage.named, payload);
  stage.named.set(`$${made.body.type}`, made.body.commandId);
  stage.plug.shout(replyFrame(messageId, fill(step.reply)));
  const ended = await until(
    () => flow.operator.get<{ state: string }>(`/commands/${made.body.commandId}`),
    ({ body }) => !['queued', 'sent'].includes(body.state),
  );
  expect(ended.body).toMatchObject(fill(step.outcome));
};

const perform = async (stage: Stage, step: Step): Promise<void> => {
  const { site, charger, named, protocol } = stage;
  const fill = <T>(value: T): T => filledIn(value, named) as T;
  switch (step.kind) {
    case 'says': {
      const answer = await stage.plug.call(step.action, fill(step.payload));
      const { transactionId } = answer;
      if (transactionId !== undefined) {
        named.set('$transaction', transactionId).set('$transactionText', String(transactionId));
      }
      expect([step.action, answer]).toEqual([step.action, fill(step.answer)]);
      return;
    }
    case 'refused': {
      const frame = await stage.plug.send(step.action, fill(step.payload));
      expect(frame).toEqual([4, expect.any(String), step.code, expect.any(String), {}]);
      return;
    }
    case 'ordered':
      return await order(stage, step);
    case 'asked': {
      const [, messageId, action, payload] = await nextCall(stage);
      expect([action, payload]).toEqual([step.action, fill(step.payload)]);
      stage.plug.shout(replyFrame(messageId, fill(step.reply)));
      return;
    }
    case 'reconnects': {
      await stage.plug.close();
      const password = step.password === undefined ? {} : { password: step.password };
      stage.plug = await connect(site.flow, charger, { protocols: [protocol], ...password });
      stage.calls = 0;
      return;
    }
    case 'sees': {
      const [session] = await until(
        () => sessionsOf(site.flow, charger.chargerId),
        ([latest]) => latest !== undefined && fits(latest, step.shown),
      );
      return expect(session).toMatchObject(step.shown);
    }
    case 'knocks': {
      const { outcome, ...handshake } = step.handshake;
      const other = await connectTestCharger({
        url: site.flow.chargers,
        path: `/ocpp/${charger.chargerId}`,
        user: charger.chargerId,
        password: charger.password,
        protocols: [protocol],
        ...handshake,
      });
      if ('refused' in other) return expect(other.refused).toBe(outcome);
      await other.close();
      return expect(other.protocol).toBe(outcome);
    }
    case 'posts': {
      const path = `/chargers/${charger.chargerId}${step.path}`;
      const { body } = await site.flow.operator.post(path, fill(step.body));
      expect(body).toMatchObject(step.answer);
      if (body['password'] !== undefined) named.set('$password', body['password']);
      return;
    }
    default:
      return step satisfies never;
  }
};

const checkCdr = async ({ flow }: Site, sessionId: string, left: LeftSession): Promise<void> => {
  const { bill, held } = left;
  if (bill === undefined && held === undefined) return;
  const cdr = await cdrOf(flow, sessionId);
  const codes = cdr.anomalies.map(({ code }) => code).sort();
  if (held !== undefined) {
    expect(cdr).toMatchObject({ state: 'held', total: null, seal: null });
    expect(codes).toEqual([...held].sort());
    return;
  }
  expect(cdr).toMatchObject({
    state: 'sealed',
    energyKwh: bill?.kwh,
    total: { currency: 'EUR', inclVat: bill?.total },
    ...(bill?.idleSeconds !== undefined && { idleSeconds: bill.idleSeconds }),
  });
  expect(codes).toEqual([...(bill?.anomalies ?? [])].sort());
};

const checkSession = async (
  { site, named }: Stage,
  sessionId: string,
  left: LeftSession,
): Promise<void> => {
  const { operator } = site.flow;
  const path = `/sessions/${sessionId}`;
  await checkCdr(site, sessionId, left);
  expect((await operator.get(path)).body).toMatchObject(filledIn(left.shown, named) as object);
  if (left.readings === undefined) return;
  type Readings = { readonly items: readonly { readonly kind: string }[] };
  const readings = await operator.get<Readings>(`${path}/readings?limit=100`);
  const kinds = readings.body.items.map(({ kind }) => kind).filter((kind) => kind !== 'status');
  expect(kinds.sort()).toEqual([...left.readings].sort());
};

const sameActions = (actions: readonly string[]): string => [...actions].sort().join(' ');

const checkLeft = async (stage: Stage, leaves: Leaves): Promise<void> => {
  const { site, charger, named } = stage;
  const { operator } = site.flow;
  const path = `/chargers/${charger.chargerId}`;
  const sessions = await sessionsOf(site.flow, charger.chargerId);
  expect(sessions).toHaveLength(leaves.sessions?.length ?? 0);
  for (const [index, left] of (leaves.sessions ?? []).entries()) {
    const shown = sessions[index];
    if (shown !== undefined) await checkSession(stage, shown.sessionId, left);
  }
  type Messages = { readonly items: readonly { readonly action: string; readonly raw: string }[] };
  const { items } = (await operator.get<Messages>(`${path}/messages?limit=100`)).body;
  const expected = leaves.messages ?? [];
  expect(sameActions(items.map(({ action }) => action))).toBe(
    sameActions(expected.map(([action]) => action)),
  );
  for (const [action, payload] of expected) {
    const said = items.filter((one) => one.action === action).map(({ raw }) => JSON.parse(raw));
    const wanted = filledIn(payload, named) as object;
    expect(said).toContainEqual(expect.objectContaining(wanted));
  }
  const shown = leaves.charger === undefined ? {} : { '': leaves.charger };
  for (const [suffix, wanted] of Object.entries({ ...shown, ...leaves.shows })) {
    const filled = filledIn(wanted, named) as object;
    const { body } = await until(
      () => operator.get(`${path}${suffix.replace('$request', String(named.get('$request')))}`),
      (answer) => fits(answer.body, filled),
    );
    expect(body).toMatchObject(filled);
  }
};

const fits = (body: object, wanted: object): boolean => {
  try {
    expect(body).toMatchObject(wanted);
    return true;
  } catch {
    return false;
  }
};

const openStage = async (site: Site, protocol: string): Promise<Stage> => {
  const charger = await registerCharger(site.flow, { tariffId: site.tariffId });
  const plug = await connect(site.flow, charger, { protocols: [protocol] });
  const csr = makeRequest({ names: [charger.chargerId], organizations: ['Demo'] });
  const named = new Map<string, unknown>([
    ['$password', charger.password],
    ['$csr', csr],
  ]);
  return { site, charger, protocol, plug, named, calls: 0 };
};

/** Runs the cases of one version on a stack. */
export const createCaseRunner = (site: Site, protocol: string) => {
  /** The charger of cases that only send commands and leave nothing behind. */
  let shared: Stage | undefined;
  return async ({ steps, leaves = {} }: ConformanceCase): Promise<void> => {
    const isShared =
      Object.keys(leaves).length === 0 && steps.every(({ kind }) => kind === 'ordered');
    const stage = (isShared && shared) || (await openStage(site, protocol));
    // After a failure the next case gets a charger that owes no answer.
    if (isShared) shared = undefined;
    for (const step of steps) await perform(stage, step);
    await checkLeft(stage, leaves);
    if (isShared) shared = stage;
    else await stage.plug.close();
  };
};
