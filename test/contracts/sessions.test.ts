import { expect, it } from 'vitest';
import type { Session } from '../../core/session/session.ts';
import type { SessionEvent } from '../../core/session/session-event.ts';
import { applyToSession } from '../../lambdas/store/sessions/apply-to-session.ts';
import { readRunningView, writeRunningView } from '../../lambdas/store/sessions/running-view.ts';
import {
  endSession,
  insertSession,
  listSessions,
  noteAnomaly,
  readSession,
  readSessions,
  replaceSession,
} from '../../lambdas/store/sessions/sessions.ts';
import { onEachEngine } from './on-each-engine.ts';

const place = { shard: 0 };

const session = (sessionId: string, overrides: Partial<Session> = {}): Session => ({
  sessionId,
  operatorId: 'op_a',
  chargerId: 'CP-1',
  evseId: 1,
  connectorId: 1,
  transactionId: '7',
  protocol: 'ocpp1.6',
  state: 'active',
  start: {
    startedAt: '2026-04-14T18:30:00+02:00',
    receivedAt: '2026-04-14T16:30:01.000Z',
    meterStart: 1000,
    tokenId: 'TAG',
    accountId: 'acc',
    authorization: 'Accepted',
  },
  tariffId: 'tar_1',
  timeZone: 'Europe/Berlin',
  maxPowerW: 22_000,
  anomalies: [],
  ...overrides,
});

const stop = {
  endedAt: '2026-04-14T19:30:00+02:00',
  receivedAt: '2026-04-14T17:30:01.000Z',
  meterStop: 9000,
  reason: 'Local',
};

onEachEngine('the store of sessions', (database) => {
  it('a new session is stored, and an existing one is returned unchanged', async () => {
    expect(await insertSession(database(), session('ses_1'), place)).toEqual({ kind: 'written' });

    const again = await insertSession(database(), session('ses_1', { transactionId: '8' }), place);

    expect(again.kind === 'standing' && again.stored?.session).toEqual(session('ses_1'));
    expect((await readSession(database(), 'ses_1'))?.session).toEqual(session('ses_1'));
  });

  it('a session is ended once, without being read', async () => {
    await insertSession(database(), session('ses_2'), place);
    const which = { sessionId: 'ses_2', operatorId: 'op_a', shard: 0 };

    expect(await endSession(database(), which, stop)).toEqual({ kind: 'written' });
    const second = await endSession(database(), which, { ...stop, meterStop: 9001 });

    expect(second.kind === 'standing' && second.stored?.session.stop).toEqual(stop);
    const stored = await readSession(database(), 'ses_2', true);
    expect(stored).toMatchObject({ session: { state: 'ended', stop }, version: 2 });
  });

  it('ending a session that does not exist is reported', async () => {
    const which = { sessionId: 'ses_none', operatorId: 'op_a', shard: 0 };

    expect(await endSession(database(), which, stop)).toEqual({
      kind: 'standing',
      stored: undefined,
    });
  });

  it('a concurrent change of a session is not overwritten', async () => {
    await insertSession(database(), session('ses_3'), place);
    const changed = session('ses_3', { state: 'void' });

    expect((await replaceSession(database(), changed, place, 1)).kind).toBe('written');
    expect((await replaceSession(database(), session('ses_3'), place, 1)).kind).toBe('standing');
  });

  it('a stop and a later start are applied to the same session', async () => {
    const { start, anomalies, state, tariffId, ...identity } = session('ses_4');
    const stopped: SessionEvent = { kind: 'stopped', identity, stop };
    const started: SessionEvent = {
      kind: 'started',
      identity,
      start: start ?? { startedAt: '', receivedAt: '', tokenId: '', authorization: '' },
      fixed: { tariffId: tariffId ?? '' },
    };

    expect(await applyToSession(database(), place, stopped, undefined)).toBe('changed');
    expect(await applyToSession(database(), place, started, undefined)).toBe('changed');
    expect(await applyToSession(database(), place, stopped, undefined)).toBe('unchanged');

    const stored = await readSession(database(), 'ses_4', true);
    expect(stored?.session).toEqual(session('ses_4', { state: 'ended', stop }));
    expect([state, anomalies]).toEqual(['active', []]);
  });

  it('an anomaly is recorded once on an active session and creates no session', async () => {
    await insertSession(database(), session('ses_5'), place);
    const anomaly = { code: 'UNUSABLE_MESSAGE', severity: 'warning', message: 'm' } as const;

    expect(await noteAnomaly(database(), 'ses_5', anomaly)).toEqual({ kind: 'noted' });
    expect(await noteAnomaly(database(), 'ses_5', { ...anomaly, ref: 'r' })).toEqual({
      kind: 'unchanged',
    });
    expect(await noteAnomaly(database(), 'ses_nobody', anomaly)).toEqual({ kind: 'unchanged' });
    await insertSession(database(), session('ses_6', { state: 'ended', stop }), place);
    expect(await noteAnomaly(database(), 'ses_6', anomaly)).toEqual({ kind: 'unchanged' });

    expect((await readSession(database(), 'ses_5', true))?.session.anomalies).toEqual([anomaly]);
    expect(await readSessions(database(), ['ses_nobody', 'ses_5'])).toHaveLength(1);
  });

  it('sessions are listed over shards and states, the latest start first, by charger and time', async () => {
    const at = (hour: number) => `2026-05-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
    for (let n = 0; n < 7; n += 1) {
      const one = session(`ses_l${n}`, {
        operatorId: 'op_l',
        chargerId: `CP-${n % 3}`,
        state: n % 2 ? 'ended' : 'active',
      });
      const start = { ...session('x').start, startedAt: at(n), receivedAt: at(n) };
      const full = { ...one, start: { tokenId: 'T', authorization: 'Accepted', ...start } };
      await insertSession(database(), full, { shard: n % 3 });
    }
    const query = { states: ['active', 'ended'], shards: [0, 1, 2], limit: 3 } as const;

    const first = await listSessions(database(), 'op_l', query);
    const rest = await listSessions(database(), 'op_l', {
      ...query,
      limit: 100,
      after: `${at(4)}#ses_l4`,
    });
    const filtered = await listSessions(database(), 'op_l', {
      ...query,
      owner: { kind: 'charger', chargerKey: 'op_l#cp-1' },
      from: at(2),
      to: at(7),
    });

    const ids = (page: typeof first) => page.items.map((one) => one.session.sessionId);
    expect(ids(first)).toEqual(['ses_l6', 'ses_l5', 'ses_l4']);
    expect(first.next).not.toBeNull();
    expect(ids(rest)).toEqual(['ses_l3', 'ses_l2', 'ses_l1', 'ses_l0']);
    expect(rest.next).toBeNull();
    expect(ids(filtered)).toEqual(['ses_l4']);
  });

  it('a running view only replaces the one that was read', async () => {
    const live = (version: number) => ({
      sessionId: 'ses_live',
      running: 'abc',
      energy: 12_345_678n,
      power: 11_000_000n,
      stateOfCharge: '55',
      cost: { currency: 'EUR', exclVat: '1.00', inclVat: '1.19' },
      updatedAt: '2026-01-01T00:00:00.000Z',
      version,
    });

    expect((await writeRunningView(database(), live(1))).kind).toBe('written');
    expect(await writeRunningView(database(), live(1))).toEqual({
      kind: 'standing',
      progress: { kind: 'running', live: live(1) },
    });
    expect((await writeRunningView(database(), live(3))).kind).toBe('standing');
    expect((await writeRunningView(database(), live(2))).kind).toBe('written');
    expect(await readRunningView(database(), 'ses_live')).toEqual(live(2));
  });
});
