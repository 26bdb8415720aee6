import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { sessionId } from '../../../core/session/session-id.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import {
  type PostponedMessage,
  postponedFrom,
  postponedText,
} from '../../../lambdas/ocpp/postponed-message.ts';
import { TookTooLong, within } from '../../../lambdas/runtime/within.ts';
import { readSession, replaceSession } from '../../../lambdas/store/sessions/sessions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  type Body,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
} from '../plant.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let chargerId: string;
let count = 0;
let handler: Handler;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.5' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    STATE_TABLE: database.state,
    READINGS_TABLE: database.readings,
  });
  const step = 'postponed';
  const module: { handler: Handler } = await import(`../../../lambdas/${step}/handler.ts`);
  handler = module.handler;
});

afterAll(async () => {
  await database.stop();
});

beforeEach(async () => {
  chargerId = await register();
});

async function register(): Promise<string> {
  count += 1;
  await operator.call('POST', '/chargers', { chargerId: `P-${count}`, tariffId });
  return `p-${count}`;
}

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(0), meterStart: 1000 };
const stop = (transactionId: unknown) => ({ transactionId, timestamp: at(60), meterStop: 11_000 });

/** A charger whose messages find no database: what it is answered, and what waits because of it. */
async function plugInDuringOutage(key = chargerId, now = Date.parse(at(61))) {
  const { step } = await plugIn(database, key, now);
  const waiting: PostponedMessage[] = [];
  const gone = { ...database, state: 'gone', readings: 'gone' };
  const postpone = async (message: PostponedMessage) => {
    waiting.push(message);
  };
  const send = async (action: string, payload: unknown) => {
    const text = JSON.stringify([2, 'x', action, payload]);
    const frame = await answerMessage({ ...step, database: gone, postpone }, text);
    return JSON.parse(frame ?? 'null');
  };
  return { send, waiting };
}

const run = async (bodies: readonly string[], tries = 1) =>
  await handler(
    {
      Records: bodies.map((body, index) => ({
        messageId: String(index),
        body,
        attributes: { ApproximateReceiveCount: String(tries) },
      })),
    },
    { awsRequestId: 'r', getRemainingTimeInMillis: () => 30_000 },
  );

const catchUp = async (waiting: readonly PostponedMessage[]) =>
  await run(waiting.map(postponedText));

const sessions = async (): Promise<readonly Body[]> =>
  (await operator.call('GET', `/sessions?chargerId=${chargerId}`)).body.items ?? [];

const cdrOf = async (session: Body | undefined): Promise<Body> =>
  (await operator.call('GET', `/sessions/${session?.['sessionId']}/cdr`)).body;

const nothingFailed = { batchItemFailures: [] };

