import { request } from 'node:http';
import { createConnection } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { clientOf, openClient, startTestApi, untilTheEnd } from './test-gateway.ts';

describe('the subprotocol of a handshake', () => {
  test('the subprotocol is echoed if $connect returns it', async () => {
    const { connect } = await startTestApi({
      functions: {
        connect: () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'ocpp1.6' } }),
      },
    });
    const { socket } = clientOf(await connect(['ocpp2.0.1', 'ocpp1.6']));
    expect(socket.protocol).toBe('ocpp1.6');
  });

  test('the subprotocol is chosen by nobody else: a charger that gets none gives up', async () => {
    const { connect } = await startTestApi();
    expect(await connect(['ocpp1.6'])).toEqual({
      kind: 'failed',
      message: 'Server sent no subprotocol',
    });
  });

  test('the subprotocol is omitted if the charger offered none', async () => {
    const { connect } = await startTestApi();
    expect(clientOf(await connect()).socket.protocol).toBe('');
  });
});

describe('the status that $connect returns', () => {
  test.each([400, 401, 404, 503])(
    'the status returned by $connect reaches the charger: %i',
    async (statusCode) => {
      const { connect } = await startTestApi({ functions: { connect: () => ({ statusCode }) } });
      expect(await connect()).toMatchObject({ kind: 'refused', status: statusCode });
    },
  );

  test('a $connect function that fails or returns no status causes 502', async () => {
    const failing = () => {
      throw new Error('out of order');
    };
    const broken = await startTestApi({ functions: { connect: failing } });
    expect(await broken.connect()).toMatchObject({ kind: 'refused', status: 502 });
    const silent = await startTestApi({ functions: { connect: () => ({}) } });
    expect(await silent.connect()).toMatchObject({ kind: 'refused', status: 502 });
  });

  test('a $connect function slower than the timeout of the integration causes 504', async () => {
    const { connect } = await startTestApi({
      functions: { connect: () => untilTheEnd() },
      options: { integrationMilliseconds: 30 },
    });
    expect(await connect()).toMatchObject({ kind: 'refused', status: 504 });
  });

  test('a $connect route without permission to call the function causes 500', async () => {
    const { connect } = await startTestApi({ functions: { connect: undefined } });
    expect(await connect()).toMatchObject({ kind: 'refused', status: 500 });
  });
});

