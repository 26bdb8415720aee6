import type { RunningPart, StackContext } from '../seams.ts';
import { StartRefusal } from '../start-refusal.ts';
import { type ApiDefinition, type Protocol, readApis } from './api-definition.ts';
import type { UpgradeOrigin } from './arrived-request.ts';
import { startHttpApi } from './http/start-http-api.ts';
import { startManagementApi } from './management/start-management-api.ts';
import type { Connections } from './websocket/connections.ts';
import { startWebSocketApi } from './websocket/start-websocket-api.ts';
import type { WebSocketOptions } from './websocket/websocket-options.ts';

/** What the APIs are started with. */
export type GatewayOptions = {
  /** Port of the HTTP API on 127.0.0.1; 0 asks for one that is free. */
  readonly httpPort: number;
  readonly httpIntegrationMilliseconds?: number;
  readonly webSocket?: WebSocketOptions;
};

/** The APIs of the deployment. */
export type Gateway = RunningPart & {
  /** Base URL of the HTTP API, without a slash at the end. */
  readonly http: string;
  /** For `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. */
  readonly management: string;
  /** What a distribution may stand in front of. */
  readonly origins: readonly UpgradeOrigin[];
  readonly connections: Connections;
};

/** Starts the HTTP API, the WebSocket API and its `@connections`; chargers reach the latter through a distribution. */
export async function startGateway(
  context: StackContext,
  options: GatewayOptions,
): Promise<Gateway> {
  const webSocketApi = startWebSocketApi(onlyApi(context, 'WEBSOCKET'), context, options.webSocket);
  const { httpPort: port, httpIntegrationMilliseconds: integrationMilliseconds } = options;
  const httpApi = await startHttpApi(onlyApi(context, 'HTTP'), context, {
    port,
    ...(integrationMilliseconds === undefined ? {} : { integrationMilliseconds }),
  });
  const managementApi = await startManagementApi(webSocketApi, context.authorize);
  return {
    http: httpApi.url,
    management: managementApi.url,
    origins: [webSocketApi],
    connections: webSocketApi.connections,
    stop: async () => {
      await Promise.all([httpApi.stop(), webSocketApi.stop()]);
      await managementApi.stop();
    },
  };
}

function onlyApi({ deployment }: StackContext, protocol: Protocol): ApiDefinition {
  const [api, ...others] = readApis(deployment, protocol);
  if (api === undefined || others.length > 0) {
    throw new StartRefusal(
      'UNSUPPORTED_VALUE',
      `The template has ${others.length === 0 ? 'no' : 'several'} APIs of the protocol ${protocol}; the runner serves one.`,
    );
  }
  return api;
}
