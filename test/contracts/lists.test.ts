import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import type { Session, SessionState } from '../../core/session/session.ts';
import { putCdrEntry } from '../../lambdas/store/cdrs/cdr-entries.ts';
import { listCdrs, writeHeldCdr, writeSealedCdr } from '../../lambdas/store/cdrs/cdrs.ts';
import { createOperator, readOperator, shardsOf } from '../../lambdas/store/operators/operators.ts';
import type { StoredSession } from '../../lambdas/store/sessions/session-item.ts';
import { endSession, insertSession, listSessions } from '../../lambdas/store/sessions/sessions.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import type { ListOwner } from '../../lambdas/store/table/list-owner.ts';
import type { Listed } from '../../lambdas/store/table/listed.ts';
import { countRequests } from '../lambdas/count-requests.ts';
import { haveChargers } from './have-chargers.ts';
import { haveLargeEntries, largeEntriesOfQuery } from './have-large-entries.ts';
import { onEachEngine } from './on-each-engine.ts';

const operatorId = 'op_f';
const mostQueries = 3;
const sessionStates: readonly SessionState[] = ['active', 'ended', 'void'];
const cdrStates: readonly Cdr['state'][] = ['held', 'sealed', 'credited'];

const at = (minute: number): string => new Date(Date.UTC(2026, 4, 1, 0, minute)).toISOString();
/** The part of ids that sessions and their CDRs share, in the order of the numbers. */
const pad = (n: number): string =>
  String(n)
    .padStart(26, '0')
    .replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));

const stop = (minute: number) => ({ endedAt: at(minute), receivedAt: at(minute), reason: 'Local' });

/** Each charger is alone at its location, and charged at by one account. */
const locationOf = (chargerId: string): string => `loc_${chargerId}`;
const accountOf = (chargerId: string): string => `account #1 of ${chargerId}`;

/** The owners of the sessions of a charger: itself, its location and its account. */
const ownersOf = (chargerId: string): readonly ListOwner[] => [
  { kind: 'charger', chargerKey: `${operatorId}#${chargerId}` },
  { kind: 'location', locationId: locationOf(chargerId) },
  { kind: 'account', accountId: accountOf(chargerId) },
];

/** Every list by its owner: that of all, and those of what each charger belongs to. */
const everyOwner: readonly { readonly chargerId?: string; readonly owner?: ListOwner }[] = [
  {},
  ...['cp-0', 'cp-1', 'cp-none'].flatMap((chargerId) =>
    ownersOf(chargerId).map((owner) => ({ chargerId, owner })),
  ),
];

/** Where a session of a charger belongs. */
const placeOf = (chargerId: string) => ({ shard: 0, locationId: locationOf(chargerId) });

