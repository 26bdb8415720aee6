import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import type { Session, SessionState } from '../../core/session/session.ts';
import { listCdrs, writeHeldCdr, writeSealedCdr } from '../../lambdas/store/cdrs.ts';
import { createOperator, readOperator, shardsOf } from '../../lambdas/store/operators.ts';
import { endSession, insertSession, listSessions } from '../../lambdas/store/sessions.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import type { Listed } from '../../lambdas/store/table/listed.ts';
import { countRequests } from '../lambdas/count-requests.ts';
import { haveChargers } from './have-chargers.ts';
import { onEachEngine } from './on-each-engine.ts';

const operatorId = 'op_f';
const mostQueries = 3;
const sessionStates: readonly SessionState[] = ['active', 'ended', 'void'];
const cdrStates: readonly Cdr['state'][] = ['held', 'sealed', 'credited'];

const at = (minute: number): string => new Date(Date.UTC(2026, 4, 1, 0, minute)).toISOString();
const pad = (n: number): string => String(n).padStart(4, '0');

const stop = (minute: number) => ({ endedAt: at(minute), receivedAt: at(minute), reason: 'Local' });

const session = (n: number, state: SessionState, chargerId: string): Session => ({
  sessionId: `ses_${pad(n)}`,
  operatorId,
  chargerId,
  evseId: 1,
  connectorId: 1,
  transactionId: String(n),
  protocol: 'ocpp1.6',
  state,
  start: { startedAt: at(n), receivedAt: at(n), tokenId: 'TAG', authorization: 'Accepted' },
  ...(state === 'active' ? {} : { stop: stop(n + 1) }),
  timeZone: 'UTC',
  anomalies: [],
});

/** The shards of an operator with 10,000 chargers. */
async function shardsOfFleet(database: Database): Promise<readonly number[]> {
  await createOperator(database, { operatorId, name: 'F', slug: 'f', createdAt: at(0) });
  await haveChargers(database, operatorId, 10_000);
  const operator = await readOperator(database, operatorId);
  return operator === undefined ? [] : shardsOf(operator);
}

/** All things of a list, page by page; each page but the last must be full, and read with few queries. */
async function readPages<T>(
  database: Database,
  limit: number,
  readPage: (after: string | undefined) => Promise<Listed<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let after: string | undefined;
  for (;;) {
    let page: Listed<T> = { items: [], next: null };
    const { reads } = await countRequests(database, async () => {
      page = await readPage(after);
    });
    const queries = reads.filter((name) => name === 'Query').length;
    expect(queries).toBeLessThanOrEqual(mostQueries);
    all.push(...page.items);
    if (page.next === null) return all;
    expect(page.items).toHaveLength(limit);
    after = page.next;
  }
}

/** Each state alone, and all of them. */
const choicesOf = <State>(states: readonly State[]): readonly (readonly State[])[] => [
  states,
  ...states.map((state) => [state]),
];

