import { chargerKey } from '../../../core/charger/charger-key.ts';
import type { Session } from '../../../core/session/session.ts';
import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MissingStopMessage } from '../../../lambdas/billing/correction-message.ts';
import { askAfterTakeover } from '../../../lambdas/cdr/ask-after-takeover.ts';
import { checkMissingStop } from '../../../lambdas/corrections/check-missing-stop.ts';
import { watchOpenSession } from '../../../lambdas/status/watch-open-session.ts';
import { readSession } from '../../../lambdas/store/sessions/sessions.ts';
import { sweepSessions } from '../../../lambdas/sweep/sweep-sessions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { chainOf, settleLate } from '../corrections/late-plant.ts';
import {
  type Body,
  codesOf,
  messageRecords,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
} from '../plant.ts';

const minute = 60_000;
const begun = Date.now() - 30 * 24 * 60 * minute;
const timeAt = (minutes: number): string => new Date(begun + minutes * minute).toISOString();

/** A minute as the clock of the charger says it. */
let told = timeAt;

let database: TestDatabase;
let operator: TestOperator;
let chargerId: string;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

beforeEach(async () => {
  told = timeAt;
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  count += 1;
  chargerId = `M-${count}`;
  await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
});

const key = () => chargerKey(operator.operatorId, chargerId);
const chargerAt = (minutes: number) => plugIn(database, key(), begun + minutes * minute);

async function startAt(minutes: number, meterStart = 0): Promise<number> {
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: told(minutes), meterStart };
  const charger = await chargerAt(minutes);
  return Number((await charger.call('StartTransaction', start))['transactionId']);
}

/** A session of which 7 kWh were read after 40 minutes, and whose stop does not come. */
async function chargeWithoutStop(): Promise<number> {
  const transactionId = await startAt(0);
  const charger = await chargerAt(40);
  await charger.call('MeterValues', meterValues(told(40), 7000, transactionId));
  return transactionId;
}

type Asked = readonly [MissingStopMessage, number];

/** Reports a status, and does what follows from it; gives what is asked of the queue, and after how many minutes. */
async function reportAt(minutes: number, status: string) {
  const asked: Asked[] = [];
  const report = { connectorId: 1, errorCode: 'NoError', status, timestamp: told(minutes) };
  await (await chargerAt(minutes)).call('StatusNotification', report);
  await settle(database, key());
  const all = await messageRecords(database);
  const [message] = all.filter(
    (one) => one.kind === 'status' && one.chargerKey === key() && one.at === timeAt(minutes),
  );
  if (message === undefined) throw new Error('no status was kept');
  await watchOpenSession(database, message, async (...given) => {
    asked.push(given);
  });
  return asked;
}

/** Minutes that a queue can delay a message, and which are left after it. */
const delayed = (message: MissingStopMessage, minutes: number): MissingStopMessage => ({
  sessionId: message.sessionId,
  missingSince: message.missingSince,
  ...(minutes > 15 && { minutesLeft: minutes - 15 }),
});

/** Delivers what was asked at a minute, as often as the queue delays it; gives when it asked for the stop, and with what outcome. */
async function deliver(asked: Asked | undefined, minute: number) {
  if (asked === undefined) throw new Error('nothing was asked');
  let next: Asked | undefined = asked;
  let now = minute;
  let outcome = 'nothing';
  while (next !== undefined) {
    const [message, minutes]: Asked = next;
    next = undefined;
    now += Math.min(minutes, 15);
    outcome = await checkMissingStop(database, delayed(message, minutes), {
      now: timeAt(now),
      send: async (...again) => {
        next = again;
      },
    });
  }
  await settle(database, key());
  return { outcome, after: now - minute };
}

const sweepAt = async (minutes: number) => {
  const sweep = await sweepSessions(database, {
    now: begun + minutes * minute,
    hasTime: () => true,
  });
  await settle(database, key());
  return sweep;
};

const sessions = async (): Promise<readonly Body[]> =>
  (await operator.call('GET', `/sessions?chargerId=${chargerId}`)).body.items ?? [];
const cdrOf = async (session: Body | undefined): Promise<Body> =>
  (await operator.call('GET', `/cdrs/${session?.['cdrId']}`)).body;

const closeWhenAvailableAfter = async (minutes: number): Promise<void> => {
  const neverStopped = { closeWhenAvailableMinutes: minutes };
  expect((await operator.call('PUT', '/settings', { neverStopped })).status).toBe(200);
};

