import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startChargerDistribution } from '../../../runner/cloudfront/start-charger-distribution.ts';
import { readApis } from '../../../runner/gateway/api-definition.ts';
import { startWebSocketApi } from '../../../runner/gateway/websocket/start-websocket-api.ts';
import {
  clientOf,
  friendlyFunctions,
  openClient,
  type TestFunction,
  testContext,
  untilTheEnd,
} from '../gateway/test-gateway.ts';
import { deploy, distributionResources, webSocketResources } from '../gateway/test-template.ts';

const chargerPath = readFileSync(
  new URL('../../../lib/endpoints/charger-path.js', import.meta.url),
  'utf8',
);

type Connected = {
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
};

/** A distribution with the function before a WebSocket API; keeps what `$connect` gets to see. */
const start = async (
  code = chargerPath,
  change: (resources: Resources) => void = () => {},
  otherFunctions: Readonly<Record<string, TestFunction>> = {},
) => {
  const resources = {
    ...webSocketResources(),
    ...distributionResources(code),
  };
  change(resources);
  const connected: Connected[] = [];
  const functions = {
    ...friendlyFunctions,
    connect: (event: Connected) => {
      connected.push(event);
      return { statusCode: 200 };
    },
    ...otherFunctions,
  };
  const context = testContext(deploy(resources), functions);
  const apis = readApis(context.deployment, 'WEBSOCKET').map((api) =>
    startWebSocketApi(api, context),
  );
  onTestFinished(async () => {
    await Promise.all(apis.map((api) => api.stop()));
  });
  const distribution = await startChargerDistribution(context, apis, { plain: 0 });
  onTestFinished(distribution.stop);
  const host = `127.0.0.1:${distribution.port}`;
  return {
    connect: (path: string, headers: Record<string, string> = {}) =>
      openClient(`ws://${host}${path}`, [], headers),
    http: (path: string, init: RequestInit = {}) => fetch(`http://${host}${path}`, init),
    connected,
    context,
  };
};

type Resources = ReturnType<typeof webSocketResources>;

describe('the path of a charger', () => {
  test.each([
    ['/ocpp/CP-1', { chargerId: 'CP-1' }],
    ['/ocpp/CP%201', { chargerId: 'CP 1' }],
    ['/ocpp/CP+%2B%261', { chargerId: 'CP++&1' }],
    ['//ocpp//CP-1/', { chargerId: 'CP-1' }],
    ['/ocpp/CP-1?chargerId=CP-2', { chargerId: 'CP-1' }],
    ['/ocpp/north/CP-1', { operatorSlug: 'north', chargerId: 'CP-1' }],
    ['/ocpp/north/CP-1/what/ever', { operatorSlug: 'north', chargerId: 'CP-1' }],
    ['/cp/token-1', { connectionToken: 'token-1' }],
    ['/cp/token-1/what/ever', { connectionToken: 'token-1' }],
  ])('the path %s of a charger becomes a query that $connect sees', async (path, query) => {
    const { connect, connected } = await start();
    clientOf(await connect(path));
    expect(connected[0]?.queryStringParameters).toEqual({ ...query, viewerAddress: '127.0.0.1' });
  });

  test.each(['/', '/ocpp', '/elsewhere/CP-1', '/ocpp/%E0%A4%A', '/ocpp/a/%E0%A4%A/c'])(
    'the path %s is not found',
    async (path) => {
      const { connect, connected } = await start();
      expect(await connect(path)).toMatchObject({ kind: 'refused', status: 404 });
      expect(connected).toHaveLength(0);
    },
  );
});

test('messages pass in both directions through the distribution', async () => {
  const { connect } = await start();
  const { socket, next } = clientOf(await connect('/ocpp/CP-1'));
  socket.send('[2,"1","Heartbeat",{}]');
  expect(await next()).toBe('[2,"1","Heartbeat",{}]');
});

test('the API gets every header of the charger except Host, and the address it came from', async () => {
  const { connect, connected } = await start();
  clientOf(
    await connect('/ocpp/CP-1', {
      Authorization: 'Basic Q1A6cHc=',
      Cookie: 'a=1',
      'X-Charger': 'yes',
    }),
  );
  expect(connected[0]?.headers).toMatchObject({
    Authorization: 'Basic Q1A6cHc=',
    Cookie: 'a=1',
    'X-Charger': 'yes',
    Host: expect.stringMatching(/\.execute-api\.eu-central-1\.amazonaws\.com$/),
    Via: expect.stringContaining('CloudFront'),
    'X-Forwarded-For': '127.0.0.1',
  });
});

