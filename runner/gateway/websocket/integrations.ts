import type { StackContext } from '../../runner-interfaces.ts';
import type { ApiDefinition, RouteDefinition } from '../api-definition.ts';
import { executeApiArn } from '../api-domain.ts';
import { createIntegration } from '../integration.ts';
import type { MessageRoute } from './answer-message.ts';
import type { HandshakeDeciders } from './decide-handshake.ts';
import { webSocketLimits } from './limits.ts';
import type { WebSocketOptions } from './websocket-options.ts';

/** The functions behind a WebSocket API. */
export type WebSocketIntegrations = {
  readonly handshake: HandshakeDeciders;
  /** All routes by key, `$disconnect` among them. */
  readonly routes: ReadonlyMap<string, MessageRoute>;
};

/** Makes the functions behind a WebSocket API callable, each under the permissions it gives. */
export function createIntegrations(
  api: ApiDefinition,
  { invoke, mayInvoke }: StackContext,
  options: WebSocketOptions,
): WebSocketIntegrations {
  const longest = options.integrationMilliseconds ?? webSocketLimits.integrationMilliseconds;
  const integrationFor = (functionArn: string, path: string, timeout: number | undefined) =>
    createIntegration({
      invoke,
      mayInvoke,
      functionArn,
      sourceArn: executeApiArn(api.apiId, path),
      timeoutMilliseconds: Math.min(timeout ?? longest, longest),
    });
  const routeFor = (definition: RouteDefinition): MessageRoute => ({
    definition,
    integration: integrationFor(
      definition.functionArn,
      `${api.stage.name}/${definition.key}`,
      definition.timeoutMilliseconds,
    ),
  });
  const routes = new Map(api.routes.map((route) => [route.key, routeFor(route)]));
  const connect = routes.get('$connect');
  const authorizer = connect?.definition.authorizer;
  return {
    routes,
    handshake: {
      api,
      connectRoute: connect?.definition,
      connect: connect?.integration,
      authorizer:
        authorizer &&
        integrationFor(authorizer.functionArn, `authorizers/${authorizer.authorizerId}`, undefined),
    },
  };
}
