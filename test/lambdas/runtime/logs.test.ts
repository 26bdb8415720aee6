import '../printed.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { sessionId as sessionIdOf } from '../../../core/session/session-id.ts';
import { contextOf } from '../../../lambdas/connection/charger-context.ts';
import { answerMessage } from '../../../lambdas/ocpp/answer-message.ts';
import { customMetrics } from '../../../lambdas/runtime/custom-metrics.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { httpEvent } from '../http-event.ts';
import { meterValues, newOperator, plugIn, type TestOperator } from '../plant.ts';
import { printed } from '../printed.ts';
import { type Steps, startSteps } from '../run-steps.ts';

type Line = Readonly<Record<string, unknown>>;
type Emf = {
  readonly CloudWatchMetrics: readonly {
    readonly Dimensions: unknown;
    readonly Metrics: readonly { readonly Name: string }[];
  }[];
};

const token = 'DEADBEEF01234567';
const numericToken = 4711471147114711;

let database: TestDatabase;
let operator: TestOperator;
let steps: Steps;
let sessionId: string;
const secrets: string[] = [token, String(numericToken)];
const requestId = 'request-of-this-message';

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

const lines = (): readonly Line[] =>
  printed
    .flatMap((text) => text.split('\n'))
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text));

const metricLines = (): readonly Line[] => lines().filter((line) => '_aws' in line);

/** The lines that count something, whatever they say beside it. */
const counted = (name: string, like: Line = {}): readonly Line[] =>
  lines().filter(
    (line) => name in line && Object.entries(like).every(([key, value]) => line[key] === value),
  );

/** Sends a message through the function, as API Gateway hands it over. */
async function send(text: string): Promise<Record<string, unknown>> {
  const charger = await readCharger(database, chargerKey(operator.operatorId, 'LOG-1'));
  if (charger === undefined) throw new Error('no charger');
  const requestContext = {
    routeKey: '2',
    connectionId: 'log-connection',
    connectedAt: Date.now(),
    requestTimeEpoch: Date.now(),
    authorizer: contextOf(charger, 'ocpp1.6', {}),
  };
  const answer = await steps.run('ocpp', { body: text, requestContext }, requestId);
  const { body } = answer as { body?: string };
  return JSON.parse(body ?? '[]')[2];
}

const call = async (action: string, payload: unknown) =>
  await send(JSON.stringify([2, 'm', action, payload]));

const start = (idTag: unknown, minute: number) => ({
  connectorId: 1,
  idTag,
  timestamp: at(minute),
  meterStart: 0,
});

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
  operator = await newOperator(database);
  secrets.push(operator.apiKey);
  const form = { name: 'T', currency: 'EUR', perKwh: '0.5' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  await operator.call('POST', '/tokens', { tokenId: token });
  const made = (await operator.call('POST', '/chargers', { chargerId: 'LOG-1', tariffId })).body;
  const password = String(made['password']);
  secrets.push(password, String(made['connectionToken']));
  await shakeHands(password);
  await shakeHands(`${password}x`);
  await askApi();
  await charge();
  await sendNonsense();
  await sendDuringOutage();
  const records = await steps.recordsOf(database.state);
  await steps.run('cdr', { Records: records });
  await steps.run('tariff', { Records: await steps.recordsOf(database.readings) });
});

afterAll(async () => {
  steps.stop();
  await database.stop();
});

async function shakeHands(password: string): Promise<void> {
  const headers = { Authorization: `Basic ${Buffer.from(`LOG-1:${password}`).toString('base64')}` };
  const queryStringParameters = { chargerId: 'LOG-1' };
  const verdict = await steps.run('authorizer', { headers, queryStringParameters, methodArn: '*' });
  const { context } = verdict as { context: unknown };
  await steps.run('connect', {
    headers,
    requestContext: { connectionId: 'c', connectedAt: Date.now(), authorizer: context },
  });
}

