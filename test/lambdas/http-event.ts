import { routeKeys } from '../../lambdas/api/route-keys.ts';
import { createRouteMatcher } from '../../runner/gateway/http/match-route.ts';
import { readPath } from '../../runner/gateway/http/read-path.ts';

const matchRoute = createRouteMatcher([...routeKeys, '$default'].map((key) => ({ key })));

/** The event of API Gateway for method and target of a request to the operator API: matched, and decoded once. */
export function matched(method: string, target: string) {
  const read = readPath(target, '$default');
  const match = read && matchRoute(method, read.routePath);
  return {
    routeKey: match?.route.key ?? '$default',
    pathParameters: match?.pathParameters ?? {},
    queryStringParameters: Object.fromEntries(new URLSearchParams(read?.query)),
  };
}

/** The event of a request to the operator API, as far as its function reads it. */
export const httpEvent = (
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
) => ({
  ...matched(method, target),
  headers,
  body,
  isBase64Encoded: false,
  requestContext: { http: { method } },
});