test('requests and runs of the CloudFront function are counted', async () => {
  const { connect, context } = await start();
  clientOf(await connect('/ocpp/CP-1'));
  const counted = context.usages.filter(({ service }) => service === 'cloudfront');
  expect(counted.map(({ operation }) => operation)).toEqual(['Request', 'Function']);
});

describe('a plain request', () => {
  test('a plain request is asked to upgrade, or not found', async () => {
    const { http } = await start();
    expect((await http('/ocpp/CP-1')).status).toBe(426);
    expect((await http('/')).status).toBe(404);
  });

  test('a request with a method that the distribution does not accept is refused', async () => {
    const { http } = await start();
    expect((await http('/ocpp/CP-1', { method: 'POST' })).status).toBe(403);
  });
});

describe('a function in front of the distribution', () => {
  test('the CloudFront function sees the request as CloudFront shows it', async () => {
    const { connect, connected } = await start(`
      async function handler(event) {
        const request = event.request;
        const seen = JSON.stringify(event);
        request.uri = '/';
        request.querystring = { seen: { value: encodeURIComponent(seen) } };
        return request;
      }`);
    clientOf(await connect('/a%20b?x=1%202&x=3&empty', { Cookie: 'a=1; b=2', 'X-Charger': 'yes' }));
    const seen = JSON.parse(connected[0]?.queryStringParameters?.['seen'] ?? '');
    expect(seen).toMatchObject({
      version: '1.0',
      viewer: { ip: '127.0.0.1' },
      context: { eventType: 'viewer-request', distributionDomainName: expect.any(String) },
      request: {
        method: 'GET',
        uri: '/a%20b',
        querystring: {
          x: { value: '1%202', multiValue: [{ value: '1%202' }, { value: '3' }] },
          empty: { value: '' },
        },
        cookies: { a: { value: '1' }, b: { value: '2' } },
        headers: { 'x-charger': { value: 'yes' } },
      },
    });
    expect(seen.request.headers).not.toHaveProperty('cookie');
  });

  test('the CloudFront function may change headers and repeat a query', async () => {
    const { connect, connected } = await start(`
      function handler(event) {
        const request = event.request;
        request.uri = '/';
        request.headers['x-added'] = { value: 'here' };
        delete request.headers['x-charger'];
        request.querystring = { a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] } };
        return request;
      }`);
    clientOf(await connect('/', { 'X-Charger': 'yes' }));
    expect(connected[0]?.headers).toMatchObject({ 'x-added': 'here' });
    expect(connected[0]?.headers).not.toHaveProperty('X-Charger');
    expect(connected[0]).toMatchObject({
      multiValueQueryStringParameters: { a: ['1', '2'] },
    });
  });

  test('the CloudFront function may answer by itself', async () => {
    const { http, connect } = await start(`
      function handler() {
        return {
          statusCode: 302,
          headers: { location: { value: '/elsewhere' } },
          body: { encoding: 'text', data: 'over there' },
        };
      }`);
    const response = await http('/', { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/elsewhere');
    expect(await response.text()).toBe('over there');
    expect(await connect('/')).toMatchObject({ kind: 'refused', status: 302, body: 'over there' });
  });

  test.each([
    ['throws', 'function handler() { throw new Error("out of order"); }'],
    ['gives nothing', 'function handler() {}'],
    ['gives no path', 'function handler() { return { headers: {} }; }'],
    ['never ends', 'function handler() { for (;;) {} }'],
    ['reaches for what is not there', 'function handler() { return process.env; }'],
    ['makes code', 'function handler() { return eval("({})"); }'],
    ['uses what only Node has', 'function handler() { return new Map(); }'],
    ['uses a method after ES 12', 'function handler() { return [{ uri: "/" }].at(0); }'],
    ['assigns to what was never declared', 'function handler() { a = { uri: "/" }; return a; }'],
  ])('a CloudFront function that %s causes 503', async (_, code) => {
    const { connect } = await start(code);
    expect(await connect('/ocpp/CP-1')).toMatchObject({ kind: 'refused', status: 503 });
  });
});

describe('an error of the origin', () => {
  const configOf = (resources: Resources) =>
    resources['Distribution']?.Properties['DistributionConfig'] as Record<string, unknown>;
  const refusing = {
    connect: (event: Connected) => ({
      statusCode: Number(event.queryStringParameters?.['chargerId']),
    }),
  };
  const keptFor =
    (seconds: number, ...statuses: readonly number[]) =>
    (resources: Resources) => {
      configOf(resources)['CustomErrorResponses'] = statuses.map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: seconds,
      }));
    };

  test.each([400, 403, 404, 500, 502, 503, 504])(
    'an error of the origin is cached for its path, which all chargers share behind the function: %i',
    async (status) => {
      const { connect } = await start(chargerPath, () => {}, refusing);
      expect(await connect(`/ocpp/${status}`)).toMatchObject({ kind: 'refused', status });
      expect(await connect('/ocpp/200')).toMatchObject({ kind: 'refused', status });
    },
  );

  test('an error of the origin is not cached if the distribution sets 0 seconds', async () => {
    const { connect } = await start(chargerPath, keptFor(0, 404), refusing);
    expect(await connect('/ocpp/404')).toMatchObject({ kind: 'refused', status: 404 });
    clientOf(await connect('/ocpp/200'));
  });

  test('an error of the origin is cached no longer than the distribution sets', async () => {
    const { connect } = await start(chargerPath, keptFor(600, 404), refusing);
    expect(await connect('/ocpp/404')).toMatchObject({ kind: 'refused', status: 404 });
    expect(await connect('/ocpp/200')).toMatchObject({ kind: 'refused', status: 404 });
    const now = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => now() + 600_000);
    onTestFinished(() => later.mockRestore());
    clientOf(await connect('/ocpp/200'));
  });

  test('an error 401 of the origin is never cached', async () => {
    const { connect } = await start(chargerPath, () => {}, refusing);
    expect(await connect('/ocpp/401')).toMatchObject({ kind: 'refused', status: 401 });
    clientOf(await connect('/ocpp/200'));
  });

  test('an origin slower than the timeout of the distribution causes 504', async () => {
    const { connect } = await start(
      chargerPath,
      (resources) => {
        const [origin] = configOf(resources)['Origins'] as [Record<string, unknown>];
        origin['CustomOriginConfig'] = {
          OriginProtocolPolicy: 'https-only',
          OriginReadTimeout: 0.05,
        };
      },
      { connect: () => untilTheEnd() },
    );
    expect(await connect('/ocpp/CP-1')).toMatchObject({ kind: 'refused', status: 504 });
  });
});

