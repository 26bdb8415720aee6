import { describe, expect, onTestFinished, test } from 'vitest';
import { readApis } from '../../../runner/gateway/api-definition.ts';
import { startHttpApi } from '../../../runner/gateway/http/start-http-api.ts';
import { type TestFunction, testContext, untilTheEnd } from './test-gateway.ts';
import { deploy, httpResources } from './test-template.ts';

const routes = [
  'GET /chargers',
  'POST /chargers',
  'GET /chargers/{chargerId}',
  'GET /sessions/active',
  'GET /sessions/{sessionId}',
  'GET /sessions/{sessionId}/cdr',
  'GET /ocpi/versions',
  'PUT /ocpi/versions/{version}',
];

const start = async (
  api: TestFunction | undefined,
  {
    stage = {},
    properties = {},
    keys = routes,
    integrationMilliseconds = 30_000,
    writeLog = () => {},
  }: {
    readonly stage?: Record<string, unknown>;
    readonly properties?: Record<string, unknown>;
    readonly keys?: readonly string[];
    readonly integrationMilliseconds?: number;
    readonly writeLog?: (group: string, line: string) => void;
  } = {},
) => {
  const deployment = deploy(httpResources(keys, stage, properties));
  const context = testContext(deployment, api === undefined ? {} : { api }, { writeLog });
  const [definition] = readApis(deployment, 'HTTP');
  if (definition === undefined) {
    throw new Error('the template has no HTTP API');
  }
  const started = await startHttpApi(definition, context, { port: 0, integrationMilliseconds });
  onTestFinished(started.stop);
  const call = (path: string, init: RequestInit = {}) => fetch(started.url + path, init);
  return { ...started, call, context };
};

/** The event that a call was answered with. */
// biome-ignore lint/suspicious/noExplicitAny: events are looked into at will by tests.
const eventOf = async (response: Promise<Response>): Promise<any> => (await response).json();

/** An API that answers with the event that its function got. */
const startEcho = (options: Parameters<typeof start>[1] = {}) =>
  start((event) => ({ statusCode: 200, body: JSON.stringify(event) }), options);