describe('a message that finds no database', () => {
  it('a message during a database outage gets its usual answer, except a start, whose token cannot be checked', async () => {
    const { send, waiting } = await plugInDuringOutage();
    const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' };
    const boot = { chargePointVendor: 'A', chargePointModel: 'B' };

    expect(await send('MeterValues', meterValues(at(1), 5, 7))).toEqual([3, 'x', {}]);
    expect(await send('StopTransaction', stop(7))).toEqual([3, 'x', {}]);
    expect(await send('StatusNotification', status)).toEqual([3, 'x', {}]);
    expect(await send('BootNotification', boot)).toMatchObject([3, 'x', { status: 'Accepted' }]);
    expect(await send('StartTransaction', start)).toEqual([
      3,
      'x',
      { transactionId: expect.any(Number), idTagInfo: { status: 'Invalid' } },
    ]);
    expect((await send('Authorize', { idTag: 'TAG1' }))[2]).toBe('InternalError');
    expect(waiting.map(({ text }) => JSON.parse(text)[2])).toEqual([
      'MeterValues',
      'StopTransaction',
      'StatusNotification',
      'BootNotification',
      'StartTransaction',
    ]);
  });

  it('a message during an outage is refused or lost in the log if there is no queue either', async () => {
    const { step } = await plugIn(database, chargerId);
    const gone = { ...database, state: 'gone', readings: 'gone' };
    const postpone = () => Promise.reject(new Error('no queue'));
    const send = async (action: string, payload: unknown) => {
      const text = JSON.stringify([2, 'x', action, payload]);
      return JSON.parse((await answerMessage({ ...step, database: gone, postpone }, text)) ?? '');
    };

    expect(await send('MeterValues', meterValues(at(1), 5, 7))).toEqual([3, 'x', {}]);
    expect((await send('BootNotification', {}))[0]).toBe(4);
    expect(await send('StartTransaction', start)).toMatchObject([3, 'x', { transactionId: 0 }]);
  });

  it('a message waits a while for the database, and no longer', async () => {
    const never = new Promise<never>(() => undefined);

    await expect(within(5, never)).rejects.toThrow(TookTooLong);
    expect(await within(1000, Promise.resolve('done'))).toBe('done');
  });

  it('a message passes through the queue word for word, with every character that JSON allows', async () => {
    const { waiting, send } = await plugInDuringOutage();
    await send('StatusNotification', {
      connectorId: 1,
      status: 'Faulted',
      errorCode: 'NoError',
      info: 'ä 🔌 \uFFFE \uFFFF \u0001 \uD83D',
    });
    const [message] = waiting;
    if (message === undefined) throw new Error('nothing waits');

    const text = postponedText(message);

    expect(text).not.toMatch(/[\uFFFE\uFFFF]/);
    expect(postponedFrom(text)).toEqual(message);
  });
});

describe('a postponed session', () => {
  it('a postponed session is billed once, in whatever order and number its messages return', async () => {
    const { send, waiting } = await plugInDuringOutage();
    const { transactionId } = (await send('StartTransaction', start))[2];
    await send('MeterValues', meterValues(at(30), 5000, transactionId));
    await send('StopTransaction', stop(transactionId));

    for (const message of waiting.toReversed()) {
      expect(await catchUp([message])).toEqual(nothingFailed);
      await settle(database, chargerId);
    }
    const [session, ...others] = await sessions();
    const cdr = await cdrOf(session);
    expect(await catchUp([...waiting, ...waiting])).toEqual(nothingFailed);
    await settle(database, chargerId);

    expect(others).toEqual([]);
    expect(session).toMatchObject({ transactionId: String(transactionId), state: 'ended' });
    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 10, anomalies: [] });
    expect(cdr['evidence']).toMatchObject({ readings: 2 });
    expect(await cdrOf(session)).toEqual(cdr);
  });

  it('postponed messages keep their original time of receipt', async () => {
    const { send, waiting } = await plugInDuringOutage();
    const { timestamp, ...untimed } = start;
    await send('StartTransaction', untimed);
    await catchUp(waiting);

    expect((await sessions())[0]).toMatchObject({ startedAt: at(61) });
  });

  it('a postponed start is found by a stop that arrived before it, after the outage', async () => {
    const outage = await plugInDuringOutage();
    const { transactionId } = (await outage.send('StartTransaction', start))[2];
    const charger = await plugIn(database, chargerId, Date.parse(at(62)));
    await charger.call('StopTransaction', stop(transactionId));
    await settle(database, chargerId);
    const [orphan] = await sessions();
    expect(await cdrOf(orphan)).toMatchObject({ state: 'held', total: null });

    await catchUp(outage.waiting);
    await settle(database, chargerId);

    const [session, ...others] = await sessions();
    expect(others).toEqual([]);
    expect(session?.['sessionId']).toBe(orphan?.['sessionId']);
    expect(await cdrOf(session)).toMatchObject({ state: 'sealed', energyKwh: 10, anomalies: [] });
  });

  it('a postponed reading does not change a CDR that was sealed before, and is shown as late', async () => {
    const charger = await plugIn(database, chargerId, Date.parse(at(61)));
    const { transactionId } = await charger.call('StartTransaction', start);
    const { send, waiting } = await plugInDuringOutage();
    await send('MeterValues', meterValues(at(30), 5000, Number(transactionId)));
    await charger.call('StopTransaction', stop(transactionId));
    await settle(database, chargerId);
    const [session] = await sessions();
    const before = await cdrOf(session);

    await catchUp(waiting);
    await settle(database, chargerId);

    const path = `/sessions/${session?.['sessionId']}/readings`;
    const kindsOf = async (late: boolean) =>
      (await operator.call('GET', `${path}?late=${late}`)).body.items?.map(({ kind }) => kind);
    expect(before).toMatchObject({ state: 'sealed', energyKwh: 10, evidence: { readings: 1 } });
    expect(await cdrOf(session)).toEqual(before);
    expect(await kindsOf(false)).toEqual(['stop']);
    expect(await kindsOf(true)).toEqual(['meter']);
  });

  it('a postponed start gets an id of its own if another start has the answered one, and does no harm', async () => {
    const { send, waiting } = await plugInDuringOutage();
    const { transactionId } = (await send('StartTransaction', start))[2];
    // No two starts are known whose contents collide: another one is put where this one belongs.
    const charger = await plugIn(database, chargerId, Date.parse(at(50)));
    await charger.call('StopTransaction', stop(transactionId));
    const other = { ...start, meterStart: 7 };
    await takePlace(String(transactionId), other);
    const [before] = await sessions();

    await catchUp(waiting);

    const all = await sessions();
    expect(all).toHaveLength(2);
    expect(all.filter((one) => one['transactionId'] === String(transactionId))).toEqual([before]);
  });
});

