import { fileRoutes } from '../bucket/file-routes.ts';
import { pushStatement } from '../gateway/push-statement.ts';
import { routeKeyOf } from '../http/route.ts';
import { linkRoutes } from './link-routes.ts';
import { mcpRouteKeys } from './mcp/mcp-route-keys.ts';
import { openRoutes } from './open-routes.ts';
import { routes } from './routes.ts';

/** The routes that anybody may call, likewise. */
export const openRouteKeys: readonly string[] = [...openRoutes, ...linkRoutes].map(routeKeyOf);

/** The routes that the gateway of third parties serves, likewise. */
export const pushRouteKeys: readonly string[] = [routeKeyOf(pushStatement)];

/** Every route of the operator API by the name that API Gateway gives it, as in `GET /chargers`. */
export const routeKeys: readonly string[] = [
  ...routes.map(routeKeyOf),
  ...openRouteKeys,
  ...mcpRouteKeys,
];

/** The routes at which chargers leave and find their files, likewise. */
export const fileRouteKeys: readonly string[] = fileRoutes;