describe('the route of a call', () => {
  test.each([
    ['GET', '/chargers', 'GET /chargers', undefined],
    ['POST', '/chargers', 'POST /chargers', undefined],
    ['GET', '/sessions/active', 'GET /sessions/active', undefined],
    ['GET', '/sessions/ses_1', 'GET /sessions/{sessionId}', { sessionId: 'ses_1' }],
    ['GET', '/sessions/ses_1/cdr', 'GET /sessions/{sessionId}/cdr', { sessionId: 'ses_1' }],
    ['GET', '/sessions/active/cdr', 'GET /sessions/{sessionId}/cdr', { sessionId: 'active' }],
    ['GET', '/ocpi/versions', 'GET /ocpi/versions', undefined],
    ['PUT', '/ocpi/versions/v%2B', 'PUT /ocpi/versions/{version}', { version: 'v+' }],
  ])('%s %s takes the route %s', async (method, path, routeKey, pathParameters) => {
    const { call } = await startEcho();
    const event = await eventOf(call(path, { method }));
    expect(event).toMatchObject({ routeKey, requestContext: { routeKey } });
    expect(event.pathParameters).toEqual(pathParameters);
  });

  test.each([
    ['DELETE', '/chargers'],
    ['GET', '/'],
    ['GET', '/chargers/'],
    ['GET', '/chargers/a/b'],
    ['GET', '/chargers/a%2Fb'],
    ['GET', '/Chargers'],
    ['GET', '/ocpi/'],
  ])('%s %s takes no route: 404, and no function is called', async (method, path) => {
    let heard = 0;
    const { call } = await start(() => {
      heard += 1;
    });
    const response = await call(path, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Not Found' });
    expect(heard).toBe(0);
  });

  test.each(['ANY /{proxy+}/versions', 'GET /ocpi/{a+}/{b+}'])(
    'the start refuses the route %s, whose greedy parameter is not its end',
    async (key) => {
      await expect(startEcho({ keys: [key] })).rejects.toThrow(key);
    },
  );

  test.each([
    ['GET', '/ocpi/versions', 'GET /ocpi/versions', undefined],
    ['PUT', '/ocpi/versions', 'ANY /ocpi/{rest+}', { rest: 'versions' }],
    ['GET', '/ocpi/a/b%20c/', 'ANY /ocpi/{rest+}', { rest: 'a/b c/' }],
    ['GET', '/ocpi/x', 'GET /ocpi/{one}', { one: 'x' }],
    ['GET', '/ocpi/', '$default', undefined],
    ['GET', '/other', '$default', undefined],
  ])(
    '%s %s takes the route %s: a greedy parameter takes the rest of a path that no other route has',
    async (method, path, routeKey, pathParameters) => {
      const keys = ['$default', 'ANY /ocpi/{rest+}', 'GET /ocpi/{one}', 'GET /ocpi/versions'];
      const { call } = await startEcho({ keys });
      const event = await eventOf(call(path, { method }));
      expect(event.routeKey).toBe(routeKey);
      expect(event.pathParameters).toEqual(pathParameters);
    },
  );

  test('a request takes the route $default if no other matches', async () => {
    const { call } = await startEcho({ keys: ['GET /chargers', '$default'] });
    const event = await eventOf(call('/anything', { method: 'PATCH' }));
    expect(event.routeKey).toBe('$default');
  });

  test('a route starts after the name of its stage', async () => {
    const { call } = await startEcho({ stage: { StageName: 'v1' } });
    expect(await (await call('/v1/chargers')).json()).toMatchObject({
      routeKey: 'GET /chargers',
      rawPath: '/v1/chargers',
      requestContext: { stage: 'v1' },
    });
    expect((await call('/chargers')).status).toBe(404);
  });
});

describe('the event of a call', () => {
  test('the event of a request has the form of payload format 2.0', async () => {
    const { call } = await startEcho();
    const response = await call('/chargers/CP%201?limit=5&tag=a&tag=b%20c', {
      headers: { Authorization: 'Bearer jg_live_1', Cookie: 'a=1; b=2', 'X-Twice': 'yes' },
    });
    const event = await eventOf(Promise.resolve(response));
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /chargers/{chargerId}',
      rawPath: '/chargers/CP 1',
      rawQueryString: 'limit=5&tag=a&tag=b%20c',
      cookies: ['a=1', 'b=2'],
      headers: { authorization: 'Bearer jg_live_1', 'x-twice': 'yes' },
      queryStringParameters: { limit: '5', tag: 'a,b c' },
      pathParameters: { chargerId: 'CP 1' },
      requestContext: {
        accountId: '000000000000',
        http: {
          method: 'GET',
          path: '/chargers/CP 1',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
        },
        requestId: response.headers.get('apigw-requestid'),
        stage: '$default',
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('body');
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test.each([
    ['application/json', '{"name":"é"}', false],
    ['application/vnd.oicp+json; charset=utf-8', '{}', false],
    ['application/json;charset="UTF-8"', '{"name":"é"}', false],
    ['text/plain; charset=iso-8859-1', 'a', true],
    ['', '{}', true],
    ['text/csv', 'a,b', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', '\u0000\u0001', true],
  ])('the event of a request contains a body of %s', async (type, text, isBase64Encoded) => {
    const { call } = await startEcho();
    const event = await eventOf(
      call('/chargers', { method: 'POST', body: text, headers: { 'content-type': type } }),
    );
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body, isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(text);
  });

  test('a path with broken percent-encoding causes no event', async () => {
    const { call } = await startEcho();
    expect((await call('/chargers/%E0%A4%A')).status).toBe(400);
  });
});

describe('the answer to a call', () => {
  test('the response has the status, headers, cookies and body of the function', async () => {
    const { call } = await start(() => ({
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'X-Count': 3 },
      cookies: ['a=1', 'b=2'],
      body: '{"ok":true}',
    }));
    const response = await call('/chargers');
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-count')).toBe('3');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toEqual({ ok: true });
  });

  test('the response may be binary', async () => {
    const bytes = Buffer.from([0, 255, 128]);
    const { call } = await start(() => ({
      statusCode: 200,
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    }));
    expect(Buffer.from(await (await call('/chargers')).arrayBuffer())).toEqual(bytes);
  });

  test.each([
    [{ items: [] }, '{"items":[]}'],
    ['plain', 'plain'],
    [null, 'null'],
    [[1], '[1]'],
  ])('the response is 200 with all of %j if there is no status code', async (returned, text) => {
    const { call } = await start(() => returned);
    const response = await call('/chargers');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(text);
  });

  test.each([
    ['fails', 500, 'Internal Server Error', () => Promise.reject(new Error('out of order'))],
    ['runs out of time', 500, 'Internal Server Error', () => Promise.reject({ kind: 'timed-out' })],
    ['returns no status', 500, 'Internal Server Error', () => ({ statusCode: 'yes' })],
    ['returns no text', 500, 'Internal Server Error', () => ({ statusCode: 200, body: {} })],
    ['may not be called', 500, 'Internal Server Error', undefined],
    ['is throttled', 503, 'Service Unavailable', () => Promise.reject({ kind: 'throttled' })],
  ])('the response of a function that %s is %i %s', async (_, status, message, api) => {
    const { call } = await start(api);
    const response = await call('/chargers');
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ message });
  });

  test('the response of a function slower than the timeout of the integration is 503', async () => {
    const { call } = await start(() => untilTheEnd(), { integrationMilliseconds: 20 });
    const response = await call('/chargers');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'Service Unavailable' });
  });

  test('the response to a body over 10 MB is 413', async () => {
    const { call } = await startEcho();
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    const response = await call('/chargers', { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ message: 'Request Entity Too Large' });
  });

  test('the response is 429 beyond the burst of the stage', async () => {
    const { call } = await startEcho({
      stage: { DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 } },
    });
    expect((await call('/chargers')).status).toBe(200);
    expect((await call('/chargers')).status).toBe(429);
  });
});