async function sessionOf(shown: Body | undefined): Promise<Session> {
  const stored = await readSession(database, String(shown?.['sessionId']), true);
  if (stored === undefined) throw new Error('no such session');
  return stored.session;
}

/** The question that a record of a session puts into the queue. */
async function takeOver(before: Session | undefined, session: Session) {
  let asked: Asked | undefined;
  await askAfterTakeover(database, { before, session }, async (...given) => {
    asked = given;
  });
  return asked;
}

describe('a session whose stop does not arrive', () => {
  it('a session without its stop ends a quarter of an hour after its connector became available, and is billed by its readings', async () => {
    await chargeWithoutStop();

    const [asked] = await reportAt(45, 'Available');
    expect(asked?.[1]).toBe(15);
    expect(await deliver(asked, 45)).toEqual({ outcome: 'closed', after: 15 });

    const [session] = await sessions();
    expect(session).toMatchObject({ stopReason: 'StopMissing', endedAt: timeAt(40), energyKwh: 7 });
    expect(codesOf(session)).toContain('STOP_MISSING');
    expect(await cdrOf(session)).toMatchObject({ state: 'sealed', total: { exclVat: '3.50' } });
  });

  it.each(['Asia/Tokyo', 'America/Phoenix'])(
    'a session without its stop ends likewise if the times of its charger are those of %s and name no zone',
    async (timeZone) => {
      const hours = timeZone === 'Asia/Tokyo' ? 9 : -7;
      told = (minutes) => timeAt(minutes + hours * 60).replace('Z', '');
      await operator.call('PATCH', `/chargers/${chargerId}`, { timeZone });
      await chargeWithoutStop();

      const [asked] = await reportAt(45, 'Available');
      expect(await deliver(asked, 45)).toEqual({ outcome: 'closed', after: 15 });

      expect((await sessions())[0]).toMatchObject({
        stopReason: 'StopMissing',
        startedAt: timeAt(0),
        endedAt: timeAt(40),
        energyKwh: 7,
      });
      const shown = (await operator.call('GET', `/chargers/${chargerId}`)).body;
      expect(shown['connectors']).toMatchObject([{ status: 'Available', statusAt: timeAt(45) }]);
    },
  );

  it('a session without its stop is found by the hourly sweep if no message asked for it', async () => {
    await chargeWithoutStop();
    await reportAt(45, 'Available');

    expect((await sweepAt(50)).closed).toBe(0);
    expect((await sweepAt(105)).closed).toBe(1);

    expect((await sessions())[0]).toMatchObject({ stopReason: 'StopMissing' });
  });

  it.each([1, 15, 16, 90, 1440])(
    'a session without its stop waits for the %d minutes that its operator set, however short a message can be delayed',
    async (minutes) => {
      await closeWhenAvailableAfter(minutes);
      await chargeWithoutStop();

      const [asked] = await reportAt(45, 'Available');

      expect(await deliver(asked, 45)).toEqual({ outcome: 'closed', after: minutes });
      expect((await sessions())[0]).toMatchObject({ stopReason: 'StopMissing', energyKwh: 7 });
    },
  );

  it('a session without its stop waits as long for the sweep as for the queue', async () => {
    await closeWhenAvailableAfter(90);
    await chargeWithoutStop();

    await reportAt(45, 'Available');
    await sweepAt(130);
    expect((await sessions())[0]).toMatchObject({ state: 'active' });
    await sweepAt(136);
    expect((await sessions())[0]).toMatchObject({ state: 'ended' });
  });

  it.each([15, 90])(
    'a session without its stop is also billed by its readings if another session takes its connector, after %d minutes as its operator set',
    async (minutes) => {
      await closeWhenAvailableAfter(minutes);
      await chargeWithoutStop();
      await startAt(50, 7000);
      const [, running] = await sessions();
      const before = await sessionOf(running);
      await settle(database, key());
      const [, first] = await sessions();
      expect(await cdrOf(first)).toMatchObject({ state: 'held' });

      const asked = await takeOver(before, await sessionOf(first));
      expect(await deliver(asked, 50)).toEqual({ outcome: 'closed', after: minutes });

      const [, ended] = await sessions();
      expect(ended).toMatchObject({ stopReason: 'StopMissing', endedAt: timeAt(40) });
      expect(await cdrOf(ended)).toMatchObject({ state: 'sealed', energyKwh: 7 });
    },
  );

  it('what a session shows after another one took its connector is not in its bill', async () => {
    const transactionId = await chargeWithoutStop();
    await startAt(50, 7000);
    const before = await sessionOf((await sessions())[1]);
    await settle(database, key());
    const charger = await chargerAt(55);
    await charger.call('MeterValues', meterValues(timeAt(55), 8000, transactionId));
    await settle(database, key());
    const [, first] = await sessions();

    const asked = await takeOver(before, await sessionOf(first));
    expect(await deliver(asked, 55)).toEqual({ outcome: 'closed', after: 15 });

    const [, ended] = await sessions();
    expect(ended).toMatchObject({ stopReason: 'StopMissing', endedAt: timeAt(40) });
    const late = { sessionId: String(ended?.['sessionId']), chargerKey: key() };
    expect(await settleLate(database, late)).toEqual(['same']);
    expect(await cdrOf(ended)).toMatchObject({ state: 'sealed', energyKwh: 7 });
  });

  it('a session whose start arrives after a later one began on its connector is billed by its readings likewise', async () => {
    await startAt(50, 7000);
    await settle(database, key());
    const start = { connectorId: 1, idTag: 'TAG1', timestamp: timeAt(0), meterStart: 0 };
    const charger = await chargerAt(51);
    const { transactionId } = await charger.call('StartTransaction', start);
    await charger.call('MeterValues', meterValues(timeAt(40), 7000, Number(transactionId)));
    const [, older] = await sessions();
    expect(older).toMatchObject({ startedAt: timeAt(0), stopReason: 'Superseded' });

    const asked = await takeOver(undefined, await sessionOf(older));
    expect(await deliver(asked, 51)).toEqual({ outcome: 'closed', after: 15 });

    const [, ended] = await sessions();
    expect(ended).toMatchObject({ stopReason: 'StopMissing', endedAt: timeAt(40) });
    expect(await cdrOf(ended)).toMatchObject({ state: 'sealed', energyKwh: 7 });
  });

  it('a session that another one took over from is asked about once for its takeover, and again when its record is tried again', async () => {
    await chargeWithoutStop();
    await startAt(50, 7000);
    const [, running] = await sessions();
    const before = await sessionOf(running);
    await settle(database, key());
    const [second, first] = await sessions();
    const after = await sessionOf(first);

    expect(await takeOver(before, after)).toEqual(await takeOver(before, after));
    expect(await takeOver(after, after)).toBeUndefined();
    expect(await takeOver(undefined, await sessionOf(second))).toBeUndefined();
  });

  it('a session without its stop takes it over if it arrives, and its sealed CDR is corrected', async () => {
    const transactionId = await chargeWithoutStop();
    const [asked] = await reportAt(45, 'Available');
    await deliver(asked, 45);
    const [session] = await sessions();

    const stop = { transactionId, timestamp: timeAt(44), meterStop: 7600 };
    await (await chargerAt(200)).call('StopTransaction', stop);
    const late = { sessionId: String(session?.['sessionId']), chargerKey: key() };
    expect(await settleLate(database, late)).toEqual(['corrected']);

    const [ended] = await sessions();
    expect(ended).toMatchObject({ stopReason: 'Local', endedAt: timeAt(44), energyKwh: 7.6 });
    const chain = await chainOf(operator, chargerId);
    expect(chain.map(({ total }) => total?.exclVat)).toEqual(['3.50', '-3.50', '3.80']);
    expect(codesOf(chain[2])).not.toContain('STOP_MISSING');
  });
});

describe('a session whose connector reports itself available', () => {
  it('an available connector whose session has ended, as nearly all have, requests nothing', async () => {
    const transactionId = await startAt(0);
    const stop = { transactionId, timestamp: timeAt(40), meterStop: 7000 };
    await (await chargerAt(40)).call('StopTransaction', stop);

    expect(await reportAt(45, 'Available')).toEqual([]);
  });

  it('a session without its stop continues if there is a sign of it, or its connector is in use again', async () => {
    const transactionId = await chargeWithoutStop();
    const [asked] = await reportAt(45, 'Available');
    const charger = await chargerAt(50);
    await charger.call('MeterValues', meterValues(timeAt(50), 8000, transactionId));

    expect(await deliver(asked, 45)).toEqual({ outcome: 'unchanged', after: 15 });
    await reportAt(55, 'Charging');
    expect((await sweepAt(200)).closed).toBe(0);
  });

  it('a session without its stop ends even if its charger repeats the status on new connections', async () => {
    await chargeWithoutStop();
    const [asked] = await reportAt(45, 'Available');
    for (const minutes of [47, 50, 55, 59]) await reportAt(minutes, 'Available');

    expect(await deliver(asked, 45)).toEqual({ outcome: 'closed', after: 15 });
  });
});
