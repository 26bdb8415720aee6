import fc from 'fast-check';
import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { chainOf, expectWholeChain, settleLate } from '../corrections/late-plant.ts';
import {
  type Body,
  codesOf,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
} from '../plant.ts';

const minute = 60_000;
const reason = 'The charger was taken away.';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

beforeEach(async () => {
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
});

/** A session that began some hours ago, of a charger of its own. */
async function beginSession(hoursAgo = 3) {
  count += 1;
  const chargerId = `E-${count}`;
  await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
  const key = chargerKey(operator.operatorId, chargerId);
  const begun = Date.now() - hoursAgo * 60 * minute;
  const timeAt = (minutes: number): string => new Date(begun + minutes * minute).toISOString();
  /** Sends something at a minute of the session; now, where it comes late. */
  const say = async (action: string, payload: object, minutes?: number) => {
    const when = minutes === undefined ? Date.now() : begun + minutes * minute;
    return await (await plugIn(database, key, when)).call(action, payload);
  };
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(0), meterStart: 0 };
  const transactionId = Number((await say('StartTransaction', start, 0))['transactionId']);
  const listed = await operator.call('GET', `/sessions?chargerId=${chargerId}`);
  const sessionId = String(listed.body.items?.[0]?.['sessionId']);
  return {
    chargerId,
    key,
    sessionId,
    timeAt,
    say,
    read: async (minutes: number, wh: number, when?: number) =>
      await say('MeterValues', meterValues(timeAt(minutes), wh, transactionId), when),
    stop: async (minutes: number, meterStop: number) =>
      await say('StopTransaction', { transactionId, timestamp: timeAt(minutes), meterStop }),
    report: async (status: string, minutes: number) => {
      const report = { connectorId: 1, errorCode: 'NoError', status, timestamp: timeAt(minutes) };
      await say('StatusNotification', report, minutes);
      await settle(database, key);
    },
    connect: async (minutes: number) => {
      const connection = { connectionId: `e-${count}`, protocol: 'ocpp1.6' };
      await takeOver(database, key, { ...connection, connectedAt: timeAt(minutes) });
    },
    settle: async () => await settleLate(database, { chargerKey: key, sessionId }),
  };
}

const end = async (sessionId: string, form: object = { reason }) =>
  await operator.call('POST', `/sessions/${sessionId}/end`, form);

const cdrOf = async (sessionId: string): Promise<Body> =>
  (await operator.call('GET', `/sessions/${sessionId}/cdr`)).body;

describe('ending a session by hand', () => {
  it('a session of a charger that was taken away ends at its last reading, and is billed by its readings', async () => {
    const session = await beginSession();
    await session.read(40, 7000, 40);

    const answer = await end(session.sessionId);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        sessionId: session.sessionId,
        state: 'ended',
        stopReason: 'EndedByOperator',
        endedAt: session.timeAt(40),
      },
    });
    await session.settle();

    const cdr = await cdrOf(session.sessionId);
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7, total: { exclVat: '3.50' } });
    expect(codesOf(cdr)).toContain('ENDED_BY_OPERATOR');
    expect(cdr['evidence']).toMatchObject({
      session: { stop: { byHand: { reason, apiKeyId: expect.any(String) } } },
    });
    await expectWholeChain(operator, session.chargerId);
  });

  it('a session that nobody looked at for weeks is billed likewise', async () => {
    await operator.call('PUT', '/settings', { neverStopped: { closeAfterHours: 720 } });
    const session = await beginSession(20 * 24);
    await session.read(40, 7000, 40);

    await end(session.sessionId);
    await session.settle();

    expect(await cdrOf(session.sessionId)).toMatchObject({ state: 'sealed', energyKwh: 7 });
  });

  it('a session without any reading ends at its start, and is held, since nobody knows what was charged', async () => {
    const session = await beginSession();

    expect((await end(session.sessionId)).body).toMatchObject({ endedAt: session.timeAt(0) });
    await session.settle();

    expect(await cdrOf(session.sessionId)).toMatchObject({ state: 'held', total: null });
  });

  it('a session ends when its operator says, with what was measured until then', async () => {
    const session = await beginSession();
    await session.read(20, 3000, 20);
    await session.read(40, 7000, 40);
    const endedAt = session.timeAt(30);

    expect((await end(session.sessionId, { reason, endedAt })).body).toMatchObject({ endedAt });
    await session.settle();

    expect(await cdrOf(session.sessionId)).toMatchObject({ endedAt, energyKwh: 3 });
  });

  it('the same wish again gets the same answer, and another one that the session has ended', async () => {
    const session = await beginSession();
    await session.read(40, 7000, 40);
    const first = await end(session.sessionId);

    expect(await end(session.sessionId)).toEqual(first);
    await session.settle();
    expect((await end(session.sessionId)).status).toBe(200);
    expect(await end(session.sessionId, { reason: 'Broken.' })).toMatchObject({
      code: 'SESSION_NOT_ACTIVE',
    });
    expect(await end(session.sessionId, { reason, endedAt: session.timeAt(39) })).toMatchObject({
      code: 'SESSION_NOT_ACTIVE',
    });
    expect(await chainOf(operator, session.chargerId)).toHaveLength(1);
  });

  it('two wishes at once end a session once', async () => {
    const session = await beginSession();
    await session.read(40, 7000, 40);
    const answers = await Promise.all([
      end(session.sessionId),
      end(session.sessionId, { reason: 'Broken.' }),
    ]);

    expect(answers.map(({ code = 'ended' }) => code).toSorted()).toEqual([
      'SESSION_NOT_ACTIVE',
      'ended',
    ]);
  });

  it('a session that its charger ended, or that nobody has, is not ended', async () => {
    const session = await beginSession();
    await session.stop(50, 8000);

    expect(await end(session.sessionId)).toMatchObject({ code: 'SESSION_NOT_ACTIVE' });
    for (const unknown of ['ses_unknown', 'rse_unknown']) {
      expect(await end(unknown)).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    }
  });

  it('a session ends neither before it began nor in the future', async () => {
    const session = await beginSession();
    for (const endedAt of [session.timeAt(-1), new Date(Date.now() + 60_000).toISOString()]) {
      expect(await end(session.sessionId, { reason, endedAt })).toMatchObject({
        code: 'INVALID_REQUEST',
        body: { details: [{ path: 'body.endedAt' }] },
      });
    }
    expect(await end(session.sessionId, { reason: ' ' })).toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });
});

