import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { defaultBillingSettings } from '../../core/cdr/compute/billing-settings.ts';
import type { CdrDecision } from '../../core/cdr/compute/cdr-decision.ts';
import type { Session } from '../../core/session/session.ts';
import {
  readBillingSettings,
  writeBillingSettings,
} from '../../lambdas/store/cdrs/billing-settings.ts';
import { writeHeldCdr, writeSealedCdr } from '../../lambdas/store/cdrs/cdrs.ts';
import { listOperators } from '../../lambdas/store/operators/list-operators.ts';
import { createOperator } from '../../lambdas/store/operators/operators.ts';
import {
  keepReading,
  type NewMessageRecord,
  readLastOfConnector,
  readLastOfSession,
} from '../../lambdas/store/readings/readings.ts';
import {
  type ActiveSessionQuery,
  listActiveSessions,
} from '../../lambdas/store/sessions/active-sessions.ts';
import { writeDecision } from '../../lambdas/store/sessions/decisions.ts';
import { insertSession, listSessions, readSession } from '../../lambdas/store/sessions/sessions.ts';
import { onEachEngine } from './on-each-engine.ts';

const session = (sessionId: string, facts: Partial<Session> = {}): Session => ({
  sessionId,
  operatorId: 'op_a',
  chargerId: 'CP-1',
  evseId: 1,
  connectorId: 1,
  transactionId: '7',
  protocol: 'ocpp1.6',
  state: 'ended',
  stop: {
    endedAt: '2026-01-01T00:00:00.000Z',
    receivedAt: '2026-01-01T00:00:01.000Z',
    reason: 'Superseded',
  },
  timeZone: 'UTC',
  anomalies: [],
  ...facts,
});

const result = (sessionId: string) => ({
  cdrId: sessionId.replace('ses', 'cdr'),
  cdrState: 'held' as const,
  energy: 0n,
  cdrAnomalies: [],
});

const placeOf = (sessionId: string) => ({
  operatorId: 'op_a',
  sessionId,
  chargerKey: `${sessionId}-charger`,
  shard: 0,
  endedAt: '2026-01-01T00:00:00.000Z',
  cdrId: sessionId.replace('ses', 'cdr'),
});

const decision: CdrDecision = {
  kind: 'void',
  reason: 'A test “with” any text.',
  decidedAt: '2026-01-02T00:00:00.000Z',
  decidedBy: { apiKeyId: 'key1', name: 'Back office' },
};

onEachEngine('the store of decisions', (database) => {
  const held = async (sessionId: string): Promise<void> => {
    await insertSession(database(), session(sessionId), { shard: 0 });
    const mark = { result: result(sessionId), heldHash: 'h', version: 1 };
    const closed = { version: 0, counted: {} };
    const content = `{"cdrId":"${placeOf(sessionId).cdrId}","chargerId":"CP-1"}`;
    expect(await writeHeldCdr(database(), placeOf(sessionId), content, { ...mark, closed })).toBe(
      'held',
    );
  };

  it('one decision is kept for a session whose CDR is held and unchanged since it was read', async () => {
    await insertSession(database(), session('ses_1'), { shard: 0 });
    const write = (version: number) =>
      writeDecision(database(), { sessionId: 'ses_1', version }, decision);

    expect(await write(1)).toBe('changed');
    await held('ses_2');
    const decide = (version: number, which = decision) =>
      writeDecision(database(), { sessionId: 'ses_2', version }, which);
    expect(await decide(1)).toBe('changed');
    expect(await decide(2)).toBe('written');
    expect(await decide(3, { ...decision, reason: 'another' })).toBe('changed');

    expect(await readSession(database(), 'ses_2', true)).toMatchObject({ decision, version: 3 });
  });

  it('a void session is listed as void once its CDR is sealed', async () => {
    await held('ses_3');
    const content = '{"cdrId":"cdr_3","chargerId":"CP-1"}';
    const seal = { sequence: 1, previousHash: '0', hash: 'h', signature: 's', keyId: 'k' };
    const closed = { version: 1, counted: {} };
    const version = (await readSession(database(), 'ses_3', true))?.version ?? 0;
    const states = async (state: 'ended' | 'void') =>
      (await listSessions(database(), 'op_a', { states: [state], shards: [0], limit: 100 })).items
        .map(({ session: { sessionId } }) => sessionId)
        .filter((id) => id === 'ses_3');
    expect([await states('ended'), await states('void')]).toEqual([['ses_3'], []]);

    const sealed = await writeSealedCdr(
      database(),
      placeOf('ses_3'),
      { content, seal },
      { ...result('ses_3'), cdrState: 'sealed', cdrSequence: 1 },
      { version, held: true, isVoid: true, closed },
    );

    expect(sealed).toBe('sealed');
    expect((await readSession(database(), 'ses_3', true))?.session.state).toBe('void');
    expect([await states('ended'), await states('void')]).toEqual([[], ['ses_3']]);
  });
});