const session = (n: number, state: SessionState, chargerId: string): Session => ({
  sessionId: `ses_${pad(n)}`,
  operatorId,
  chargerId,
  evseId: 1,
  connectorId: 1,
  transactionId: String(n),
  protocol: 'ocpp1.6',
  state,
  start: {
    ...{ startedAt: at(n), receivedAt: at(n), tokenId: 'TAG', authorization: 'Accepted' },
    accountId: accountOf(chargerId),
  },
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

type ListedCdr = {
  readonly cdrId: string;
  readonly chargerId: string;
  readonly state: 'held' | 'sealed';
};

/** An ended session of a charger with its CDR. */
async function insertCdr(
  database: Database,
  n: number,
  state: 'held' | 'sealed',
  chargerId: string,
): Promise<ListedCdr> {
  const [sessionId, cdrId] = [`ses_${pad(n)}`, `cdr_${pad(n)}`];
  await insertSession(database, session(n, 'ended', chargerId), placeOf(chargerId));
  const chargerKey = `${operatorId}#${chargerId}`;
  const owners = { ...placeOf(chargerId), accountId: accountOf(chargerId) };
  const place = { operatorId, sessionId, chargerKey, ...owners, endedAt: at(n + 1), cdrId };
  const content = JSON.stringify({ cdrId, operatorId, chargerId });
  const result = { cdrId, cdrState: state, energy: 1n, cdrAnomalies: [] };
  const closed = { version: 0, counted: {} };
  if (state === 'held') {
    const mark = { heldHash: cdrId, version: 1, closed };
    await writeHeldCdr(database, place, content, { ...mark, result });
  } else {
    const seal = { previousHash: '0', hash: 'h', signature: 's', keyId: 'k', sequence: n };
    const sealed = { ...result, cdrSequence: n };
    const read = { version: 1, held: false, closed };
    await writeSealedCdr(database, place, { content, seal }, sealed, read);
  }
  return { cdrId, chargerId, state };
}

/** Those of a state that is asked for, of one charger or of all. */
const wantedOf = <T extends { readonly state: string; readonly chargerId: string }>(
  things: readonly T[],
  states: readonly string[],
  chargerId: string | undefined,
): readonly T[] =>
  things.filter(
    (one) => states.includes(one.state) && (chargerId === undefined || one.chargerId === chargerId),
  );

/** Each state alone, and all of them. */
const choicesOf = <State>(states: readonly State[]): readonly (readonly State[])[] => [
  states,
  ...states.map((state) => [state]),
];

onEachEngine('a list of a fleet of 10,000 chargers', (database, engine) => {
  const sessionIds = async (
    shards: readonly number[],
    states: readonly SessionState[],
    owner?: ListOwner,
  ): Promise<readonly string[]> => {
    const query = { states, shards, limit: 4, owner };
    const found = await readPages(database(), query.limit, (after) =>
      listSessions(database(), operatorId, { ...query, after }),
    );
    return found.map((one) => one.session.sessionId);
  };

  const cdrIds = async (
    shards: readonly number[],
    states: readonly Cdr['state'][],
    owner?: ListOwner,
  ): Promise<readonly string[]> => {
    const query = { states, shards, limit: 4, owner };
    const found = await readPages(database(), query.limit, (after) =>
      listCdrs(database(), operatorId, { ...query, after }),
    );
    return found.map(({ cdrId }) => cdrId);
  };

  it('pages of sessions are full and in order with at most 3 queries, with any filter', async () => {
    const shards = await shardsOfFleet(database());
    const sessions = Array.from({ length: 36 }, (_, n) =>
      session(n, sessionStates[n % 5] ?? 'ended', `cp-${n % 2}`),
    );
    for (const one of sessions) await insertSession(database(), one, placeOf(one.chargerId));

    for (const states of choicesOf(sessionStates)) {
      for (const { chargerId, owner } of everyOwner) {
        const expected = wantedOf(sessions, states, chargerId)
          .map(({ sessionId }) => sessionId)
          .toReversed();
        expect(await sessionIds(shards, states, owner)).toEqual(expected);
      }
    }
  });

  it('the one active session of a charger, a location or an account is found among very many ended ones', async () => {
    const shards = await shardsOfFleet(database());
    for (let n = 0; n < 150; n += 1) {
      const state = n === 0 ? 'active' : 'ended';
      await insertSession(database(), session(n, state, 'cp-1'), placeOf('cp-1'));
    }

    for (const owner of ownersOf('cp-1')) {
      expect(await sessionIds(shards, ['active'], owner)).toEqual([`ses_${pad(0)}`]);
      expect(await sessionIds(shards, ['void'], owner)).toEqual([]);
    }
  });

  it('a page of a charger ends early rather than read on, and rare sessions are found on a later page', async () => {
    const shards = await shardsOfFleet(database());
    const owner = { kind: 'charger', chargerKey: `${operatorId}#cp-1` } as const;
    await insertSession(database(), session(1, 'active', 'cp-1'), { shard: 0 });
    const count = 1.5 * largeEntriesOfQuery;
    await haveLargeEntries(database(), { operatorId, from: at(10), count });
    // Two states are two partitions, of which one page reads 1 MB each.
    const query = { states: ['active', 'void'], shards, limit: 4, owner } as const;

    const found: string[] = [];
    let pages = 0;
    let after: string | undefined;
    do {
      pages += 1;
      let page: Listed<StoredSession> = { items: [], next: null };
      const { reads } = await countRequests(database(), async () => {
        page = await listSessions(database(), operatorId, { ...query, after });
      });
      expect(reads.filter((name) => name === 'Query').length).toBeLessThanOrEqual(mostQueries);
      found.push(...page.items.map((one) => one.session.sessionId));
      after = page.next ?? undefined;
    } while (after !== undefined);

    expect(found).toEqual([`ses_${pad(1)}`]);
    // DynamoDB Local limits a page by what the filter leaves of it, AWS by what was read.
    if (engine === 'dynoxide') expect(pages).toBeGreaterThan(1);
  });

  it('pages of CDRs are full and in order with at most 3 queries, with any filter', async () => {
    const shards = await shardsOfFleet(database());
    const cdrs: ListedCdr[] = [];
    for (let n = 0; n < 16; n += 1) {
      const state = n % 3 === 0 ? 'held' : 'sealed';
      cdrs.push(await insertCdr(database(), n, state, `cp-${n % 2}`));
    }

    for (const states of choicesOf(cdrStates)) {
      for (const { chargerId, owner } of everyOwner) {
        const expected = wantedOf(cdrs, states, chargerId)
          .map(({ cdrId }) => cdrId)
          .toReversed();
        expect(await cdrIds(shards, states, owner)).toEqual(expected);
      }
    }
  });

  it('an entry whose CDR was never written, or has moved, is passed over and costs no page its length', async () => {
    const shards = await shardsOfFleet(database());
    const cdrs: ListedCdr[] = [];
    for (let n = 0; n < 6; n += 1) cdrs.push(await insertCdr(database(), n, 'sealed', 'cp-1'));
    for (const n of [1, 3, 9]) {
      const [sessionId, cdrId] = [`ses_${pad(n)}`, `cdr_${pad(n)}`];
      const owners = { ...placeOf('cp-1'), accountId: accountOf('cp-1') };
      const place = { operatorId, sessionId, chargerKey: `${operatorId}#cp-1`, ...owners, cdrId };
      await putCdrEntry(database(), { ...place, endedAt: at(n + 30) });
    }

    const expected = cdrs.map(({ cdrId }) => cdrId).toReversed();
    for (const states of [cdrStates, ['sealed'] as const]) {
      for (const owner of ownersOf('cp-1')) {
        expect(await cdrIds(shards, states, owner)).toEqual(expected);
      }
    }
  });

  describe.each<readonly [string, ListOwner | undefined]>([
    ...ownersOf('cp-1').map((owner) => [`of one ${owner.kind}`, owner] as const),
    ['of all', undefined],
  ])('a list of sessions %s', (_, owner) => {
    it('a session that ends between two pages is neither lost nor repeated', async () => {
      const shards = await shardsOfFleet(database());
      for (let n = 0; n < 9; n += 1) {
        await insertSession(database(), session(n, 'active', 'cp-1'), placeOf('cp-1'));
      }
      const query = { states: sessionStates, shards, limit: 3, owner };
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
  });
});
