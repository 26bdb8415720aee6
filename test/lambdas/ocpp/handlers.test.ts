import '../quiet.ts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { httpEvent } from '../http-event.ts';
import { newOperator, type TestOperator } from '../plant.ts';

type Handler = (event: unknown, context: unknown) => Promise<Record<string, unknown>>;

let database: TestDatabase;
let operator: TestOperator;
let gateway: Server;
/** Calls of the management API, and the frames in them. */
const asked: string[] = [];
const sent: string[] = [];
const charger = { password: '', connectionToken: '' };
const handlers: Record<string, Handler> = {};

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 10_000 };

const load = async (step: string): Promise<Handler> => {
  const module = await import(`../../../lambdas/${step}/handler.ts`);
  return module.handler;
};

const run = async (step: string, event: unknown) => {
  const handler = handlers[step];
  if (handler === undefined) throw new Error(step);
  return await handler(event, context);
};

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  gateway = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void text(request).then((body) => {
      sent.push(...(body === '' ? [] : [body]));
      response.writeHead(request.url?.endsWith('gone') ? 410 : 204).end();
    });
  });
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done));
  const { port } = gateway.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: `http://127.0.0.1:${port}/stage`,
    STATE_TABLE: database.state,
    READINGS_TABLE: database.readings,
    CHARGER_URL: 'wss://chargers.example',
  });
  for (const step of ['authorizer', 'connect', 'disconnect', 'ocpp', 'api', 'operators']) {
    handlers[step] = await load(step);
  }
  operator = await newOperator(database);
  const made = await operator.call('POST', '/chargers', { chargerId: 'Gate:1' });
  expect(made.body['urls']).toEqual({
    basic: 'wss://chargers.example/ocpp/test/Gate%3A1',
    token: `wss://chargers.example/cp/${made.body['connectionToken']}`,
  });
  charger.password = String(made.body['password']);
  charger.connectionToken = String(made.body['connectionToken']);
});

afterAll(async () => {
  gateway.close();
  await database.stop();
});

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Shakes hands as API Gateway does: the authorizer first, its context with the connect. */
async function shakeHands(
  connectionId: string,
  query: Record<string, string>,
  headers: Record<string, string>,
) {
  const authorized = await run('authorizer', {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-central-1:0:api/stage/$connect',
    headers,
    queryStringParameters: query,
  });
  const authorizer = authorized['context'];
  const answer = await run('connect', {
    headers,
    requestContext: { connectionId, connectedAt: Date.now(), authorizer },
  });
  return { authorized, authorizer, answer };
}

const byPassword = (connectionId: string, headers: Record<string, string> = {}) =>
  shakeHands(
    connectionId,
    { chargerId: 'GATE:1' },
    { Authorization: basic('gate:1', charger.password), ...headers },
  );

describe('the handshake of a charger', () => {
  it('a handshake accepts id and password in any case and echoes the first supported subprotocol', async () => {
    const { authorizer, answer } = await byPassword('c1', {
      'Sec-WebSocket-Protocol': 'ocpp9.0, ocpp1.6, ocpp2.1',
    });

    expect(authorizer).toMatchObject({
      verdict: 'accepted',
      chargerId: 'Gate:1',
      chargerKey: `${operator.operatorId}#gate:1`,
      operatorId: operator.operatorId,
      protocol: 'ocpp1.6',
      shard: 0,
    });
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'Sec-WebSocket-Protocol': 'ocpp1.6' },
    });
  });

  it('a handshake echoes no subprotocol to a charger that offered none', async () => {
    const { answer } = await byPassword('c2');

    expect(answer['statusCode']).toBe(200);
    expect(answer['headers']).toBeUndefined();
  });

  it('a handshake knows a charger by its connection token alone', async () => {
    const { authorizer, answer } = await shakeHands(
      'c3',
      { connectionToken: charger.connectionToken },
      {},
    );

    expect(authorizer).toMatchObject({ verdict: 'accepted', chargerId: 'Gate:1' });
    expect(answer['statusCode']).toBe(200);
  });

  for (const [why, status, query, headers] of [
    ['a wrong password', 401, { chargerId: 'Gate:1' }, { Authorization: basic('Gate:1', 'x') }],
    ['no password', 401, { chargerId: 'Gate:1' }, {}],
    ['an unknown charger', 404, { chargerId: 'nobody' }, { Authorization: basic('nobody', 'x') }],
    ['an unknown token', 404, { connectionToken: 'a'.repeat(32) }, {}],
    ['no identity at all', 404, {}, {}],
    ['only versions we do not speak', 400, {}, { 'sec-websocket-protocol': 'ocpp1.5, mqtt' }],
  ] as const) {
    it(`a handshake is answered with ${status} to ${why}`, async () => {
      const { authorized, answer } = await shakeHands('cx', { ...query }, { ...headers });

      expect(authorized).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Allow' }] } });
      expect(answer['statusCode']).toBe(status);
    });
  }

  it("a handshake does not accept another charger's password", async () => {
    const other = await operator.call('POST', '/chargers', { chargerId: 'Gate:2' });
    const header = basic('Gate:2', String(other.body['password']));

    const { answer } = await shakeHands('cy', { chargerId: 'Gate:1' }, { Authorization: header });

    expect(answer['statusCode']).toBe(401);
  });
});