describe('a distribution with something that the runner does not execute', () => {
  type Behavior = Record<string, unknown>;
  const behaviorOf = (resources: Resources): Behavior => {
    const config = resources['Distribution']?.Properties['DistributionConfig'] as Behavior;
    return config['DefaultCacheBehavior'] as Behavior;
  };

  test.each([
    ['CachePolicyId', '658327ea-f89d-4fab-a63d-7e88639e58f6'],
    ['OriginRequestPolicyId', '216adef6-5c7f-47e4-b989-5bbc4e0d1a0b'],
    ['ViewerProtocolPolicy', 'https-only'],
    ['TargetOriginId', 'none'],
    ['TrustedSigners', ['self']],
  ])(
    'a distribution with unsupported properties stops the start and is named: %s',
    async (property, value) => {
      const starting = start(chargerPath, (resources) => {
        behaviorOf(resources)[property] = value;
      });
      await expect(starting).rejects.toThrow('Test/Distribution');
      await expect(starting).rejects.toThrow(property);
    },
  );

  test('a CloudFront function that does not load stops the start', async () => {
    await expect(start('function handler( {')).rejects.toMatchObject({
      code: 'EDGE_FUNCTION_BROKEN',
    });
  });

  test('a CloudFront function with syntax that CloudFront does not compile stops the start', async () => {
    const code = 'function handler(event) {\n  try { f(); } catch { return 1; }\n}';
    await expect(start(code)).rejects.toMatchObject({
      code: 'EDGE_FUNCTION_BROKEN',
      message: 'Test/Path does not compile in cloudfront-js-2.0: line 2: catch without a variable.',
    });
  });
});