async function askApi(): Promise<void> {
  const ask = async (method: string, path: string, apiKey: string, body?: object) => {
    const headers = { authorization: `Bearer ${apiKey}` };
    const event = httpEvent(method, path, headers, JSON.stringify(body));
    return (await steps.run('api', event)) as { body: string };
  };
  await ask('GET', `/tokens/${token}`, operator.apiKey);
  await ask('PUT', `/tokens/${token}`, operator.apiKey, { status: 'Accepted' });
  await ask('GET', '/tokens', `${operator.apiKey}x`);
  const made = await ask('POST', '/api-keys', operator.apiKey, { name: 'n', scopes: ['admin'] });
  secrets.push(JSON.parse(made.body)['apiKey']);
  const other = await ask('POST', '/chargers', operator.apiKey, { chargerId: 'LOG-2' });
  secrets.push(JSON.parse(other.body)['password'], JSON.parse(other.body)['connectionToken']);
}

/** A session that is billed, one that is held, and one that another took over from. */
async function charge(): Promise<void> {
  await call('Authorize', { idTag: token });
  const { transactionId } = await call('StartTransaction', start(token, 0));
  sessionId = sessionIdOf(chargerKey(operator.operatorId, 'LOG-1'), String(transactionId));
  await call('MeterValues', meterValues(at(30), 4000, Number(transactionId)));
  const stop = { transactionId, idTag: token, timestamp: at(60), meterStop: 6000 };
  await call('StopTransaction', stop);
  const next = await call('StartTransaction', start(numericToken, 90));
  const { transactionId: other } = next;
  await call('StopTransaction', { transactionId: other, timestamp: at(95), meterStop: 100 });
  await call('Authorize', { idTag: 'UNKNOWN' });
  for (const minute of [120, 150]) await call('StartTransaction', start(token, minute));
}

/** Messages of each kind that nobody can read. */
async function sendNonsense(): Promise<void> {
  await send(`[2,"u","StartTransaction",{"connectorId":1,"idTag":"${token}`);
  await send(`[2,"u","MeterValues",{"connectorId":1,"meterValue":[`);
  await send(`[2,"u","StopTransaction",{"idTag":"${token}","transactionId":5,"meterStop":`);
  await call('OpenSesame', { idTag: token });
  await send(`nonsense ${token}`);
}

/** Messages that can neither be processed nor postponed: their payload goes to the log. */
async function sendDuringOutage(): Promise<void> {
  const { step } = await plugIn(database, 'log-1');
  const gone = { ...database, state: 'gone', readings: 'gone' };
  const fail = async (text: string) => await answerMessage({ ...step, database: gone }, text);
  for (const idTag of [token, numericToken, `prefix;${token}`]) {
    await fail(JSON.stringify([2, 'f', 'StartTransaction', start(idTag, 200)]));
  }
  await fail(`[2,"f","StopTransaction", {"meterStop":5, "idTag" : "${token}`);
  await fail(`[2,"f","StartTransaction",{"meterStart":5,"idTag":${numericToken}`);
  await fail(JSON.stringify([2, 'f', 'Authorize', { idTag: token, parentIdTag: token }]));
}

