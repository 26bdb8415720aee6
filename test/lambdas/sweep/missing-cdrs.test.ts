import '../quiet.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { sweepSessions } from '../../../lambdas/sweep/sweep-sessions.ts';
import { endedSessions } from '../../../lib/functions/record-filters.ts';
import { matchesPattern, parseEventPattern } from '../../../runner/event-source/event-pattern.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { newOperator, plugIn, scan, settle, type TestOperator } from '../plant.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Noon of a day, so that no sweep of a test is the first one of its day unless it says so. */
const begun = Math.floor(Date.now() / day) * day - 2 * day + 12 * hour;
const timeAt = (hours: number): string => new Date(begun + hours * hour).toISOString();

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let chargers = 0;

// A database for each: a sweep looks at all operators.
beforeEach(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
});

afterEach(async () => {
  await database.stop();
});

/** A session of an hour that ended; nothing has followed from that yet. Gives its charger's key. */
async function endedSession(form: object = { tariffId }): Promise<string> {
  chargers += 1;
  const chargerId = `LOST-${chargers}`;
  await operator.call('POST', '/chargers', { chargerId, maxPowerKw: 22, ...form });
  const chargerKey = chargerId.toLowerCase();
  const charger = await plugIn(database, chargerKey, begun);
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(0), meterStart: 0 };
  const { transactionId } = await charger.call('StartTransaction', start);
  const later = await plugIn(database, chargerKey, begun + hour);
  const stop = { transactionId, timestamp: timeAt(1), meterStop: 7000 };
  await later.call('StopTransaction', stop);
  return chargerKey;
}

const sweepAt = async (hours: number, hasTime = () => true) =>
  await sweepSessions(database, { now: begun + hours * hour, hasTime });

const sessionItems = async () =>
  (await scan(database, database.state)).filter((item) => item['kind']?.S === 'SESSION');

/** Hands what changed between two scans to the step that makes CDRs, as the stream of the table does. */
async function followStream(before: readonly Readonly<Record<string, unknown>>[]): Promise<number> {
  const old = new Map(before.map((item) => [JSON.stringify(item['pk']), JSON.stringify(item)]));
  const pattern = parseEventPattern(JSON.stringify(endedSessions));
  const changed = (await sessionItems()).filter(
    (item) => old.get(JSON.stringify(item['pk'])) !== JSON.stringify(item),
  );
  const followed = changed.filter((NewImage) =>
    matchesPattern(pattern, { eventName: 'MODIFY', dynamodb: { NewImage } }),
  );
  for (const item of followed) await settle(database, item['chargerKey']?.S);
  return followed.length;
}

const cdrsOf = async (): Promise<readonly Cdr[]> =>
  ((await operator.call('GET', '/cdrs?limit=100')).body.items ?? []) as unknown as Cdr[];

describe('an ended session whose stream record was lost', () => {
  it('an ended session whose stream record was lost is sealed by the next sweep, exactly once', async () => {
    await endedSession();
    const before = await sessionItems();

    const first = await sweepAt(25);
    expect(await followStream(before)).toBe(1);
    const settled = await sessionItems();
    const second = await sweepAt(26);

    expect([first.cdrsAsked, second.cdrsAsked]).toEqual([1, 0]);
    expect(await followStream(settled)).toBe(0);
    expect(await cdrsOf()).toMatchObject([{ state: 'sealed', energyKwh: 7 }]);
  });

  it('an ended session is left alone for an hour, while its CDR may still be on its way', async () => {
    await endedSession();

    expect((await sweepAt(1.5)).cdrsAsked).toBe(0);
    expect((await sweepAt(2.5)).cdrsAsked).toBe(1);
  });

  it('an ended session without a CDR is found weeks later by the first sweep that begins on a day', async () => {
    const days = 20 * 24;
    await sweepAt(days);
    await endedSession();

    expect((await sweepAt(days + 1)).cdrsAsked).toBe(0);
    expect((await sweepAt(days + 13)).cdrsAsked).toBe(1);
  });

  it('a look far back that runs out of time is continued where it was, until it has seen the sessions of all operators', async () => {
    const lost = [await endedSession(), await endedSession()];
    operator = await newOperator(database, 'Another');
    await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
    lost.push(await endedSession({}));
    const before = await sessionItems();

    let asked = 0;
    let runs = 0;
    for (let complete = false; !complete && runs < 100; runs += 1) {
      let looks = 0;
      // The time of a run is over after three looks: some parts of the list of one operator.
      const hasTime = () => ++looks <= 3;
      const sweep = await sweepAt(20 * 24 + runs, hasTime);
      asked += sweep.cdrsAsked;
      complete = sweep.complete;
    }

    expect(runs).toBeGreaterThan(3);
    expect(asked).toBe(lost.length);
    expect(await followStream(before)).toBe(lost.length);
  });

  it('an ended session without a CDR is found by a later sweep if one runs out of time', async () => {
    await endedSession();

    expect(await sweepAt(25, () => false)).toMatchObject({ cdrsAsked: 0, complete: false });
    expect(await sweepAt(26)).toMatchObject({ cdrsAsked: 1, complete: true });
  });
});

describe('a sweep for CDRs', () => {
  it('the first sweep of a day finds a session whose held CDR was decided on and not sealed', async () => {
    const chargerKey = await endedSession({});
    await settle(database, chargerKey);
    await sweepAt(80);
    const [held] = await cdrsOf();
    const decision = { decision: 'accept', tariffId };
    const answer = await operator.call('POST', `/cdrs/${held?.cdrId}/resolve`, decision);
    expect([held?.state, answer.status]).toEqual(['held', 202]);
    const before = await sessionItems();

    expect((await sweepAt(83)).cdrsAsked).toBe(0);
    expect((await sweepAt(84.5)).cdrsAsked).toBe(1);
    expect(await followStream(before)).toBe(1);

    expect(await cdrsOf()).toMatchObject([{ state: 'sealed', energyKwh: 7 }]);
  });

  it('a sweep counts the hours since the session ended whose CDR has been held for the longest, until it is decided', async () => {
    await settle(database, await endedSession());
    expect((await sweepAt(20)).oldestHeldHours).toBe(0);
    const chargerKey = await endedSession({});
    await settle(database, chargerKey);

    expect((await sweepAt(10.5)).oldestHeldHours).toBe(9);
    expect((await sweepAt(8 * 24 + 1.5)).oldestHeldHours).toBe(8 * 24);

    const held = (await cdrsOf()).find(({ state }) => state === 'held');
    const decision = { decision: 'accept', tariffId };
    await operator.call('POST', `/cdrs/${held?.cdrId}/resolve`, decision);
    await settle(database, chargerKey);
    expect((await sweepAt(8 * 24 + 2)).oldestHeldHours).toBe(0);
  });

  it('a sweep only reads the keys of lists while every session has its CDR', async () => {
    const keys = [];
    for (let n = 0; n < 12; n += 1) keys.push(await endedSession());
    for (const key of keys) await settle(database, key);
    await sweepAt(2);

    const requests = await countRequests(database, () => sweepAt(3));

    expect(requests.writes).toEqual([]);
    expect(requests.reads.filter((name) => name === 'BatchGetItem')).toEqual([]);
    expect(requests.reads.length).toBeLessThanOrEqual(12);
  });
});
