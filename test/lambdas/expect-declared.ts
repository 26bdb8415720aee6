import { openRoutes } from '../../lambdas/api/open-routes.ts';
import { routes } from '../../lambdas/api/routes.ts';
import { byKey, type Served } from '../../lambdas/http/serve-request.ts';

const routesByKey = byKey([...routes, ...openRoutes]);

/** The errors that any call may be refused with. */
const anywhere = new Set([
  'AUTH_HEADER_MISSING',
  'INVALID_API_KEY',
  'SCOPE_MISSING',
  'RATE_LIMITED',
  'INVALID_REQUEST',
  'INVALID_JSON',
  'BODY_TOO_LARGE',
  'ROUTE_NOT_FOUND',
]);

/** Throws unless an answer is what its route declares: its errors, or a body that fits its response schema exactly. */
export function expectDeclared(routeKey: string, answer: Served): void {
  const route = routesByKey.get(routeKey);
  if (answer.kind === 'refused') {
    const declared = route !== undefined && 'errors' in route ? route.errors : [];
    if (anywhere.has(answer.code) || declared.some((code) => code === answer.code)) return;
    throw new Error(`${routeKey} was refused with ${answer.code}, which it does not declare`);
  }
  const body = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  if (route?.response === undefined) {
    if (body !== undefined) throw new Error(`${routeKey} declares no body, but answers with one`);
    return;
  }
  const parsed = route.response.safeParse(body);
  if (!parsed.success) {
    throw new Error(`${routeKey} answers otherwise than it declares: ${parsed.error.message}`);
  }
}