describe('what the functions print', () => {
  it('only the listed measures become metrics, one each, whatever counts them', () => {
    const all = metricLines();
    const metrics = all.flatMap((line) => (line['_aws'] as Emf).CloudWatchMetrics);

    expect(all.length).toBeGreaterThan(10);
    for (const { Dimensions, Metrics } of metrics) {
      expect(Dimensions).toEqual([['service']]);
      for (const { Name } of Metrics) expect(customMetrics).toContain(Name);
    }
    // A field of the name of a metric or a dimension would take its place, and CloudWatch would drop the line.
    for (const line of all) {
      for (const name of customMetrics) expect(typeof (line[name] ?? 0)).toBe('number');
    }
    expect(new Set(all.map(({ service }) => service))).toEqual(new Set(['joulegate']));
    expect(customMetrics.length).toBeLessThanOrEqual(15);
  });

  it('refused handshakes and messages that could not be processed are counted', () => {
    expect(counted('HandshakesRefused')).toEqual([
      expect.objectContaining({ HandshakesRefused: 1, outcome: 'wrong-password' }),
    ]);
    expect(new Set(counted('MessagesNotProcessed').map(({ outcome }) => outcome))).toEqual(
      new Set(['unusable', 'refused', 'failed']),
    );
  });

  it('messages are counted by action and outcome', () => {
    for (const [action, outcome, times] of [
      ['StartTransaction', 'answered', 3],
      ['StartTransaction', 'tolerated', 1],
      ['StopTransaction', 'unusable', 1],
      ['Authorize', 'failed', 1],
      ['unknown', 'refused', 2],
    ] as const) {
      const found = counted('Messages', { action, outcome });
      expect([action, outcome, found.length]).toEqual([action, outcome, times]);
    }
  });

  it('frequent events are added up and logged once in a while', async () => {
    const routine = { action: 'Heartbeat', outcome: 'answered' };
    await call('Heartbeat', {});
    await call('Heartbeat', {});
    expect(counted('Messages', routine)).toEqual([]);

    const later = Date.now() + 61_000;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    await call('Heartbeat', {});
    clock.mockRestore();

    expect(counted('Messages', routine)).toEqual([expect.objectContaining({ Messages: 3 })]);
  });

  it('the log names session, charger and request where a session starts and ends', () => {
    const ids = { chargerId: 'LOG-1', sessionId, requestId };

    expect(counted('SessionsStarted', ids)).toEqual([
      expect.objectContaining({ SessionsStarted: 1, action: 'StartTransaction' }),
    ]);
    expect(counted('SessionsEnded', ids)).toEqual([
      expect.objectContaining({ SessionsEnded: 1, action: 'StopTransaction' }),
    ]);
  });

  it('the log names a superseded session as ended', () => {
    const [ended, ...others] = counted('SessionsEnded', { outcome: 'superseded' });

    expect(others).toEqual([]);
    expect(ended).toMatchObject({ SessionsEnded: 1, action: 'cdr', chargerId: 'LOG-1' });
    expect(counted('SessionsStarted', { sessionId: ended?.['sessionId'] })).toHaveLength(1);
  });

  it('sealed and held CDRs are counted, with the time since the stop', () => {
    const ids = { chargerId: 'LOG-1', sessionId };

    expect(counted('CdrsSealed', { ...ids, CdrsSealed: 1, outcome: 'sealed' })).toHaveLength(1);
    expect(counted('CdrsHeld', { CdrsHeld: 1, outcome: 'held' })).toHaveLength(1);
    for (const line of [...counted('CdrsSealed'), ...counted('CdrsHeld')]) {
      // From the receipt of the stop: not from its own time, which lies in the past of this test.
      expect(line['StopToCdrLag']).toBeGreaterThanOrEqual(0);
      expect(line['StopToCdrLag']).toBeLessThan(Date.now() - Date.parse(at(95)));
    }
    expect(lines()).toContainEqual(
      expect.objectContaining({ message: 'CDR made', outcome: 'sealed', ...ids }),
    );
  });

  it('a start whose token is not accepted is counted as refused, with the status of the token as the reason', () => {
    const refused = counted('StartsRefused', { reason: 'Invalid' });

    expect(refused).toMatchObject([
      { StartsRefused: 1, SessionsStarted: 1, action: 'StartTransaction', reason: 'Invalid' },
      { StartsRefused: 1, action: 'Authorize', reason: 'Invalid' },
    ]);
    expect(refused[1]).not.toHaveProperty('SessionsStarted');
    // Accepted or refused: the alarm of refused starts takes each for one of both.
    for (const line of refused) expect(line).not.toHaveProperty('StartsAccepted');
    const accepted = counted('StartsAccepted', { sessionId });
    expect(accepted).toMatchObject([{ StartsAccepted: 1, SessionsStarted: 1 }]);
    expect(accepted[0]).not.toHaveProperty('StartsRefused');
  });

  it('a message that nobody can read is counted under its action', () => {
    for (const [name, action] of [
      ['StartsRefused', 'StartTransaction'],
      ['ReadingsRefused', 'MeterValues'],
      ['StopsRefused', 'StopTransaction'],
    ] as const) {
      expect([name, counted(name, { outcome: 'unusable' })]).toEqual([
        name,
        [expect.objectContaining({ [name]: 1, action })],
      ]);
    }
  });

  it('the payload of a message that would be lost is logged, with at most a part of its token', () => {
    const lost = lines().filter(({ message }) => message === 'A message could not be processed');

    expect(lost).toHaveLength(6);
    for (const { payload } of lost) expect(payload).toMatch(/"idTag"\s*:\s*"(?:DE…67|47…11|pr…67)/);
    expect(lost[0]?.['payload']).toBe(JSON.stringify(start('DE…67', 200)));
  });

  it('the log contains no full token, password or key', () => {
    const text = printed.join('\n');

    expect(secrets).toHaveLength(8);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(15);
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, -4));
    }
  });
});
