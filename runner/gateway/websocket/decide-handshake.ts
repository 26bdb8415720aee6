import type { ApiDefinition, RouteDefinition } from '../api-definition.ts';
import { executeApiArn } from '../api-domain.ts';
import type { ArrivedRequest } from '../arrived-request.ts';
import { failureOf, type Integration, type IntegrationOutcome } from '../integration.ts';
import { readProxyResult } from '../proxy-result.ts';
import { askAuthorizer } from './ask-authorizer.ts';
import type { Connection } from './connection.ts';
import { type HandshakeParts, handshakeParts, type RequestContext } from './websocket-event.ts';

/** The outcome of a handshake. */
export type HandshakeDecision =
  | { readonly kind: 'accepted'; readonly subprotocol: string | undefined }
  | HandshakeRefusal;

/** A handshake that ends in an HTTP status; without a message of its own the body stays empty. */
export type HandshakeRefusal = {
  readonly kind: 'refused';
  /** Whether it came to the function behind `$connect`. */
  readonly by: 'gateway' | 'connect';
  readonly status: number;
  readonly message?: string;
  readonly authorizerError?: string;
  readonly integrationError?: string;
};

/** Who decides on handshakes: an authorizer, if there is one, then the function behind `$connect`. */
export type HandshakeDeciders = {
  readonly api: ApiDefinition;
  readonly connectRoute: RouteDefinition | undefined;
  readonly connect: Integration | undefined;
  readonly authorizer: Integration | undefined;
};

/** Decides on a handshake; what the authorizer hands on is kept in the connection. */
export async function decideHandshake(
  request: ArrivedRequest,
  connection: Connection,
  requestContext: RequestContext,
  deciders: HandshakeDeciders,
): Promise<HandshakeDecision> {
  const { api, authorizer, connect, connectRoute } = deciders;
  const [path = '', ...query] = request.target.split('?');
  // A WebSocket API has no path after its stage.
  if (path !== `/${api.stage.name}` && path !== `/${api.stage.name}/`) {
    return { kind: 'refused', by: 'gateway', status: 403, message: 'Forbidden' };
  }
  if (!isHandshake(request)) {
    return { kind: 'refused', by: 'gateway', status: 400, message: 'Bad Request' };
  }
  const parts = handshakeParts(request.headers, query.join('?'));
  if (authorizer !== undefined && connectRoute?.authorizer !== undefined) {
    const verdict = await askAuthorizer({
      integration: authorizer,
      identitySources: connectRoute.authorizer.identitySources,
      methodArn: executeApiArn(api.apiId, `${api.stage.name}/$connect`),
      requestContext,
      parts,
    });
    if (verdict.kind === 'refused') {
      return refusedByAuthorizer(verdict.status, verdict.error);
    }
    connection.authorizer = verdict.context;
  }
  if (connect === undefined) {
    return { kind: 'accepted', subprotocol: undefined };
  }
  return decisionOf(await connect(connectEvent(connection, requestContext, parts)));
}

function isHandshake({ incoming: { headers, method } }: ArrivedRequest): boolean {
  const { upgrade = '', 'sec-websocket-key': key = '', 'sec-websocket-version': version } = headers;
  const isKey = /^[+/0-9A-Za-z]{22}==$/.test(key);
  return method === 'GET' && upgrade.toLowerCase() === 'websocket' && isKey && version === '13';
}

function refusedByAuthorizer(status: 401 | 403 | 500, error: string): HandshakeRefusal {
  const messages = { 401: 'Unauthorized', 403: 'Forbidden', 500: 'Internal server error' } as const;
  return {
    kind: 'refused',
    by: 'gateway',
    status,
    message: messages[status],
    authorizerError: error,
  };
}

function connectEvent(
  { authorizer }: Connection,
  requestContext: RequestContext,
  parts: HandshakeParts,
): unknown {
  const { queryStringParameters, multiValueQueryStringParameters, ...headers } = parts;
  const hasQuery = Object.keys(queryStringParameters).length > 0;
  return {
    ...headers,
    ...(hasQuery ? { queryStringParameters, multiValueQueryStringParameters } : {}),
    requestContext: authorizer === undefined ? requestContext : { ...requestContext, authorizer },
    isBase64Encoded: false,
  };
}

function decisionOf(outcome: IntegrationOutcome): HandshakeDecision {
  const message = 'Internal server error';
  switch (outcome.kind) {
    case 'returned':
      return decisionOfResult(outcome.payload);
    case 'forbidden':
      return {
        kind: 'refused',
        by: 'connect',
        status: 500,
        message,
        integrationError: failureOf(outcome),
      };
    case 'abandoned':
      return {
        kind: 'refused',
        by: 'connect',
        status: 504,
        message,
        integrationError: failureOf(outcome),
      };
    case 'failed':
    case 'timed-out':
    case 'throttled':
      return {
        kind: 'refused',
        by: 'connect',
        status: 502,
        message,
        integrationError: failureOf(outcome),
      };
    default:
      return outcome satisfies never;
  }
}

function decisionOfResult(payload: unknown): HandshakeDecision {
  const result = readProxyResult(payload);
  if (result === undefined) {
    const integrationError = 'Malformed Lambda proxy response';
    return {
      kind: 'refused',
      by: 'connect',
      status: 502,
      message: 'Internal server error',
      integrationError,
    };
  }
  return result.statusCode >= 200 && result.statusCode < 300
    ? { kind: 'accepted', subprotocol: result.headers['sec-websocket-protocol'] }
    : { kind: 'refused', by: 'connect', status: result.statusCode };
}