describe('ending a session of a charger that is connected', () => {
  it('a session that its charger still reports ends only if that is forced', async () => {
    const session = await beginSession(1);
    await session.connect(0);
    await session.read(40, 7000, 40);

    expect(await end(session.sessionId)).toMatchObject({ code: 'SESSION_STILL_REPORTED' });
    expect(await end(session.sessionId, { reason, force: true })).toMatchObject({ status: 200 });
  });

  it('a session ends whose charger has restarted and does not report it', async () => {
    const session = await beginSession(1);
    await session.connect(45);
    await session.read(40, 7000, 40);
    await session.say('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }, 45);

    expect((await end(session.sessionId)).status).toBe(200);
  });

  it('a session ends whose charger has restarted and reports it again only if that is forced', async () => {
    const session = await beginSession(1);
    await session.connect(45);
    await session.say('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }, 45);
    await session.report('Charging', 46);

    expect(await end(session.sessionId)).toMatchObject({ code: 'SESSION_STILL_REPORTED' });
  });

  it.each(['Available', 'Faulted', 'Unavailable', 'Finishing'])(
    'a session ends whose connector has become %s',
    async (status) => {
      const session = await beginSession(1);
      await session.connect(0);
      await session.report('Charging', 1);
      await session.read(40, 7000, 40);
      await session.report(status, 45);

      expect((await end(session.sessionId)).status).toBe(200);
    },
  );
});

/** All that a charger reads in a session, of which `known` readings come before it is ended by hand. */
type Late = {
  readonly minutes: readonly number[];
  readonly known: number;
  readonly isStopped: boolean;
  readonly settlesFirst: boolean;
};

/** Ends a session by hand of which a charger says more later; gives it when all of that is settled. */
async function endAndHearMore({ minutes, known, isStopped, settlesFirst }: Late) {
  const session = await beginSession();
  for (const at of minutes.slice(0, known)) await session.read(at, at * 100, at);
  await end(session.sessionId, { reason, endedAt: session.timeAt(60) });
  if (settlesFirst) await session.settle();
  for (const at of minutes.slice(known)) await session.read(at, at * 100);
  if (isStopped) await session.stop(70, 7000);
  await session.settle();
  return session;
}

describe('what a charger says after its session was ended by hand', () => {
  it('whatever it says, and whenever, its driver pays for all that was charged, and for nothing twice', async () => {
    const ascending = (all: readonly number[]) => [...new Set(all)].toSorted((a, b) => a - b);
    const late = fc.record({
      minutes: fc
        .array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 })
        .map(ascending),
      known: fc.nat({ max: 4 }),
      isStopped: fc.boolean(),
      settlesFirst: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(late, async (all) => {
        const { chargerId, sessionId } = await endAndHearMore(all);
        const [kwh, stopReason] = all.isStopped
          ? [7, 'Local']
          : [Math.max(...all.minutes) / 10, 'EndedByOperator'];

        const chain = await expectWholeChain(operator, chargerId);
        const cents = chain.map(({ total }) => Math.round(Number(total?.exclVat) * 100));
        expect(chain.at(-1)).toMatchObject({ energyKwh: kwh });
        expect(cents.reduce((sum, one) => sum + one, 0)).toBe(Math.round(kwh * 50));
        expect((await operator.call('GET', `/sessions/${sessionId}`)).body).toMatchObject({
          stopReason,
        });
      }),
      { numRuns: 12 },
    );
  });
});