describe('a charger that comes back', () => {
  it('a reconnecting charger takes over at once, and the end of the older connection changes nothing', async () => {
    const first = await byPassword('older');
    await byPassword('newer');
    expect(asked.at(-1)).toBe('DELETE /stage/@connections/older');

    await run('disconnect', {
      requestContext: { connectionId: 'older', authorizer: first.authorizer },
    });
    expect((await operator.call('GET', '/chargers/gate:1')).body['online']).toBe(true);

    await run('disconnect', {
      requestContext: { connectionId: 'newer', authorizer: first.authorizer },
    });
    expect((await operator.call('GET', '/chargers/gate:1')).body['online']).toBe(false);
  });

  it('a reconnecting charger is accepted even if the older connection is already gone', async () => {
    await byPassword('is-gone');

    expect((await byPassword('after')).answer['statusCode']).toBe(200);
    expect(asked.at(-1)).toBe('DELETE /stage/@connections/is-gone');
  });
});

describe('a message of a charger', () => {
  const message = (connectionId: string, authorizer: unknown, body: string, routeKey = '2') =>
    run('ocpp', {
      body,
      requestContext: {
        routeKey,
        connectionId,
        connectedAt: Date.now(),
        requestTimeEpoch: Date.now(),
        authorizer,
      },
    });

  it('a message is answered with a frame, using the context of its connection', async () => {
    const { authorizer } = await byPassword('m1');

    const answer = await message('m1', authorizer, '[2,"7","Heartbeat",{}]');

    expect(JSON.parse(String(answer['body']))[2]).toHaveProperty('currentTime');
  });

  it('a message without the context is answered too, using its connection', async () => {
    await byPassword('m2');

    const answer = await message('m2', undefined, '[2,"7","Authorize",{"idTag":"X"}]');

    expect(answer['body']).toBe('[3,"7",{"idTagInfo":{"status":"Invalid"}}]');
  });

  it('a message of an unknown sender gets a valid frame', async () => {
    const boot = await message('m9', undefined, '[2,"7","Heartbeat",{}]');
    const meter = await message(
      'm9',
      undefined,
      '[2,"8","MeterValues",{"connectorId":1,"meterValue":[]}]',
    );
    await message('m9', undefined, 'nonsense', '$default');

    expect(JSON.parse(String(boot['body'])).slice(0, 3)).toEqual([4, '7', 'InternalError']);
    expect(JSON.parse(String(meter['body']))[0]).toBe(3);
    expect(JSON.parse(sent.at(-1) ?? '')[0]).toBe(4);
  });

  it('a CALL is always answered by the returned frame, never by an empty message', async () => {
    const { authorizer } = await byPassword('m3');
    const elements = fc.array(fc.jsonValue(), { maxLength: 4 });

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(2, '2'), elements, async (type, others) => {
        const answer = await message('m3', authorizer, JSON.stringify([type, ...others]));

        expect(JSON.parse(String(answer['body']))[0]).toSatisfy((type) => [3, 4].includes(type));
      }),
      { numRuns: 25 },
    );
    expect(asked.filter((call) => call.startsWith('POST') && call.endsWith('m3'))).toEqual([]);
  });

  it.each([
    ['a CALLRESULT', '[3,"1",{"status":"Accepted"}]'],
    ['a CALLERROR', '[4,"1","NotSupported","",{}]'],
    ['an answer that breaks off', '[3,"1",{"status":'],
    ['an empty keep-alive', ''],
  ])('a reply or keep-alive of a charger is not answered at all: %s', async (_, body) => {
    const { authorizer } = await byPassword('m4');
    const before = sent.length;

    expect(await message('m4', authorizer, body, '$default')).toEqual({ statusCode: 200 });

    expect(sent).toHaveLength(before);
  });

  it('a CALL that arrives on another route is answered over the connection', async () => {
    const { authorizer } = await byPassword('m5');

    const answer = await message('m5', authorizer, '[2,"7","Heartbeat",{}]', '$default');

    expect(answer).toEqual({ statusCode: 200 });
    expect(asked.at(-1)).toBe('POST /stage/@connections/m5');
    expect(JSON.parse(sent.at(-1) ?? '')[2]).toHaveProperty('currentTime');
  });

  it('a message whose charger has gone meanwhile disturbs nobody', async () => {
    const { authorizer } = await byPassword('has-gone');

    expect(await message('has-gone', authorizer, 'nonsense', '$default')).toEqual({
      statusCode: 200,
    });
  });
});