onEachEngine('a list of a fleet of 10,000 chargers', (database) => {
  const sessionIds = async (
    shards: readonly number[],
    states: readonly SessionState[],
    chargerId?: string,
  ): Promise<readonly string[]> => {
    const chargerKey = chargerId === undefined ? undefined : `${operatorId}#${chargerId}`;
    const query = { states, shards, limit: 4, chargerKey };
    const found = await readPages(database(), query.limit, (after) =>
      listSessions(database(), operatorId, { ...query, after }),
    );
    return found.map((one) => one.session.sessionId);
  };

  it('fills its pages of sessions in order from at most 3 queries, with any filter', async () => {
    const shards = await shardsOfFleet(database());
    const sessions = Array.from({ length: 36 }, (_, n) =>
      session(n, sessionStates[n % 5] ?? 'ended', `cp-${n % 2}`),
    );
    for (const one of sessions) await insertSession(database(), one, { shard: 0 });

    for (const states of choicesOf(sessionStates)) {
      for (const chargerId of [undefined, 'cp-0', 'cp-1', 'cp-none']) {
        const expected = sessions
          .filter((one) => states.includes(one.state))
          .filter((one) => chargerId === undefined || one.chargerId === chargerId)
          .map(({ sessionId }) => sessionId)
          .reverse();
        expect(await sessionIds(shards, states, chargerId)).toEqual(expected);
      }
    }
  });

  it('finds the one session of a charger that runs among very many that ended', async () => {
    const shards = await shardsOfFleet(database());
    for (let n = 0; n < 150; n += 1) {
      await insertSession(database(), session(n, n === 0 ? 'active' : 'ended', 'cp-1'), {
        shard: 0,
      });
    }

    expect(await sessionIds(shards, ['active'], 'cp-1')).toEqual(['ses_0000']);
    expect(await sessionIds(shards, ['void'], 'cp-1')).toEqual([]);
  });

  it('fills its pages of CDRs in order from at most 3 queries, with any filter', async () => {
    const shards = await shardsOfFleet(database());
    const cdrs: { cdrId: string; chargerId: string; state: Cdr['state'] }[] = [];
    for (let n = 0; n < 16; n += 1) {
      const chargerId = `cp-${n % 2}`;
      const [state, sessionId] = [n % 3 === 0 ? 'held' : 'sealed', `ses_${pad(n)}`] as const;
      await insertSession(database(), session(n, 'ended', chargerId), { shard: 0 });
      const cdrId = `cdr_${pad(n)}`;
      const chargerKey = `${operatorId}#${chargerId}`;
      const place = { operatorId, sessionId, chargerKey, shard: 0, endedAt: at(n + 1), cdrId };
      const content = JSON.stringify({ cdrId, operatorId, chargerId });
      const result = { cdrId, energy: 1n, cdrAnomalies: [] };
      const closed = { version: 0, counted: {} };
      if (state === 'held') {
        const mark = { heldHash: cdrId, version: 1, closed };
        const held = { ...result, cdrState: 'held' } as const;
        await writeHeldCdr(database(), place, content, { ...mark, result: held });
      } else {
        const seal = { previousHash: '0', hash: 'h', signature: 's', keyId: 'k', sequence: n };
        const sealed = { ...result, cdrState: 'sealed', cdrSequence: n } as const;
        const read = { version: 1, held: false, closed };
        await writeSealedCdr(database(), place, { content, seal }, sealed, read);
      }
      cdrs.push({ cdrId, chargerId, state });
    }

    for (const states of choicesOf(cdrStates)) {
      for (const chargerId of [undefined, 'cp-0', 'cp-1', 'cp-none']) {
        const chargerKey = chargerId === undefined ? undefined : `${operatorId}#${chargerId}`;
        const query = { states, shards, limit: 4, chargerKey };
        const found = await readPages(database(), query.limit, (after) =>
          listCdrs(database(), operatorId, { ...query, after }),
        );
        const expected = cdrs
          .filter((one) => states.includes(one.state))
          .filter((one) => chargerId === undefined || one.chargerId === chargerId)
          .map(({ cdrId }) => cdrId)
          .reverse();
        expect(found.map(({ cdrId }) => cdrId)).toEqual(expected);
      }
    }
  });

  describe.each([['of a charger', `${operatorId}#cp-1`] as const, ['of all', undefined] as const])(
    'a list of sessions %s',
    (_, chargerKey) => {
      it('loses and repeats none that ends between two pages', async () => {
        const shards = await shardsOfFleet(database());
        for (let n = 0; n < 9; n += 1) {
          await insertSession(database(), session(n, 'active', 'cp-1'), { shard: 0 });
        }
        const query = { states: sessionStates, shards, limit: 3, chargerKey };
        const ids: string[] = [];
        let after: string | undefined;
        for (let page = 0; page < 3; page += 1) {
          const { items, next } = await listSessions(database(), operatorId, { ...query, after });
          ids.push(...items.map((one) => one.session.sessionId));
          after = next ?? undefined;
          // One that was shown, the one that is shown next, and one of the last page.
          for (const n of [8 - 3 * page, 5 - 3 * page, page]) {
            const sessionId = `ses_${pad(Math.max(0, n))}`;
            await endSession(database(), { sessionId, operatorId, shard: 0 }, stop(99));
          }
        }

        expect(ids).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `ses_${pad(n)}`));
        expect(after).toBeUndefined();
      });
    },
  );
});
