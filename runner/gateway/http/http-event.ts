import type { IncomingMessage } from 'node:http';
import { cloudLocation } from '../../template/cloud-location.ts';
import type { ApiDefinition } from '../api-definition.ts';
import { domainNameOf } from '../api-domain.ts';
import { sourceIpOf } from '../arrived-request.ts';
import { newGatewayId } from '../gateway-id.ts';
import { requestTime } from '../request-time.ts';

/** The part of an event that says which request it is about. */
export type HttpRequestContext = {
  readonly requestId: string;
  readonly routeKey: string;
  readonly timeEpoch: number;
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly sourceIp: string;
    readonly [member: string]: string;
  };
  readonly [member: string]: unknown;
};

/** A request and the route it takes; its key is empty where there is none. */
export type RequestOfRoute = {
  readonly api: ApiDefinition;
  readonly incoming: IncomingMessage;
  readonly routeKey: string;
  /** Percent-decoded, with the stage. */
  readonly path: string;
  /** Percent-encoded, as it was sent, without the question mark. */
  readonly query: string;
  readonly pathParameters: Readonly<Record<string, string>>;
};

/** The request context of an HTTP API event, payload format 2.0. */
export function httpRequestContext(request: RequestOfRoute): HttpRequestContext {
  const { api, incoming, path, routeKey } = request;
  const timeEpoch = Date.now();
  return {
    accountId: cloudLocation.account,
    apiId: api.apiId,
    domainName: domainNameOf(api.apiId),
    domainPrefix: api.apiId,
    http: {
      method: incoming.method ?? 'GET',
      path,
      protocol: `HTTP/${incoming.httpVersion}`,
      sourceIp: sourceIpOf(incoming),
      userAgent: incoming.headers['user-agent'] ?? '',
    },
    requestId: newGatewayId(),
    routeKey,
    stage: api.stage.name,
    time: requestTime(timeEpoch),
    timeEpoch,
  };
}

/** The event of an HTTP API, payload format 2.0. */
export function httpEvent(
  request: RequestOfRoute,
  requestContext: HttpRequestContext,
  body: Buffer,
): unknown {
  const { incoming, routeKey, path, query, pathParameters } = request;
  const queryStringParameters = joinedQuery(query);
  const cookies = (incoming.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const isText = isTextual(incoming);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...unlessEmpty('cookies', cookies[0] === '' ? [] : cookies),
    headers: joinedHeaders(incoming),
    ...unlessEmpty('queryStringParameters', queryStringParameters),
    requestContext,
    ...unlessEmpty('pathParameters', pathParameters),
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function unlessEmpty(name: string, value: object): Record<string, unknown> {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}

/** Repeated names are joined by a comma. */
function joinedQuery(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = Object.hasOwn(joined, name) ? joined[name] : undefined;
    joined[name] = before === undefined ? value : `${before},${value}`;
  }
  return joined;
}

/** Names in lower case, repeated ones joined by a comma; cookies have a place of their own. */
function joinedHeaders(incoming: IncomingMessage): Record<string, string> {
  const { cookie: _, ...distinct } = incoming.headersDistinct;
  const headers = Object.entries(distinct).map(([name, values = []]) => [name, values.join(',')]);
  return {
    ...Object.fromEntries(headers),
    'x-forwarded-for': sourceIpOf(incoming),
    'x-forwarded-port': String(incoming.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
}

const textual = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)\b)/i;
const otherCharset = /;\s*charset\s*=(?!\s*"?utf-?8\b)/i;

/** Bodies of other types, in other character sets, without a type, and compressed ones reach the function in base64. */
function isTextual({ headers }: IncomingMessage): boolean {
  const { 'content-type': type = '', 'content-encoding': encoding } = headers;
  return encoding === undefined && textual.test(type) && !otherCharset.test(type);
}