describe('the functions behind HTTP and Invoke', () => {
  const call = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    run('api', httpEvent(method, path, headers, body));

  it('a new operator gets a key that works at once', async () => {
    const made = await run('operators', { name: 'Stadtwerke' });

    const key = { authorization: `Bearer ${made['apiKey']}` };
    expect(made['apiKey']).toMatch(/^jg_live_/);
    expect(await call('GET', '/chargers', key)).toMatchObject({
      statusCode: 200,
      body: '{"items":[],"nextCursor":null}',
    });
    for (const wrong of [{ name: '', more: 1 }, { name: 'A', slug: 'Not A Slug' }, {}]) {
      expect(await run('operators', wrong)).toMatchObject({ code: 'INVALID_REQUEST' });
    }
  });

  it('each operator gets its own slug, derived from its name or as requested', async () => {
    expect(await run('operators', { name: 'Über & Co. Straße 7' })).toMatchObject({
      slug: 'uber-co-strasse-7',
    });
    expect(await run('operators', { name: 'Über & Co. Straße 7' })).toMatchObject({
      slug: 'uber-co-strasse-7-2',
    });
    expect(await run('operators', { name: '充電' })).toMatchObject({ slug: 'operator' });
    expect(await run('operators', { name: 'X', slug: 'north' })).toMatchObject({ slug: 'north' });
    expect(await run('operators', { name: 'Y', slug: 'north' })).toMatchObject({
      code: 'SLUG_TAKEN',
    });
  });

  it('an operator that lost its keys gets another administrator key', async () => {
    const { operatorId } = await run('operators', { name: 'Forgetful' });

    const made = await run('operators', { operatorId, keyName: 'Found again' });

    const key = { authorization: `Bearer ${made['apiKey']}` };
    const keys = await call('GET', '/api-keys', key);
    expect(JSON.parse(String(keys['body'])).items).toHaveLength(2);
    expect(await run('operators', { operatorId: 'op_nobody', keyName: 'X' })).toMatchObject({
      code: 'OPERATOR_NOT_FOUND',
    });
  });

  it('health is answered to everybody, and errors have one form', async () => {
    expect(await call('GET', '/health', {})).toMatchObject({ statusCode: 200 });
    const refused = await call('GET', '/chargers', {});
    expect(refused['statusCode']).toBe(401);
    expect(JSON.parse(String(refused['body']))).toEqual({
      code: 'AUTH_HEADER_MISSING',
      message: expect.any(String),
      details: [],
    });
  });
});
