import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeSweepProgress } from '../../../lambdas/store/sessions/sweep-progress.ts';
import { sweepSessions } from '../../../lambdas/sweep/sweep-sessions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  type Body,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
} from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let chargerId: string;
let count = 0;

const hour = 3_600_000;
/** When the sessions begin on our clock, long enough ago for all that follows. */
const begun = Date.now() - 30 * 24 * hour;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

beforeEach(async () => {
  // A sweep that had no time in another test must not decide where this one begins.
  await writeSweepProgress(database, {});
  // An operator for each: a sweep looks at all of them.
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  count += 1;
  chargerId = `W-${count}`;
  await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
});

const key = () => chargerId.toLowerCase();

/** The charger at some hours of our clock after the session began. */
const chargerAt = (hours: number) => plugIn(database, key(), begun + hours * hour);

const timeAt = (hours: number): string => new Date(begun + hours * hour).toISOString();

const startAt = async (hours: number, changes: object = {}): Promise<number> => {
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(hours), meterStart: 0 };
  const { transactionId } = await (await chargerAt(hours)).call('StartTransaction', {
    ...start,
    ...changes,
  });
  return Number(transactionId);
};

const sweepAt = async (hours: number, hasTime = () => true) =>
  await sweepSessions(database, { now: begun + hours * hour, hasTime });

const session = async (): Promise<Body> =>
  ((await operator.call('GET', `/sessions?chargerId=${key()}`)).body.items ?? [])[0] ?? {};

const codes = (thing: Body): readonly string[] =>
  (thing['anomalies'] as { code: string }[]).map(({ code }) => code);

describe('a session that never stops', () => {
  it('a session without any sign for a day is closed at its last reading, and held', async () => {
    const transactionId = await startAt(0);
    const charger = await chargerAt(1);
    await charger.call('MeterValues', meterValues(timeAt(1), 7000, transactionId));

    await sweepAt(24.5);
    expect(await session()).toMatchObject({ state: 'active' });
    await sweepAt(25.5);
    await settle(database, key());

    const closed = await session();
    expect(closed).toMatchObject({
      state: 'ended',
      stopReason: 'Abandoned',
      endedAt: timeAt(1),
      energyKwh: 7,
    });
    expect(codes(closed)).toContain('SESSION_ABANDONED');
    const cdr = await operator.call('GET', `/cdrs/${closed['cdrId']}`);
    expect(cdr.body).toMatchObject({ state: 'held', total: null });
  });

  it('a session that never reported anything is closed at its start', async () => {
    await startAt(0);

    await sweepAt(25);

    expect(await session()).toMatchObject({ state: 'ended', endedAt: timeAt(0) });
  });

  it('a session is closed only once, however often and wherever a sweep runs', async () => {
    await startAt(0);

    const sweeps = await Promise.all([sweepAt(25), sweepAt(25), sweepAt(25)]);
    const closed = await session();
    await sweepAt(30);

    expect(sweeps.map(({ failed }) => failed)).toEqual([0, 0, 0]);
    expect(await session()).toEqual(closed);
  });

  it('a closed session ends by its own stop if that arrives after all', async () => {
    const transactionId = await startAt(0);
    await sweepAt(25);
    await settle(database, key());
    const charger = await chargerAt(40);
    const stop = { transactionId, timestamp: timeAt(2), meterStop: 9000 };

    await charger.call('StopTransaction', stop);
    await settle(database, key());

    const ended = await session();
    expect(ended).toMatchObject({ endedAt: timeAt(2), stopReason: 'Local', anomalies: [] });
    const cdr = await operator.call('GET', `/cdrs/${ended['cdrId']}`);
    expect(cdr.body).toMatchObject({ state: 'sealed', energyKwh: 9, total: { exclVat: '4.50' } });
  });

  it('a closed session is resolved by the operator like any other held one', async () => {
    const transactionId = await startAt(0);
    const charger = await chargerAt(1);
    await charger.call('MeterValues', meterValues(timeAt(1), 7000, transactionId));
    await sweepAt(26);
    await settle(database, key());
    const { cdrId } = await session();

    const answer = await operator.call('POST', `/cdrs/${cdrId}/resolve`, { decision: 'accept' });
    await settle(database, key());

    expect(answer.status).toBe(202);
    const cdr = await operator.call('GET', `/cdrs/${cdrId}`);
    expect(cdr.body).toMatchObject({ state: 'sealed', total: { exclVat: '3.50' } });
    expect(codes(cdr.body)).toContain('SESSION_ABANDONED');
  });

  it('a silent session is closed after as long as its operator configured', async () => {
    await startAt(0);
    const changed = await operator.call('PUT', '/settings', {
      neverStopped: { closeAfterHours: 48 },
    });
    expect(changed.status).toBe(200);

    await sweepAt(47);
    expect(await session()).toMatchObject({ state: 'active' });
    await sweepAt(49);
    expect(await session()).toMatchObject({ state: 'ended' });
  });
});

