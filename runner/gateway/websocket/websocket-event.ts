import type { ApiDefinition } from '../api-definition.ts';
import { domainNameOf } from '../api-domain.ts';
import type { Header } from '../arrived-request.ts';
import { newGatewayId } from '../gateway-id.ts';
import { multiValue } from '../multi-value.ts';
import { requestTime } from '../request-time.ts';
import type { Connection, ConnectionEnd } from './connection.ts';

/** The part of an event that says which connection and which request it is about. */
export type RequestContext = {
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly routeKey: string;
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly requestTimeEpoch: number;
  readonly [member: string]: unknown;
};

/** Makes the events of one WebSocket API. */
export type EventMaker = {
  readonly connect: (connection: Connection) => RequestContext;
  readonly message: (connection: Connection, routeKey: string) => RequestContext;
  readonly disconnect: (connection: Connection, end: ConnectionEnd) => RequestContext;
};

/** Request contexts as API Gateway makes them, for the connections of an API. */
export function createEventMaker(api: ApiDefinition): EventMaker {
  const ofApi = {
    messageDirection: 'IN',
    stage: api.stage.name,
    domainName: domainNameOf(api.apiId),
    apiId: api.apiId,
  };
  const contextOf = (
    connection: Connection,
    routeKey: string,
    eventType: RequestContext['eventType'],
  ): RequestContext => {
    const requestId = newGatewayId();
    const requestTimeEpoch = Date.now();
    return {
      routeKey,
      ...(connection.authorizer === undefined ? {} : { authorizer: connection.authorizer }),
      eventType,
      extendedRequestId: requestId,
      requestTime: requestTime(requestTimeEpoch),
      connectedAt: connection.connectedAt,
      requestTimeEpoch,
      identity: identityOf(connection),
      requestId,
      connectionId: connection.connectionId,
      ...ofApi,
    };
  };
  return {
    connect: (connection) => contextOf(connection, '$connect', 'CONNECT'),
    message: (connection, routeKey) => ({
      ...contextOf(connection, routeKey, 'MESSAGE'),
      messageId: newGatewayId(),
    }),
    disconnect: (connection, { code, reason }) => ({
      ...contextOf(connection, '$disconnect', 'DISCONNECT'),
      disconnectStatusCode: code,
      disconnectReason: reason,
    }),
  };
}

function identityOf({ sourceIp, userAgent }: Connection): Record<string, string> {
  return userAgent === undefined ? { sourceIp } : { userAgent, sourceIp };
}

/** Headers and query of a handshake, as the events of `$connect` carry them and no other event does. */
export type HandshakeParts = {
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly queryStringParameters: Readonly<Record<string, string>>;
  readonly multiValueQueryStringParameters: Readonly<Record<string, readonly string[]>>;
};

/** Takes headers and query of a handshake apart; names and values of the query are percent-decoded. */
export function handshakeParts(headers: readonly Header[], query: string): HandshakeParts {
  const ofHeaders = multiValue(headers, { ignoreCase: true });
  const ofQuery = multiValue(new URLSearchParams(query), { ignoreCase: false });
  return {
    headers: ofHeaders.last,
    multiValueHeaders: ofHeaders.all,
    queryStringParameters: ofQuery.last,
    multiValueQueryStringParameters: ofQuery.all,
  };
}
