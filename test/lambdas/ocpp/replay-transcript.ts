import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import type { Sender } from '../../../lambdas/commands/sender.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { loadEdgeFunction } from '../../../runner/cloudfront/edge-function.ts';
import { type Body, codesOf, plugIn } from '../plant.ts';
import type { TestSite } from '../test-site.ts';
import { type Bindings, bind, resolve } from './bindings.ts';
import type { FakeGateway } from './fake-gateway.ts';
import type { FieldTranscript, Findings, Sent, Step } from './field-transcript.ts';

/** A quarter past five on the day of all transcripts. */
const now = '2026-04-14T17:15:00.000Z';

const edgePath = 'lib/endpoints/charger-path.js';
const edgeFunction = loadEdgeFunction(
  readFileSync(new URL(`../../../${edgePath}`, import.meta.url), 'utf8'),
  edgePath,
);

type Handler = (event: unknown, context: unknown) => Promise<Record<string, unknown>>;

async function run(step: string, event: unknown): Promise<Record<string, unknown>> {
  const module: { handler: Handler } = await import(`../../../lambdas/${step}/handler.ts`);
  return await module.handler(event, {
    awsRequestId: 'r',
    getRemainingTimeInMillis: () => 10_000,
  });
}

/** A transcript as it is replayed. */
type Replay = {
  readonly site: TestSite;
  readonly gateway: FakeGateway;
  readonly transcript: FieldTranscript;
  readonly bindings: Bindings;
  readonly password: string;
  connections: number;
};

type Of<Key extends string> = Extract<Step, Readonly<Record<Key, unknown>>>;

/** Replays a transcript on a charger of its own, and expects of every step that it says what it is to say. */
export async function replayTranscript(
  site: TestSite,
  gateway: FakeGateway,
  transcript: FieldTranscript,
): Promise<void> {
  const id = await site.register(transcript.charger);
  const { body } = await site.call('POST', `/chargers/${id}/password`, {});
  const { body: secret } = await site.call('POST', `/chargers/${id}/connection-token`, {});
  const replay: Replay = {
    site,
    gateway,
    transcript,
    password: String(body['password']),
    bindings: new Map<string, unknown>([
      ['$charger', site.chargerId],
      ['$token', secret['connectionToken']],
      ['$operator', 'test'],
    ]),
    connections: 0,
  };
  for (const step of transcript.steps) await take(replay, step);
}

async function take(replay: Replay, step: Step): Promise<void> {
  if ('says' in step) return await hear(replay, [step.says], [step.answer], step.at);
  if ('together' in step) return await hear(replay, step.together, step.answers, now);
  if ('connects' in step) return await shakeHands(replay, step);
  if ('asks' in step) return await command(replay, step);
  return await compare(replay, step.finds);
}

const textOf = (sent: Sent): string => (typeof sent === 'string' ? sent : JSON.stringify(sent));

/** The frame that is expected: a payload alone, or the name of one, is that of the CALLRESULT. */
const frameOf = (answer: unknown, sent: Sent): unknown =>
  Array.isArray(answer) || answer === null ? answer : [3, sent[1], answer];

async function hear(
  { site, transcript, bindings }: Replay,
  sent: readonly Sent[],
  answers: readonly unknown[],
  at = now,
): Promise<void> {
  const { database, chargerKey } = site;
  const charger = await plugIn(database, chargerKey, Date.parse(at), transcript.protocol);
  const texts = sent.map((one) => textOf(resolve(one, bindings)));
  const frames = await Promise.all(texts.map(async (text) => await charger.send(text)));
  for (const [index, frame] of frames.entries()) {
    const expected = frameOf(answers[index], sent[index] ?? '');
    const actual = frame === undefined ? null : JSON.parse(frame);
    bind(expected, actual, bindings);
    expect(actual, texts[index]).toEqual(resolve(expected, bindings));
  }
}

const surroundings = {
  distributionDomainName: 'd1.example',
  distributionId: 'D1',
  requestId: 'r1',
  viewerIp: '192.0.2.1',
};

type Query = Readonly<Record<string, { readonly value: string }>>;

