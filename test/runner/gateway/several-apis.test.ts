import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readApis } from '../../../runner/gateway/api-definition.ts';
import { domainNameOf } from '../../../runner/gateway/api-domain.ts';
import { startWebSocketApis } from '../../../runner/gateway/websocket/start-websocket-apis.ts';
import {
  clientOf,
  friendlyFunctions,
  openClient,
  type TestFunction,
  testContext,
} from './test-gateway.ts';
import { deploy, webSocketResources } from './test-template.ts';

/** Two WebSocket APIs of one template, `ocpp` and `feed`, with the same functions behind them. */
const startBoth = async (functions: Readonly<Record<string, TestFunction>> = {}) => {
  const second = JSON.parse(
    JSON.stringify(webSocketResources({ StageName: 'feed' })).replaceAll(
      /("Ref":|"integrations\/",)("?)(\w+)/g,
      '$1$2Feed$3',
    ),
  );
  const renamed = Object.fromEntries(
    Object.entries(second).map(([id, resource]) => [`Feed${id}`, resource]),
  ) as ReturnType<typeof webSocketResources>;
  const deployment = deploy({ ...webSocketResources(), ...renamed });
  const context = testContext(deployment, { ...friendlyFunctions, ...functions });
  const started = await startWebSocketApis(context);
  onTestFinished(async () => {
    await Promise.all(started.apis.map(({ stop }) => stop()));
    await started.management.stop();
  });
  const paths = readApis(deployment, 'WEBSOCKET').map(
    ({ apiId, stage }) => `${domainNameOf(apiId)}/${stage.name}`,
  );
  const [chargers = '', feed = ''] = paths;
  return { ...started, chargers, feed };
};

const connectTo = async (url = '') => clientOf(await openClient(url, []));

const post = async (endpoint: string | undefined, ConnectionId: string) => {
  const manager = new ApiGatewayManagementApiClient({
    endpoint: endpoint ?? '',
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'local' },
  });
  await manager.send(new PostToConnectionCommand({ ConnectionId, Data: 'hello' }));
};

describe('several WebSocket APIs', () => {
  it('each WebSocket API of a template is served under an address of its own, by its stage', async () => {
    const seen: string[] = [];
    const both = await startBoth({
      message: ({ requestContext, body }) => {
        seen.push(requestContext.stage);
        return { statusCode: 200, body };
      },
    });
    for (const path of [both.chargers, both.feed]) {
      const client = await connectTo(both.urlOf(`wss://${path}`));
      client.socket.send('"hello"');
      expect(await client.next()).toBe('"hello"');
    }
    expect(seen).toEqual(['ocpp', 'feed']);
  });

  it('the stage of another API is forbidden at the address of one', async () => {
    const both = await startBoth();
    const url = both.urlOf(`wss://${both.feed}`)?.replace(/feed$/, 'ocpp');
    expect(await openClient(url ?? '', [])).toMatchObject({ kind: 'refused', status: 403 });
  });

  it('a connection is known to the calls of its own API alone', async () => {
    let connectionId = '';
    const both = await startBoth({
      connect: ({ requestContext }) => {
        connectionId = requestContext.connectionId;
        return { statusCode: 200 };
      },
    });
    const client = await connectTo(both.urlOf(`wss://${both.feed}`));
    await expect(
      post(both.managementOf(`https://${both.chargers}`), connectionId),
    ).rejects.toMatchObject({ name: 'GoneException' });
    await post(both.managementOf(`https://${both.feed}`), connectionId);
    expect(await client.next()).toBe('hello');
  });

  it('a URL of no API has no address here', async () => {
    const both = await startBoth();
    expect(both.urlOf('wss://elsewhere.example/feed')).toBeUndefined();
    expect(both.managementOf('https://elsewhere.example/feed')).toBeUndefined();
  });
});