/** Gives a session another start than its own. */
async function takePlace(transactionId: string, other: typeof start): Promise<void> {
  const stored = await readSession(
    database,
    sessionId(chargerKeyOf(operator.operatorId, chargerId), transactionId),
    true,
  );
  if (stored === undefined) throw new Error('no session');
  const { timestamp: startedAt, meterStart, idTag: tokenId } = other;
  const begun = { startedAt, receivedAt: at(1), meterStart, tokenId, authorization: 'Accepted' };
  const session = { ...stored.session, connectorId: 1, start: begun, anomalies: [] };
  await replaceSession(database, session, stored, stored.version);
}

describe('a postponed boot', () => {
  it('a postponed boot does not hide a later one', async () => {
    const boot = (firmwareVersion: string) => ({
      chargePointVendor: 'A',
      chargePointModel: 'B',
      firmwareVersion,
    });
    const { send, waiting } = await plugInDuringOutage();
    await send('BootNotification', boot('1'));
    await catchUp(waiting);
    const versionNow = async () =>
      JSON.stringify((await operator.call('GET', `/chargers/${chargerId}`)).body);
    expect(await versionNow()).toContain('"firmwareVersion":"1"');

    const charger = await plugIn(database, chargerId, Date.parse(at(70)));
    await charger.call('BootNotification', boot('2'));
    await catchUp(waiting);

    expect(await versionNow()).toContain('"firmwareVersion":"2"');
  });
});

describe('a batch of postponed messages', () => {
  it("a batch of postponed messages names a failed one and its charger's later ones, and processes the rest", async () => {
    const other = await register();
    const mine = await plugInDuringOutage();
    await mine.send('MeterValues', meterValues(at(1), 1000, 7));
    const theirs = await plugInDuringOutage(other);
    await theirs.send('MeterValues', meterValues(at(1), 1000, 7));
    const [good] = mine.waiting;
    const [alright] = theirs.waiting;
    if (good === undefined || alright === undefined) throw new Error('nothing waits');
    // No clock shows these times: whatever is done with them throws.
    const never = { ...good, receivedAt: 1e18 };

    const answer = await run([
      postponedText({ ...good, receivedAt: good.receivedAt + 2 }),
      postponedText(never),
      postponedText(alright),
      postponedText({ ...never, receivedAt: 2e18 }),
    ]);

    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '3' }],
    });
  });
});