describe('a session that is quiet', () => {
  it('a silent session continues while its charger reports that it charges', async () => {
    await startAt(0);
    const status = { connectorId: 1, errorCode: 'NoError', status: 'SuspendedEV' };
    await (await chargerAt(20)).call('StatusNotification', { ...status, timestamp: timeAt(20) });

    await sweepAt(25);

    expect(await session()).toMatchObject({ state: 'active' });
  });

  it('a silent session is closed if its charger only ever returns with an available connector', async () => {
    await startAt(0);
    const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
    await (await chargerAt(20)).call('StatusNotification', { ...status, timestamp: timeAt(20) });

    await sweepAt(25);

    expect(await session()).toMatchObject({ state: 'ended' });
  });

  it('a session continues on meter values without a transaction if the charger never names one', async () => {
    await startAt(0);
    await (await chargerAt(20)).call('MeterValues', meterValues(timeAt(20), 5000));

    await sweepAt(25);

    expect(await session()).toMatchObject({ state: 'active' });
  });

  it('a session continues if its start arrived only now, however long ago it was', async () => {
    const charger = await chargerAt(48);
    const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(0), meterStart: 0 };
    await charger.call('StartTransaction', start);

    await sweepAt(50);

    expect(await session()).toMatchObject({ state: 'active' });
  });

  it("a silent session is also closed if its charger's clock is in the future", async () => {
    await startAt(0, { timestamp: timeAt(24 * 365) });

    await sweepAt(25);

    expect(await session()).toMatchObject({ state: 'ended' });
  });
});

describe('a sweep', () => {
  it('a sweep checks the sessions of every operator and every shard', async () => {
    const others = [];
    for (let n = 0; n < 3; n += 1) {
      const other = await newOperator(database, `Other ${n}`);
      others.push(other);
      await other.call('POST', '/chargers', { chargerId: `${chargerId}-${n}` });
      const charger = await plugIn(database, `${key()}-${n}`, begun);
      const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(0), meterStart: 0 };
      await charger.call('StartTransaction', start);
    }

    const { closed, complete } = await sweepAt(25);

    expect(closed).toBeGreaterThanOrEqual(3);
    expect(complete).toBe(true);
    for (const other of others) {
      const { items } = (await other.call('GET', '/sessions')).body;
      expect(items?.map(({ state }) => state)).toEqual(['ended']);
    }
  });

  it('a sweep closes all other sessions if one cannot be closed, and reports that', async () => {
    await startAt(0);
    const others = `${chargerId}-other`;
    await operator.call('POST', '/chargers', { chargerId: others });
    const charger = await plugIn(database, others.toLowerCase(), begun);
    const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(0), meterStart: 0 };
    await charger.call('StartTransaction', start);
    const { sessionId } = await session();
    const isOfBroken = (input: object) => JSON.stringify(input).includes(String(sessionId));
    database.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'UpdateItemCommand' && isOfBroken(args.input)) {
          throw new Error('no answer');
        }
        return await next(args);
      },
      { step: 'initialize', name: 'broken' },
    );
    const first = await sweepAt(25).finally(() => database.client.middlewareStack.remove('broken'));

    expect(first).toMatchObject({ closed: 1, failed: 1, complete: true });
    expect(await session()).toMatchObject({ state: 'active' });
    expect(await sweepAt(25)).toMatchObject({ closed: 1, failed: 0 });
    expect(await session()).toMatchObject({ state: 'ended' });
  });

  it('a sweep ends in time, and the next one continues', async () => {
    await startAt(0);

    const first = await sweepAt(25, () => false);
    expect(first).toMatchObject({ closed: 0, complete: false });
    expect(await session()).toMatchObject({ state: 'active' });
    await sweepAt(26);
    expect(await session()).toMatchObject({ state: 'ended' });
  });

  it('a sweep reaches all operators, however many active sessions come first and however little time it has', async () => {
    const other = await newOperator(database, 'Other');
    const ids = [operator.operatorId, other.operatorId].toSorted();
    const [early, late] = ids[0] === operator.operatorId ? [operator, other] : [other, operator];
    const begin = async (of: TestOperator, id: string) => {
      await of.call('POST', '/chargers', { chargerId: id });
      const charger = await plugIn(database, id.toLowerCase(), begun);
      const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(0), meterStart: 0 };
      return Number((await charger.call('StartTransaction', start))['transactionId']);
    };
    for (let n = 0; n < 20; n += 1) {
      const transactionId = await begin(early, `${chargerId}-E${n}`);
      const charger = await plugIn(database, `${key()}-e${n}`, begun + 24 * hour);
      await charger.call('MeterValues', meterValues(timeAt(24), 7000, transactionId));
    }
    await begin(late, `${chargerId}-L`);
    const stateOfLate = async () => {
      const { items } = (await late.call('GET', `/sessions?chargerId=${key()}-l`)).body;
      return items?.[0]?.['state'];
    };

    // Another sweep of the day has looked far back.
    await writeSweepProgress(database, { farOn: timeAt(25).slice(0, 10) });
    let sweeps = 0;
    for (; sweeps < 30 && (await stateOfLate()) === 'active'; sweeps += 1) {
      let groups = 1;
      await sweepAt(25, () => {
        groups -= 1;
        return groups >= 0;
      });
    }

    expect(await stateOfLate()).toBe('ended');
    expect(sweeps).toBeGreaterThan(1);
  });
});
