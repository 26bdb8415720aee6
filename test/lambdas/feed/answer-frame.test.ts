import '../quiet.ts';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerFrame, type Reader } from '../../../lambdas/feed/answer-frame.ts';
import type { OutboundMessage } from '../../../lambdas/outbound/delivery-message.ts';
import { readAudience } from '../../../lambdas/store/events/audience.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const newReader = (operatorId = `op_${randomBytes(6).toString('hex')}`): Reader => ({
  operatorId,
  apiKeyId: 'key',
  connectionId: randomBytes(8).toString('hex'),
  connectedAt: Date.now(),
});

const ask = async (reader: Reader, frame: unknown) => {
  const sent: OutboundMessage[] = [];
  const send = async (messages: readonly OutboundMessage[]) => {
    sent.push(...messages);
  };
  const answering = { database, send, now: Date.now() };
  return { answer: await answerFrame(answering, reader, JSON.stringify(frame)), sent };
};

it('a new subscriber is looked after at once, and once more when no run of the log can have missed it', async () => {
  const { answer, sent } = await ask(newReader(), { type: 'subscribe' });

  expect(answer).toEqual({ type: 'subscribed', position: 'evt_000000000000999' });
  expect(sent.map((message) => message.kind === 'feed' && message.waitSeconds)).toEqual([0, 5, 70]);
});

it('a ping asks for a look at the key and at the log', async () => {
  const reader = newReader();
  const { answer, sent } = await ask(reader, { type: 'ping' });

  expect(answer).toEqual({ type: 'pong' });
  expect(sent).toMatchObject([
    { kind: 'feed', connectionId: reader.connectionId, apiKeyId: 'key' },
  ]);
});

it('an operator has 50 subscribers at most, and one whose two hours are over counts no more', async () => {
  const { operatorId } = newReader();
  for (let n = 0; n < 50; n += 1) await ask(newReader(operatorId), { type: 'subscribe' });
  const { answer } = await ask(newReader(operatorId), { type: 'subscribe' });

  expect(answer).toMatchObject({ type: 'error', code: 'TOO_MANY_SUBSCRIBERS' });
  const later = Date.now() + 3 * 3_600_000;
  expect((await readAudience(database, operatorId, later)).subscribers).toEqual([]);
});

it('a subscription keeps the types, chargers and locations that it chose', async () => {
  const reader = newReader();
  await ask(reader, {
    type: 'subscribe',
    types: ['charger.fault'],
    chargers: ['CP-1'],
    locations: ['loc_a'],
  });
  const { subscribers } = await readAudience(database, reader.operatorId, Date.now());
  expect(subscribers).toMatchObject([
    { types: ['charger.fault'], chargers: ['cp-1'], locations: ['loc_a'] },
  ]);
  const many = Array.from({ length: 101 }, (_none, n) => `loc_${n}`);
  const { answer } = await ask(newReader(), { type: 'subscribe', locations: many });
  expect(answer).toMatchObject({ code: 'INVALID_FRAME' });
});