onEachEngine('the store of billing settings', (database) => {
  it('settings have defaults until they are set, separately for each operator', async () => {
    const settings = {
      ...defaultBillingSettings,
      neverStopped: { closeAfterHours: 3, closeWhenAvailableMinutes: 15 },
    };
    await writeBillingSettings(database(), 'op_a', { settings });

    expect(await readBillingSettings(database(), 'op_a')).toEqual(settings);
    expect(await readBillingSettings(database(), 'op_b')).toEqual(defaultBillingSettings);
  });
});

onEachEngine('what a sweep reads', (database) => {
  it('all operators are listed, a hundred at a time', async () => {
    const ids = Array.from({ length: 130 }, (_, n) => `op_${String(n).padStart(3, '0')}`);
    for (const operatorId of ids) {
      await createOperator(database(), {
        operatorId,
        name: operatorId,
        slug: operatorId.replaceAll('_', '-'),
        createdAt: '2026-01-01',
      });
    }

    const first = await listOperators(database(), undefined);
    const second = await listOperators(database(), first.operatorIds.at(-1));

    expect([first.more, second.more]).toEqual([true, false]);
    expect([...first.operatorIds, ...second.operatorIds]).toEqual(ids);
  });

  it('active sessions are listed from the oldest, over all shards, in any number', async () => {
    const starts = Array.from({ length: 120 }, (_, n) => new Date(Date.UTC(2026, 0, 1, n)));
    for (const [n, at] of starts.entries()) {
      const { stop: _none, ...running } = session(`ses_r${n}`, {
        operatorId: 'op_r',
        state: 'active',
        start: {
          startedAt: at.toISOString(),
          receivedAt: at.toISOString(),
          tokenId: 'TAG',
          authorization: 'Accepted',
        },
      });
      await insertSession(database(), running, { shard: n % 3 });
    }
    const idsIn = async (places: Partial<ActiveSessionQuery>): Promise<readonly string[]> => {
      const ids: string[] = [];
      for await (const stored of listActiveSessions(database(), {
        operatorId: 'op_r',
        shards: [0, 1, 2],
        ...places,
      })) {
        ids.push(stored.session.sessionId);
      }
      return ids;
    };

    const all = starts.map((_, n) => `ses_r${n}`);
    const [tenth, hundredth] = [starts[10]?.toISOString() ?? '', starts[100]?.toISOString() ?? ''];
    expect(await idsIn({})).toEqual(all);
    expect(await idsIn({ to: tenth })).toEqual(all.slice(0, 10));
    expect(await idsIn({ from: hundredth })).toEqual(all.slice(100));
  });

  it('the latest message of a session and its connector is found', async () => {
    const reading = (minute: number, facts: Partial<NewMessageRecord> = {}): NewMessageRecord => ({
      kind: 'meter',
      operatorId: 'op_a',
      chargerId: 'CP-L',
      chargerKey: 'cp-l',
      evseId: 1,
      connectorId: 1,
      protocol: 'ocpp1.6',
      receivedAt: '2026-04-14T16:30:01.000Z',
      at: new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString(),
      raw: '{}',
      ...facts,
    });
    for (const minute of [1, 3, 2]) {
      await keepReading(database(), reading(minute, { sessionId: 'ses_l' }), 'a', 30);
      await keepReading(database(), reading(minute + 10, { kind: 'status' }), 'b', 30);
    }
    const minutes = (kept: readonly { readonly at: string }[]) =>
      kept.map(({ at }) => new Date(at).getUTCMinutes());

    expect(minutes(await readLastOfSession(database(), { sessionId: 'ses_l' }, 2))).toEqual([3, 2]);
    expect(
      minutes(await readLastOfConnector(database(), 'cp-l', { evseId: 1, connectorId: 1 }, 25)),
    ).toEqual([13, 12, 11]);

    // More than the 1 MB that a query reads at most.
    const large = Array.from({ length: 14 }, (_, n) => 40 + n);
    for (const minute of large) {
      const raw = randomBytes(90_000).toString('base64');
      await keepReading(database(), reading(minute, { sessionId: 'ses_l', raw }), 'c', 30);
    }
    const latest = [...large].reverse();
    expect(minutes(await readLastOfSession(database(), { sessionId: 'ses_l' }, 16))).toEqual([
      ...latest,
      3,
      2,
    ]);
  });
});
