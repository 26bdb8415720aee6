import type { IncomingMessage } from 'node:http';
import type { Count } from '../../runner-interfaces.ts';
import type { ApiDefinition, RouteDefinition } from '../api-definition.ts';
import type { Integration } from '../integration.ts';
import { readBody } from '../read-body.ts';
import type { RouteThrottle } from '../throttle.ts';
import { isPreflight, preflightAnswer, withCors } from './cors.ts';
import { gatewayAnswer, type HttpAnswer, httpAnswer } from './http-answer.ts';
import {
  type HttpRequestContext,
  httpEvent,
  httpRequestContext,
  type RequestOfRoute,
} from './http-event.ts';
import type { MatchRoute } from './match-route.ts';
import { readPath } from './read-path.ts';

/** A route of an HTTP API, with the function behind it. */
export type HttpRoute = RouteDefinition & { readonly integration: Integration };

/** The parts that answer the requests of an HTTP API. */
export type HttpService = {
  readonly api: ApiDefinition;
  readonly matchRoute: MatchRoute<HttpRoute>;
  readonly throttle: RouteThrottle;
  readonly count: Count;
};

/** A request before its body is read: where it goes, or what is wrong with it. */
export type RoutedRequest = {
  readonly request: RequestOfRoute;
  readonly requestContext: HttpRequestContext;
  readonly to:
    | { readonly kind: 'route'; readonly route: HttpRoute }
    | { readonly kind: 'no-route' }
    | { readonly kind: 'broken-path' };
};

const bodyLimitBytes = 10 * 1024 * 1024;

/** Requests are metered in pieces of this size. */
const meteredBytes = 512 * 1024;

/** Finds the route of a request. */
export function routeRequest(
  incoming: IncomingMessage,
  { api, matchRoute }: HttpService,
): RoutedRequest {
  const target = readPath(incoming.url ?? '/', api.stage.name);
  const match = target && matchRoute(incoming.method ?? 'GET', target.routePath);
  const request = {
    api,
    incoming,
    routeKey: match?.route.key ?? '',
    path: target?.path ?? '',
    query: target?.query ?? '',
    pathParameters: match?.pathParameters ?? {},
  };
  return { request, requestContext: httpRequestContext(request), to: destination(target, match) };
}

function destination(
  target: unknown,
  match: { readonly route: HttpRoute } | undefined,
): RoutedRequest['to'] {
  if (target === undefined) {
    return { kind: 'broken-path' };
  }
  return match === undefined ? { kind: 'no-route' } : { kind: 'route', route: match.route };
}

/** Answers a request by the function behind its route, or by the API itself. */
export async function answerRequest(
  routed: RoutedRequest,
  service: HttpService,
): Promise<HttpAnswer> {
  const { cors } = service.api;
  const { method, headers } = routed.request.incoming;
  if (cors === undefined) return await answerRouted(routed, service);
  return isPreflight(method, headers)
    ? preflightAnswer(cors, headers)
    : withCors(cors, headers, await answerRouted(routed, service));
}

async function answerRouted(
  { request, requestContext, to }: RoutedRequest,
  { api, throttle, count }: HttpService,
): Promise<HttpAnswer> {
  const body = await readBody(request.incoming, bodyLimitBytes);
  const bytes = body?.length ?? bodyLimitBytes;
  count({
    service: 'apigateway',
    operation: 'HttpRequest',
    caller: api.address,
    units: { request: Math.max(1, Math.ceil(bytes / meteredBytes)), bytes },
  });
  if (!throttle(request.routeKey, Date.now())) {
    return gatewayAnswer(429, 'Too Many Requests');
  }
  switch (to.kind) {
    case 'broken-path':
      return gatewayAnswer(400, 'Bad Request');
    case 'no-route':
      return gatewayAnswer(404, 'Not Found');
    case 'route':
      return body === undefined
        ? gatewayAnswer(413, 'Request Entity Too Large')
        : httpAnswer(await to.route.integration(httpEvent(request, requestContext, body)));
    default:
      return to satisfies never;
  }
}
