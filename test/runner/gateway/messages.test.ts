import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { clientOf, startTestApi } from './test-gateway.ts';

type Seen = Record<string, Record<string, unknown>>;

describe('headers and query', () => {
  test('headers and query are in the event of $connect and in no other', async () => {
    const events: Seen[] = [];
    const see = (event: Seen) => {
      events.push(event);
      return { statusCode: 200 };
    };
    const { connect } = await startTestApi({
      functions: { connect: see, message: see, disconnect: see },
    });
    const { socket, closed } = clientOf(
      await connect([], '?chargerId=CP-1', { 'X-Charger': 'yes' }),
    );
    socket.send('[2,"1","Heartbeat",{}]');
    await expect.poll(() => events.length).toBe(2);
    socket.close();
    await closed;
    await expect.poll(() => events.length).toBe(3);
    const [connected, message, disconnected] = events;
    expect(connected).toMatchObject({
      headers: { 'X-Charger': 'yes' },
      queryStringParameters: { chargerId: 'CP-1' },
    });
    expect(Object.keys(message ?? {}).toSorted()).toEqual([
      'body',
      'isBase64Encoded',
      'requestContext',
    ]);
    expect(Object.keys(disconnected ?? {}).toSorted()).toEqual([
      'isBase64Encoded',
      'requestContext',
    ]);
  });
});

describe('what the authorizer hands on', () => {
  test("the authorizer's context is in every later event as text, with the time of the connection", async () => {
    const contexts: Record<string, unknown>[] = [];
    const see = (event: Seen) => {
      contexts.push(event['requestContext'] ?? {});
      return { statusCode: 200 };
    };
    const { connect } = await startTestApi({
      functions: { connect: see, message: see, disconnect: see },
    });
    const { socket } = clientOf(await connect());
    socket.send('[2,"1","Heartbeat",{}]');
    socket.send('[2,"2","Heartbeat",{}]');
    await expect.poll(() => contexts.length).toBe(3);
    socket.close();
    await expect.poll(() => contexts.length).toBe(4);
    expect(new Set(contexts.map((context) => context['connectedAt'])).size).toBe(1);
    expect(new Set(contexts.map((context) => context['connectionId'])).size).toBe(1);
    expect(new Set(contexts.map((context) => context['requestId'])).size).toBe(4);
    for (const context of contexts) {
      expect(context['authorizer']).toMatchObject({
        chargerId: 'CP-1',
        shard: '3',
        isKnown: 'true',
        principalId: 'charger',
      });
    }
    expect(contexts.map((context) => context['eventType'])).toEqual([
      'CONNECT',
      'MESSAGE',
      'MESSAGE',
      'DISCONNECT',
    ]);
    expect(contexts[1]).toMatchObject({
      messageDirection: 'IN',
      routeKey: '$default',
      stage: 'ocpp',
      messageId: expect.any(String),
      requestTimeEpoch: expect.any(Number),
    });
  });
});

describe('the route of a message', () => {
  test.each([
    '[2,"1","Heartbeat",{}]',
    '["quiet"]',
    'no JSON',
    '',
    '"quiet"',
    '{"action":"$connect"}',
    '{"action":7}',
    'null',
  ])('a message takes the route $default if it is %s', async (body) => {
    const { connect } = await startTestApi();
    const { socket, next } = clientOf(await connect());
    socket.send(body);
    expect(await next()).toBe(body);
  });

  test.each([
    ['[2,"1","Heartbeat",{}]', '2'],
    ['["2"]', '2'],
    ['[3,"1",{}]', '$default'],
    ['[{"2":2}]', '$default'],
    ['{"0":"2"}', '$default'],
    ['[]', '$default'],
    ['2', '$default'],
  ])('the route may be selected by an element of a list: %s takes %s', async (body, routeKey) => {
    const { connect } = await startTestApi({
      routes: { selection: '$request.body.[0]', answered: '2' },
      functions: {
        message: ({ requestContext }) => ({ statusCode: 200, body: requestContext.routeKey }),
      },
    });
    const { socket, next } = clientOf(await connect());
    socket.send(body);
    expect(await next()).toBe(routeKey);
  });

  test('a route with a route response sends an empty message if its function returns no body', async () => {
    const { connect } = await startTestApi({
      functions: { message: (event) => ({ statusCode: 200, ...(event.body && { body: '' }) }) },
    });
    const { socket, next } = clientOf(await connect());
    socket.send('an empty body');
    expect(await next()).toBe('');
    socket.send('');
    expect(await next()).toBe('');
  });

  test('a route without a route response sends no reply, whatever its function returns', async () => {
    const ran = Promise.withResolvers<void>();
    const { connect } = await startTestApi({
      functions: {
        quiet: () => {
          ran.resolve();
          return { statusCode: 200, body: 'nobody hears this' };
        },
      },
    });
    const { socket, next, received } = clientOf(await connect());
    socket.send('{"action":"quiet"}');
    await ran.promise;
    socket.send('[2,"1","Heartbeat",{}]');
    expect(await next()).toBe('[2,"1","Heartbeat",{}]');
    expect(received).toHaveLength(1);
  });
});

