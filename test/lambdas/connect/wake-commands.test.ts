import '../quiet.ts';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MissingApproval } from '../../../core/charger/approval.ts';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { contextOf } from '../../../lambdas/connection/charger-context.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { toItem } from '../../../lambdas/store/table/item.ts';
import { commandLineKey } from '../../../lambdas/store/table/keys/command-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type FakeGateway, startFakeGateway } from '../ocpp/fake-gateway.ts';
import { newOperator, type TestOperator } from '../plant.ts';

const now = Date.parse('2026-04-14T16:00:00.000Z');
const day = 86_400_000;
const at = (days: number): string => new Date(now + days * day).toISOString();

let database: TestDatabase;
let operator: TestOperator;
let gateway: FakeGateway;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  gateway = await startFakeGateway();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: `${gateway.url}/stage`,
    AWS_ENDPOINT_URL_SQS: gateway.url,
    COMMANDS_QUEUE_URL: `${gateway.url}/000000000000/commands`,
    STATE_TABLE: database.state,
    READINGS_TABLE: database.readings,
  });
});
afterAll(async () => {
  gateway.stop();
  await database.stop();
});

/** Connects a new charger with these facts about its line of commands; gives its key and what was queued for it. */
async function connect(line: object, approval?: MissingApproval) {
  count += 1;
  const chargerId = `WAKE-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const chargerKey = keyOf(operator.operatorId, chargerId);
  const charger = await readCharger(database, chargerKey);
  if (charger === undefined) throw new Error('The charger was not registered');
  const Item = toItem({ ...commandLineKey(chargerKey), kind: 'COMMANDLINE', ...line });
  await database.client.send(new PutItemCommand({ TableName: database.state, Item }));
  const { handler } = await import('../../../lambdas/connect/handler.ts');
  const context = { ...contextOf(charger, 'ocpp2.0.1', {}), ...(approval && { approval }) };
  const event = {
    headers: { 'Sec-WebSocket-Protocol': 'ocpp2.0.1' },
    requestContext: {
      connectionId: `c-${count}`,
      connectedAt: now,
      authorizer: { ...context, verdict: 'accepted' },
    },
  };
  const { statusCode } = await handler(event as never, { awsRequestId: 'r' } as never);
  expect(statusCode).toBe(200);
  const queued = gateway.queued
    .map((text) => JSON.parse(text) as CommandMessage)
    .filter((message) => 'chargerKey' in message && message.chargerKey === chargerKey);
  return { chargerKey, queued, kinds: queued.map(({ kind }) => kind) };
}

describe('a charger that connects', () => {
  it('a charger whose certificate ends soon is to be asked for the next one, and which moment found that is said', async () => {
    const { chargerKey, queued } = await connect({ certificateUntil: at(5) });
    expect(queued).toContainEqual({ kind: 'renew', chargerKey, foundAt: at(0) });
  });

  it.each<readonly [string, object]>([
    ['it has none of ours', {}],
    ['it is valid for long', { certificateUntil: at(300) }],
    ['it was asked within a day', { certificateUntil: at(5), renewalAskedAt: at(-0.5) }],
  ])('a charger is not asked for a certificate where %s', async (_why, line) => {
    expect((await connect(line)).kinds).not.toContain('renew');
  });

  it('one that was asked a day ago and has not renewed is asked again, also when it has expired', async () => {
    const asked = { renewalAskedAt: at(-1.1) };
    expect((await connect({ certificateUntil: at(5), ...asked })).kinds).toContain('renew');
    expect((await connect({ certificateUntil: at(-3), ...asked })).kinds).toContain('renew');
  });

  it('commands that wait are sent once it can be written to, and none to a charger that was rejected', async () => {
    const line = { isWaiting: true, certificateUntil: at(5) };
    expect((await connect(line)).kinds).toEqual(expect.arrayContaining(['next', 'renew']));
    expect((await connect(line, 'rejected')).kinds).toEqual([]);
  });

  it('a line in which an answer is overdue is looked at, since the message with its deadline was lost, and one that is in time is not', async () => {
    const inFlight = commandSequence(now - 60_000, 'a');
    const sentAt = (seconds: number) => new Date(now - seconds * 1000).toISOString();
    expect((await connect({ inFlight, sentAt: sentAt(60) })).kinds).toContain('next');
    expect((await connect({ inFlight, sentAt: sentAt(59) })).kinds).not.toContain('next');
  });

  it('a charger that was sent a new password a while ago may have to be sent it again, and one that was sent it just now not', async () => {
    const sentAt = (minutes: number) => ({
      passwordSequence: commandSequence(now - minutes * 60_000, 'a'),
      passwordUntil: at(7),
      passwordAttempts: 1,
    });
    const { chargerKey, queued } = await connect(sentAt(16));
    expect(queued).toContainEqual({ kind: 'password', chargerKey, foundAt: at(0) });
    expect((await connect(sentAt(14))).kinds).not.toContain('password');
  });
});
