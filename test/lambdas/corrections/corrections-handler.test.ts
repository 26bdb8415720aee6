import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { CorrectionMessage } from '../../../lambdas/billing/correction-message.ts';
import { getItem } from '../../../lambdas/store/table/get-item.ts';
import { sessionKey } from '../../../lambdas/store/table/keys/session-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import {
  beginLateSession,
  byTheHour,
  carryOn,
  type LateSession,
  settleLate,
} from './late-plant.ts';

type Answer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let handle: (messages: readonly unknown[], tries?: number) => Promise<readonly string[]>;
const sent: string[] = [];

vi.mock('../../../lambdas/stream/send-to-failures.ts', () => ({
  sendTextToFailures: async (text: string) => void sent.push(text),
}));

beforeEach(() => {
  sent.length = 0;
});

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  tariffId = (await operator.call('POST', '/tariffs', byTheHour)).body['tariffId'];
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    // Nobody signs there: what needs a signature fails.
    AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:9',
    AWS_MAX_ATTEMPTS: '1',
    STATE_TABLE: database.state,
    READINGS_TABLE: database.readings,
  });
  const { handler } = await import('../../../lambdas/corrections/handler.ts');
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 10_000 };
  handle = async (messages, tries = 1) => {
    const Records = messages.map((message, index) => ({
      messageId: String(index),
      body: JSON.stringify(message),
      attributes: { ApproximateReceiveCount: String(tries) },
    }));
    const answer = (await handler({ Records } as never, context as never)) as unknown as Answer;
    return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
});

afterAll(async () => {
  await database.stop();
});

async function lateSession(wh: number): Promise<LateSession> {
  const session = await beginLateSession(database, operator, tariffId);
  await session.stop();
  await settleLate(database, session);
  await session.read(60, wh);
  return session;
}

it('the corrections function returns exactly the messages that failed', async () => {
  const changing = await lateSession(8000);
  const changingNothing = await lateSession(5000);
  const [one] = await carryOn(database, changing);
  const [other] = await carryOn(database, changingNothing);
  const unknown: CorrectionMessage = { sessionId: 'ses_none', until: '2026' };

  expect(await handle([unknown, one, other])).toEqual(['1']);

  const codesOf = async ({ sessionId }: LateSession) =>
    (await operator.call('GET', `/sessions/${sessionId}`)).body['anomalies'];
  expect(await codesOf(changing)).toEqual([]);
  expect(await codesOf(changingNothing)).toMatchObject([{ code: 'LATE_READINGS' }]);
  expect(await settleLate(database, changing)).toEqual(['corrected']);
  expect(await handle([one, other])).toEqual([]);
});

it('a session that waits for missing messages has its CDR asked for', async () => {
  const session = await beginLateSession(database, operator, tariffId);
  await session.stop();
  const asked = async () =>
    (await getItem(database, sessionKey(session.sessionId), true))?.['cdrAskedAt']?.S;

  expect(await asked()).toBeUndefined();
  expect(await handle([{ sessionId: session.sessionId, waitsSince: '2026' }])).toEqual([]);
  expect(await asked()).toMatch(/^2/);
});

it('a review that keeps failing by our own error goes to the failure queue after three attempts, and takes no other along', async () => {
  const changingNothing = await lateSession(5000);
  const [one] = await carryOn(database, changingNothing);
  const ours = 'not a review';

  expect(await handle([ours, null], 2)).toEqual(['0', '1']);
  expect(sent).toEqual([]);
  expect(await handle([ours, one, null], 3)).toEqual([]);

  expect(sent).toEqual([JSON.stringify(ours), 'null']);
  const { anomalies } = (await operator.call('GET', `/sessions/${changingNothing.sessionId}`)).body;
  expect(anomalies).toMatchObject([{ code: 'LATE_READINGS' }]);
});

it('a review that finds no signing key is tried for as long as the queue keeps it', async () => {
  const [one] = await carryOn(database, await lateSession(8000));

  expect(await handle([one], 59)).toEqual(['0']);
  expect(sent).toEqual([]);
});
