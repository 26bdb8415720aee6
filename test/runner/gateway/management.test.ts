import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import '../../lambdas/quiet.ts';
import { describe, expect, test } from 'vitest';
import { clientOf, startTestApi } from './test-gateway.ts';

const managerOf = (endpoint: string) =>
  new ApiGatewayManagementApiClient({
    endpoint,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIA-CONNECT', secretAccessKey: 'local' },
  });

/** An API that a charger is connected to, with the id of the connection. */
const startConnected = async (more: Parameters<typeof startTestApi>[0] = {}) => {
  let connectionId = '';
  const started = await startTestApi({
    ...more,
    functions: {
      connect: ({ requestContext }) => {
        connectionId = requestContext.connectionId;
        return { statusCode: 200 };
      },
    },
  });
  const client = clientOf(await started.connect());
  return {
    ...started,
    client,
    ConnectionId: connectionId,
    manager: managerOf(started.management.url),
  };
};

describe('a message posted to a connection', () => {
  test('a message posted to a connection reaches the charger', async () => {
    const { manager, client, ConnectionId } = await startConnected();
    await manager.send(new PostToConnectionCommand({ ConnectionId, Data: '[2,"1","Reset",{}]' }));
    expect(await client.next()).toBe('[2,"1","Reset",{}]');
  });

  test('a message posted to an unknown connection is refused with 410', async () => {
    const { manager } = await startConnected();
    const post = new PostToConnectionCommand({ ConnectionId: 'L0SM9cOFvHcCIhw=', Data: 'x' });
    await expect(manager.send(post)).rejects.toMatchObject({ name: 'GoneException' });
  });

  test('a message posted to a closed connection is refused with 410', async () => {
    const { manager, client, ConnectionId } = await startConnected();
    client.socket.close();
    await client.closed;
    const post = new PostToConnectionCommand({ ConnectionId, Data: 'x' });
    await expect(manager.send(post)).rejects.toMatchObject({
      name: 'GoneException',
      $metadata: { httpStatusCode: 410 },
    });
  });

  test('a message posted while $connect runs is refused with 410', async () => {
    let endpoint = '';
    let heard: unknown;
    const { connect, management } = await startTestApi({
      functions: {
        connect: async ({ requestContext: { connectionId: ConnectionId } }) => {
          const post = new PostToConnectionCommand({ ConnectionId, Data: 'too early' });
          heard = await managerOf(endpoint)
            .send(post)
            .catch(({ name }) => name);
          return { statusCode: 200 };
        },
      },
    });
    endpoint = management.url;
    clientOf(await connect());
    expect(heard).toBe('GoneException');
  });

  test('a posted message over 128 KB is refused with 413', async () => {
    const { manager, ConnectionId } = await startConnected();
    const post = new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024 + 1) });
    await expect(manager.send(post)).rejects.toMatchObject({ name: 'PayloadTooLargeException' });
  });

  test('a message posted to a charger that does not read its socket is refused', async () => {
    const { manager, client, ConnectionId } = await startConnected();
    client.socket.pause();
    const post = new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024) });
    const refused = Promise.withResolvers<string>();
    for (let count = 0; count < 100; count += 1) {
      manager.send(post).catch(({ name }) => refused.resolve(name));
    }
    expect(await refused.promise).toBe('LimitExceededException');
    client.socket.resume();
  });

  test('a reader of the live feed that does not read its socket counts as slow, and its connection is ended', async () => {
    const { management, client, ConnectionId } = await startConnected();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: management.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIA-CONNECT',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const { feedConnection } = await import('../../../lambdas/webhooks/feed-connection.ts');
    client.socket.pause();
    const frame = 'x'.repeat(128 * 1024);
    const slow = Promise.withResolvers<void>();
    for (let count = 0; count < 100; count += 1) {
      // A post that the socket still takes is not answered while nobody reads it.
      void feedConnection.post(ConnectionId, frame).then((outcome) => {
        if (outcome === 'slow') slow.resolve();
      });
    }
    await slow.promise;
    await feedConnection.close(ConnectionId);
    client.socket.resume();
    expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
  });
});

test('a connection can be read', async () => {
  const { manager, client, ConnectionId } = await startConnected();
  client.socket.send('[2,"1","Heartbeat",{}]');
  await client.next();
  const { ConnectedAt, LastActiveAt, Identity } = await manager.send(
    new GetConnectionCommand({ ConnectionId }),
  );
  expect(Identity?.SourceIp).toBe('127.0.0.1');
  expect(LastActiveAt?.getTime()).toBeGreaterThanOrEqual(ConnectedAt?.getTime() ?? Number.NaN);
});

test('a deleted connection closes with 1000 and is gone at once', async () => {
  const { manager, client, ConnectionId } = await startConnected();
  await manager.send(new DeleteConnectionCommand({ ConnectionId }));
  const again = manager.send(new DeleteConnectionCommand({ ConnectionId }));
  await expect(again).rejects.toMatchObject({ name: 'GoneException' });
  expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
});

test('a caller without permission gets AccessDenied, for the method and the connection in question', async () => {
  const asked: unknown[][] = [];
  const { manager, api, ConnectionId } = await startConnected({
    authorize: (...question) => {
      asked.push(question);
      return { allowed: false, message: 'User: x is not authorized to perform: y' };
    },
  });
  const deletion = manager.send(new DeleteConnectionCommand({ ConnectionId }));
  await expect(deletion).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: 'User: x is not authorized to perform: y',
  });
  expect(asked).toEqual([
    [
      'AKIA-CONNECT',
      'execute-api:ManageConnections',
      `arn:aws:execute-api:eu-central-1:000000000000:${api.api.apiId}/ocpp/DELETE/@connections/${ConnectionId}`,
    ],
  ]);
});

test('the path of a management request may omit the stage, and must name a connection', async () => {
  const { management, ConnectionId } = await startConnected();
  const { origin } = new URL(management.url);
  const id = encodeURIComponent(ConnectionId);
  expect((await fetch(`${origin}/@connections/${id}`)).status).toBe(200);
  expect((await fetch(`${origin}/ocpp/%40connections/${id}`)).status).toBe(200);
  expect((await fetch(`${origin}/ocpp/@connections/`)).status).toBe(403);
  expect((await fetch(`${origin}/ocpp/@connections/${id}`, { method: 'PUT' })).status).toBe(403);
});
