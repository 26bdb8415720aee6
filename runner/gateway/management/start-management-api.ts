import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Authorize, RunningPart } from '../../runner-interfaces.ts';
import { executeApiArn } from '../api-domain.ts';
import { newGatewayId } from '../gateway-id.ts';
import { listen } from '../listen.ts';
import { readBody } from '../read-body.ts';
import { webSocketLimits } from '../websocket/limits.ts';
import type { WebSocketApi } from '../websocket/start-websocket-api.ts';
import { readConnectionPath } from './connection-path.ts';
import { manageConnection } from './manage-connection.ts';
import type { ManagementAnswer } from './management-answer.ts';

/** The `@connections` calls of API Gateway. */
export type ManagementApi = RunningPart & {
  /** For `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. */
  readonly url: string;
};

/** Listens on 127.0.0.1, on a port that is free, for callers that write to connections or close them. */
export async function startManagementApi(
  webSocketApi: WebSocketApi,
  authorize: Authorize,
): Promise<ManagementApi> {
  const server = createServer((request, response) => {
    void answer(request, webSocketApi, authorize)
      .catch((error: unknown) => failed(500, 'InternalServerErrorException', String(error)))
      .then((result) => send(response, result));
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}/${webSocketApi.api.stage.name}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(
  request: IncomingMessage,
  { api, connections }: WebSocketApi,
  authorize: Authorize,
): Promise<ManagementAnswer> {
  const body = await readBody(request, webSocketLimits.messageBytes);
  const connectionId = readConnectionPath(request.url ?? '', api.stage.name);
  const method = request.method ?? '';
  if (connectionId === undefined || !['POST', 'GET', 'DELETE'].includes(method)) {
    return failed(403, 'ForbiddenException', 'Forbidden');
  }
  const verdict = authorize(
    accessKeyOf(request),
    'execute-api:ManageConnections',
    executeApiArn(api.apiId, `${api.stage.name}/${method}/@connections/${connectionId}`),
  );
  if (!verdict.allowed) {
    return failed(403, 'AccessDeniedException', verdict.message);
  }
  return await manageConnection(connections, { method, connectionId, body });
}

function accessKeyOf(request: IncomingMessage): string {
  return /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function failed(status: number, errorType: string, message: string): ManagementAnswer {
  return { status, errorType, body: { message } };
}

function send(response: ServerResponse, { status, errorType, body }: ManagementAnswer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': newGatewayId(),
    ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
  });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