test('requests are counted and logged in the access log', async () => {
  const lines: string[] = [];
  const { call, context, stop } = await start(() => ({ statusCode: 204 }), {
    stage: {
      AccessLogSettings: {
        DestinationArn: 'arn:aws:logs:eu-central-1:000000000000:log-group:access:*',
        Format: '{"route":"$context.routeKey","status":"$context.status"}',
      },
    },
    writeLog: (group, line) => lines.push(`${group.split(':')[6]} ${line}`),
  });
  await call('/chargers');
  await stop();
  expect(context.usages).toMatchObject([
    { operation: 'HttpRequest', units: { request: 1 } },
    // Not billed: the time that the call took.
    { operation: 'HttpAnswer', units: { latency: expect.any(Number) } },
  ]);
  expect(lines).toEqual(['access {"route":"GET /chargers","status":"204"}']);
});

test('a stop finishes requests in progress', async () => {
  const inWork = Promise.withResolvers<void>();
  const stopBegan = Promise.withResolvers<void>();
  const { call, stop } = await start(async () => {
    inWork.resolve();
    await stopBegan.promise;
    return 'in time';
  });
  const answer = call('/chargers').then((response) => response.text());
  await inWork.promise;
  const stopped = stop();
  stopBegan.resolve();
  await stopped;
  expect(await answer).toBe('in time');
});

describe('a page of another origin', () => {
  const page = 'https://portal.example';
  const properties = {
    CorsConfiguration: {
      AllowOrigins: [page, 'https://other.example'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['Authorization', 'if-match'],
      ExposeHeaders: ['etag'],
      MaxAge: 60,
    },
  };
  const corsHeaders = (answer: Response) =>
    Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('access-control-')));
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });

  test('its preflight is answered without a function, also for a path that does not exist', async () => {
    let heard = 0;
    const { call } = await start(
      () => {
        heard += 1;
        return { statusCode: 200 };
      },
      { properties },
    );
    for (const path of ['/chargers', '/nothing']) {
      const answer = await call(path, preflight(page));
      expect([path, answer.status, corsHeaders(answer)]).toEqual([
        path,
        204,
        {
          'access-control-allow-origin': page,
          'access-control-allow-methods': 'GET,POST',
          'access-control-allow-headers': 'authorization,if-match',
          'access-control-max-age': '60',
        },
      ]);
    }
    expect(heard).toBe(0);
  });

  test('every answer to it names its origin, and no header of the function does', async () => {
    const { call } = await start(
      () => ({ statusCode: 200, headers: { 'access-control-allow-origin': '*', etag: '"a"' } }),
      { properties },
    );
    const allowed = await call('/chargers', { headers: { origin: page } });
    expect(corsHeaders(allowed)).toEqual({
      'access-control-allow-origin': page,
      'access-control-expose-headers': 'etag',
    });
    expect(allowed.headers.get('etag')).toBe('"a"');
    expect(corsHeaders(await call('/nothing', { headers: { origin: page } }))).toMatchObject({
      'access-control-allow-origin': page,
    });
    expect(corsHeaders(await call('/chargers'))).toEqual({});
  });

  test('an origin that is not in the list gets no header by which its browser would let it read', async () => {
    const { call } = await start(() => ({ statusCode: 200 }), { properties });
    for (const origin of ['https://evil.example', 'https://portal.example.evil', 'null']) {
      expect(corsHeaders(await call('/chargers', { headers: { origin } }))).toEqual({});
      expect(corsHeaders(await call('/chargers', preflight(origin)))).toEqual({});
    }
  });

  test('without a configuration OPTIONS is a method like any other', async () => {
    const { call } = await start(() => ({ statusCode: 200 }));
    const answer = await call('/chargers', preflight(page));
    expect([answer.status, corsHeaders(answer)]).toEqual([404, {}]);
  });

  test('a wildcard within an origin stops the start by name', async () => {
    const odd = { CorsConfiguration: { AllowOrigins: ['https://*'] } };
    await expect(start(() => ({ statusCode: 200 }), { properties: odd })).rejects.toThrow(
      'CorsConfiguration.AllowOrigins',
    );
  });
});