describe('an authorizer', () => {
  const policy = (Effect: string) => () => ({
    principalId: 'charger',
    policyDocument: { Statement: [{ Action: 'execute-api:*', Effect, Resource: '*' }] },
  });

  test('an authorizer sees headers, query and the ARN of $connect at the stage', async () => {
    let seen: unknown;
    const { connect, api } = await startTestApi({
      functions: {
        authorizer: (event) => {
          seen = event;
          return policy('Allow')();
        },
      },
    });
    clientOf(await connect([], '?chargerId=CP%201&a=1&a=2', { 'X-Charger': 'yes' }));
    expect(seen).toMatchObject({
      type: 'REQUEST',
      methodArn: `arn:aws:execute-api:eu-central-1:000000000000:${api.api.apiId}/ocpp/$connect`,
      headers: { 'X-Charger': 'yes', 'Sec-WebSocket-Version': '13' },
      multiValueHeaders: { 'X-Charger': ['yes'] },
      queryStringParameters: { chargerId: 'CP 1', a: '2' },
      multiValueQueryStringParameters: { chargerId: ['CP 1'], a: ['1', '2'] },
      requestContext: { eventType: 'CONNECT', routeKey: '$connect', stage: 'ocpp' },
    });
  });

  test('an authorizer refuses with 403 by a policy that denies or does not allow', async () => {
    const denying = await startTestApi({ functions: { authorizer: policy('Deny') } });
    expect(await denying.connect()).toMatchObject({ kind: 'refused', status: 403 });
    const elsewhere = await startTestApi({
      functions: {
        authorizer: () => ({
          principalId: 'charger',
          policyDocument: {
            Statement: [
              { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:aws:other' },
            ],
          },
        }),
      },
    });
    expect(await elsewhere.connect()).toMatchObject({ kind: 'refused', status: 403 });
  });

  test('an authorizer refuses with 401 by throwing "Unauthorized"', async () => {
    const { connect } = await startTestApi({
      functions: {
        authorizer: () => {
          throw new Error('Unauthorized');
        },
      },
    });
    const handshake = await connect();
    expect(handshake).toMatchObject({ kind: 'refused', status: 401 });
    expect(handshake.kind === 'refused' && JSON.parse(handshake.body)).toMatchObject({
      message: 'Unauthorized',
    });
  });

  test('an authorizer that fails otherwise, or returns no policy, causes 500', async () => {
    const answers = [
      () => {
        throw new Error('out of order');
      },
      () => ({ principalId: 'charger' }),
      () => ({ ...policy('Allow')(), context: { list: ['not', 'plain'] } }),
      () => ({ ...policy('Allow')(), context: { long: 'x'.repeat(9000) } }),
    ];
    for (const authorizer of answers) {
      const { connect } = await startTestApi({ functions: { authorizer } });
      expect(await connect()).toMatchObject({ kind: 'refused', status: 500 });
    }
  });

  test('an authorizer is not called if its header is spelled in another case: the answer is 401', async () => {
    let asked = 0;
    const { url } = await startTestApi({
      functions: {
        authorizer: () => {
          asked += 1;
          return policy('Allow')();
        },
      },
    });
    const statusOf = (key: string) =>
      new Promise((resolve) => {
        const headers = {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          [key]: 'dGhlIHNhbXBsZSBub25jZQ==',
        };
        const handshake = request(url.replace('ws:', 'http:'), { headers });
        handshake.on('response', ({ statusCode }) => resolve(statusCode));
        handshake.on('upgrade', (_, socket) => {
          socket.destroy();
          resolve(101);
        });
        handshake.end();
      });

    expect(await statusOf('sec-websocket-key')).toBe(401);
    expect(asked).toBe(0);
    expect(await statusOf('Sec-WebSocket-Key')).toBe(101);
  });

  test('an authorizer is not called for a request that is not a handshake, or is beyond the stage', async () => {
    let asked = 0;
    const { url, connect } = await startTestApi({
      functions: {
        authorizer: () => {
          asked += 1;
          return policy('Allow')();
        },
      },
    });
    expect(await connect([], '/CP-1')).toMatchObject({ kind: 'refused', status: 403 });
    expect(await openClient(url.replace('/ocpp', '/'), [])).toMatchObject({ status: 403 });
    expect(asked).toBe(0);
  });
});

test('a request that is not a WebSocket handshake is a bad request', async () => {
  const { url } = await startTestApi();
  const { hostname, port, pathname } = new URL(url);
  const statusOf = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      const call = request({ hostname, port, path: pathname, headers });
      call.on('response', ({ statusCode }) => resolve(statusCode));
      call.end();
    });
  const handshake = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
  };
  expect(await statusOf({ ...handshake, Upgrade: 'h2c' })).toBe(400);
  expect(await statusOf({ ...handshake, 'Sec-WebSocket-Key': 'short' })).toBe(400);
  expect(await statusOf({ ...handshake, 'Sec-WebSocket-Version': '8' })).toBe(400);
});

test('a message that arrives together with the handshake is answered', async () => {
  const { url } = await startTestApi();
  const { hostname, port, pathname } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  onTestFinished(() => {
    socket.destroy();
  });
  const text = Buffer.from('early');
  const frame = Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
  const head = [
    `GET ${pathname} HTTP/1.1`,
    'Host: charger',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ];
  socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), frame]));
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 101[\s\S]*early$/);
});

test('a charger that leaves during $connect is disconnected again', async () => {
  let ends = 0;
  let goAway = (): void => {};
  const gone = Promise.withResolvers<void>();
  const { url } = await startTestApi({
    functions: {
      connect: async () => {
        goAway();
        await gone.promise;
        return { statusCode: 200 };
      },
      disconnect: () => {
        ends += 1;
      },
    },
  });
  const socket = new WebSocket(url);
  socket.on('error', () => {});
  socket.on('close', () => gone.resolve());
  goAway = () => socket.terminate();
  await expect.poll(() => ends).toBe(1);
});

describe('a stage with a throttle', () => {
  test('a stage with a throttle refuses chargers with 429 beyond its burst', async () => {
    const { connect } = await startTestApi({
      stage: { DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 } },
    });
    clientOf(await connect());
    expect(await connect()).toMatchObject({ kind: 'refused', status: 429 });
  });
});