/** Shakes hands as CloudFront and API Gateway do: the function of the path, the authorizer, its context with the connect. */
async function shakeHands(
  replay: Replay,
  { connects, answer, closesPrevious }: Of<'connects'>,
): Promise<void> {
  const { site, bindings, password, gateway } = replay;
  const { path, user, headers: given = {} } = resolve(connects, bindings);
  const uri = path.split('?')[0] ?? '';
  const result = await edgeFunction(
    { method: 'GET', uri, querystring: {}, headers: {}, cookies: {} },
    surroundings,
  );
  if (result.kind !== 'request') {
    expect(result.kind === 'response' && result.status, path).toBe(answer.status);
    return;
  }
  const query = Object.fromEntries(
    Object.entries(result.request['querystring'] as Query).map(([name, { value }]) => [
      name,
      decodeURIComponent(value),
    ]),
  );
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const headers = { ...given, ...(user === undefined ? {} : { Authorization: `Basic ${basic}` }) };
  const { context } = await run('authorizer', {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-central-1:0:api/stage/$connect',
    headers,
    queryStringParameters: query,
  });
  replay.connections += 1;
  const connectionId = `${site.chargerId}-${replay.connections}`;
  const connectedAt = Date.now();
  const authorizer = context;
  const response = await run('connect', {
    headers,
    requestContext: { connectionId, connectedAt, authorizer },
  });
  const { statusCode: status, headers: answered } = response;
  expect({ status, ...(answered === undefined ? {} : { headers: answered }) }, path).toEqual(
    answer,
  );
  if (closesPrevious !== undefined) {
    const previous = `${site.chargerId}-${replay.connections - 1}`;
    expect(gateway.closed.includes(previous)).toBe(closesPrevious);
  }
}

async function command(replay: Replay, { asks, sends, refused }: Of<'asks'>): Promise<void> {
  const { site, bindings, transcript } = replay;
  const { database, chargerKey } = site;
  const connection = {
    connectionId: `${site.chargerId}-commands`,
    protocol: transcript.protocol ?? ('ocpp1.6' as const),
    connectedAt: new Date().toISOString(),
  };
  await takeOver(database, chargerKey, connection);
  const path = `/chargers/${site.chargerId}/commands`;
  const { status, code } = await site.call('POST', path, resolve(asks, bindings));
  expect(code, JSON.stringify(asks)).toBe(refused);
  if (refused !== undefined) return;
  expect(status).toBe(202);
  const posted: unknown[] = [];
  const sender: Sender = {
    database,
    now: Date.now,
    post: async (_connectionId, frame) => {
      posted.push(JSON.parse(frame));
      return 'posted';
    },
    send: async () => undefined,
  };
  await handleMessage(sender, { kind: 'next', chargerKey });
  const expected = sends === null || sends === undefined ? [] : [sends];
  bind(expected, posted, bindings);
  expect(posted).toEqual(resolve(expected, bindings));
}

const withCodes = (thing: Body): Body =>
  Array.isArray(thing['anomalies']) ? { ...thing, anomalies: codesOf(thing) } : thing;

/** The order of sessions in a transcript: by their start, and of the same moment by their EVSE. */
const byStartAndPlace = (one: Body, other: Body): number =>
  String(one['startedAt']).localeCompare(String(other['startedAt'])) ||
  Number(one['evseId']) - Number(other['evseId']);

async function compare({ site, bindings }: Replay, finds: Findings): Promise<void> {
  await site.settle();
  const path = `/chargers/${site.chargerId}`;
  const sessions = (await site.sessions()).toSorted(byStartAndPlace);
  bind(finds.sessions, sessions, bindings);
  const wanted = resolve(finds, bindings);
  if (wanted.sessions) expect(sessions.map(withCodes)).toMatchObject(wanted.sessions);
  if (wanted.cdrs) {
    const cdrs = await Promise.all(
      sessions.map(async ({ sessionId }) => {
        const { code, body } = await site.call('GET', `/sessions/${sessionId}/cdr`);
        return code ?? withCodes(body);
      }),
    );
    expect(cdrs).toMatchObject(wanted.cdrs);
  }
  if (wanted.charger) expect((await site.call('GET', path)).body).toMatchObject(wanted.charger);
  if (wanted.messages) {
    const { body } = await site.call('GET', `${path}/messages`);
    expect(body.items).toMatchObject(wanted.messages);
  }
  if (wanted.commands) {
    const { body } = await site.call('GET', `${path}/commands`);
    expect(body.items?.toReversed()).toMatchObject(wanted.commands);
  }
  if (wanted.settings) {
    const { body } = await site.call('GET', `${path}/configuration`);
    expect(body['settings']).toMatchObject(wanted.settings);
  }
}
