import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocket } from 'ws';
import { measuredUsage } from '../../runner/cloudwatch/dashboards/collect-metrics.ts';
import { createMetricStore } from '../../runner/cloudwatch/dashboards/metric-store.ts';
import { readApis } from '../../runner/gateway/api-definition.ts';
import { headersOf } from '../../runner/gateway/arrived-request.ts';
import { listen } from '../../runner/gateway/listen.ts';
import { startWebSocketApi } from '../../runner/gateway/websocket/start-websocket-api.ts';
import type { Invocation } from '../../runner/runner-interfaces.ts';
import { deployment, now } from './states-of-conditions.ts';

const allowed = {
  principalId: 'charger',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: '*' }],
  },
};

/** The API of chargers of the template on this machine, with a connected charger: its messages are counted by a clock of the test. */
export async function silentFleet() {
  const store = createMetricStore();
  const clock = { at: now };
  const definition = readApis(deployment, 'WEBSOCKET').find(({ address }) =>
    /ChargersApi/.test(address),
  );
  if (definition === undefined) throw new Error('The template has no API of chargers');
  let message: Invocation = { kind: 'returned', payload: { statusCode: 200, body: '[3,"1",{}]' } };
  const api = startWebSocketApi(definition, {
    deployment,
    invoke: async (arn) => {
      if (arn.endsWith('-ocpp')) return message;
      const payload = arn.endsWith('-authorizer') ? allowed : { statusCode: 200 };
      return { kind: 'returned', payload };
    },
    authorize: () => ({ allowed: true }),
    accessKeyOf: () => 'key',
    mayInvoke: () => true,
    writeLog: () => undefined,
    count: measuredUsage(deployment, store, () => clock.at),
    dataDirectory: '/nonexistent',
  });
  const server = createServer();
  server.on('upgrade', (incoming, socket, head) => {
    const target = incoming.url ?? '';
    void api.takeUpgrade({ incoming, target, headers: headersOf(incoming) }, socket, head);
  });
  const port = await listen(server, 0);
  const query = 'viewerAddress=127.0.0.1&identity=CP1';
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${definition.stage.name}?${query}`);
  await once(socket, 'open');
  return {
    ...{ store, clock },
    stop: async () => {
      socket.terminate();
      server.close();
      await api.stop();
    },
    /** Sends so many messages one after the other, and waits for the answer to each. */
    send: async (times: number, made: Invocation = message): Promise<void> => {
      message = made;
      for (let n = 0; n < times; n += 1) {
        socket.send('[2,"1","Heartbeat",{}]');
        await once(socket, 'message');
      }
    },
  };
}