describe('a function that fails', () => {
  const frame = {
    message: 'Internal server error',
    connectionId: expect.any(String),
    requestId: expect.any(String),
  };

  test.each([
    ['throws', () => Promise.reject(new Error('out of order'))],
    ['returns no status', () => ({ body: '[3,"1",{}]' })],
    ['returns a body that is no text', () => ({ statusCode: 200, body: { not: 'text' } })],
    ['runs out of its time', () => Promise.reject({ kind: 'timed-out', seconds: 3 })],
    ['is throttled', () => Promise.reject({ kind: 'throttled' })],
  ])('a function that fails and %s makes the API send a frame of its own', async (_, message) => {
    const { connect } = await startTestApi({ functions: { message } });
    const { socket, next } = clientOf(await connect());
    socket.send('[2,"1","Heartbeat",{}]');
    expect(JSON.parse(await next())).toEqual(frame);
  });

  test('a function slower than the timeout of the integration makes the API send that frame as well', async () => {
    const late = Promise.withResolvers<void>();
    const { connect } = await startTestApi({
      functions: {
        message: async (event) => {
          if (event.body === 'slow') await late.promise;
          return { statusCode: 200, body: 'in time' };
        },
      },
      options: { integrationMilliseconds: 200 },
    });
    const { socket, next, received } = clientOf(await connect());
    socket.send('slow');
    expect(JSON.parse(await next())).toEqual(frame);
    late.resolve();
    socket.send('fast');
    expect(await next()).toBe('in time');
    expect(received).toHaveLength(2);
  });
});

describe('the messages of one charger', () => {
  test('the messages of one charger start in order of arrival and may be answered in another', async () => {
    const begun: string[] = [];
    const othersAnswered = Promise.withResolvers<void>();
    const { connect } = await startTestApi({
      functions: {
        message: async ({ body }) => {
          begun.push(body);
          if (body === '1') await othersAnswered.promise;
          return { statusCode: 200, body };
        },
      },
    });
    const { socket, next } = clientOf(await connect());
    for (const body of ['1', '2', '3']) {
      socket.send(body);
    }
    expect([await next(), await next()].toSorted()).toEqual(['2', '3']);
    othersAnswered.resolve();
    expect(await next()).toBe('1');
    expect(begun).toEqual(['1', '2', '3']);
  });

  test('the messages of one charger are all answered, even many more than run at a time', async () => {
    const { connect } = await startTestApi({
      functions: {
        message: async ({ body }) => {
          await nextTurn();
          return { statusCode: 200, body };
        },
      },
    });
    const { socket, received } = clientOf(await connect());
    const bodies = Array.from({ length: 1000 }, (_, at) => `[2,"${at}","Heartbeat",{}]`);
    for (const body of bodies) {
      socket.send(body);
    }
    await expect.poll(() => received.length).toBe(bodies.length);
    expect(received.toSorted()).toEqual(bodies.toSorted());
  });

  test('the messages of one charger can be delivered twice, as AWS may', async () => {
    const { connect } = await startTestApi({
      options: { deliverMessage: (run) => run().then(run) },
      functions: { message: countCalls() },
    });
    const { socket, next } = clientOf(await connect());
    socket.send('[2,"1","Heartbeat",{}]');
    expect(await next()).toBe('2');
  });

  test('the messages of one charger pass although handshakes are throttled, which have limits of their own', async () => {
    const { connect } = await startTestApi({
      stage: {
        RouteSettings: { $connect: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 } },
      },
    });
    const { socket, next } = clientOf(await connect());
    expect(await connect()).toMatchObject({ kind: 'refused', status: 429 });
    socket.send('passes');
    expect(await next()).toBe('passes');
  });

  test.each([
    [
      'of a route that the API does not have',
      { quit: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } },
    ],
    ['of which the runner knows nothing', { $connect: { LoggingLevel: 'INFO' } }],
  ])(
    'the messages of one charger are not served at all with settings %s',
    async (_, RouteSettings) => {
      await expect(startTestApi({ stage: { RouteSettings } })).rejects.toThrow(/RouteSettings/);
    },
  );

  test('the messages of one charger are throttled beyond the burst of the stage', async () => {
    const { connect } = await startTestApi({
      stage: { DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 } },
    });
    const { socket, next } = clientOf(await connect());
    socket.send('passes');
    expect(await next()).toBe('passes');
    socket.send('does not');
    expect(JSON.parse(await next())).toMatchObject({ message: 'Too Many Requests' });
  });
});

const countCalls = () => {
  let calls = 0;
  return () => {
    calls += 1;
    return { statusCode: 200, body: String(calls) };
  };
};

describe('what is counted', () => {
  test('messages in both directions are counted in pieces of 32 KB, and connections in minutes', async () => {
    const { connect, context } = await startTestApi();
    const { socket, next, closed } = clientOf(await connect());
    const long = ['a'.repeat(30_000), 'b'.repeat(10_000)] as const;
    socket.send(long[0], { fin: false });
    socket.send(long[1], { fin: true });
    expect(await next()).toBe(long.join(''));
    socket.close();
    await closed;
    await expect
      .poll(() => context.usages.map(({ operation }) => operation))
      .toEqual([
        'WebSocketConnect',
        'WebSocketMessageIn',
        'WebSocketMessageOut',
        'WebSocketConnection',
      ]);
    expect(context.usages.map(({ units }) => units)).toEqual([
      {},
      { message: 2, bytes: 40_000 },
      { message: 2, bytes: 40_000 },
      { minute: 1 },
    ]);
  });
});

describe('the access log', () => {
  test('the access log has a line for each event, in the format of the stage', async () => {
    const lines: string[] = [];
    const { connect, api } = await startTestApi({
      stage: {
        AccessLogSettings: {
          DestinationArn: 'arn:aws:logs:eu-central-1:000000000000:log-group:access:*',
          Format: '$context.eventType $context.routeKey $context.status $context.nothing',
        },
      },
      context: { writeLog: (_, line) => lines.push(...line.split('\n')) },
    });
    const { socket, next } = clientOf(await connect());
    socket.send('[2,"1","Heartbeat",{}]');
    await next();
    await api.stop();
    expect(lines).toEqual([
      'CONNECT $connect 200 -',
      'MESSAGE $default 200 -',
      'DISCONNECT $disconnect 200 -',
    ]);
  });
});
