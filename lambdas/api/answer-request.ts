import { refused } from '../http/answer.ts';
import type { HttpRequest } from '../http/http-request.ts';
import {
  byKey,
  type Identified,
  type OpenRoute,
  type Served,
  serveRequest,
} from '../http/serve-request.ts';
import type { Database } from '../store/table/client.ts';
import type { Caller } from './api-route.ts';
import { authenticate } from './authenticate.ts';
import { openRoutes } from './open-routes.ts';
import { routes } from './routes.ts';
import { allows } from './scopes.ts';

const routesByKey = byKey(routes);
const openByKey = byKey<OpenRoute>(openRoutes);

/** Finds whose key a request carries, and whether it may do what needs `scope`. */
async function identify(database: Database, request: HttpRequest, scope: string, now: number) {
  const authentication = await authenticate(database, request.headers['authorization'], now);
  if (authentication.kind === 'refused') return refused(authentication.code);
  const { operatorId, apiKeyId, name: apiKeyName, scopes } = authentication.apiKey;
  if (!allows(scopes, scope)) {
    return refused('SCOPE_MISSING', [{ path: 'scope', message: scope }]);
  }
  const caller: Caller = {
    database,
    operatorId,
    apiKeyId,
    apiKeyName,
    now: new Date(now).toISOString(),
  };
  return { kind: 'known', caller, owner: operatorId } satisfies Identified<Caller>;
}

/** Answers a request to the operator API. `now` is our clock in epoch ms. */
export const answerRequest = async (
  database: Database,
  request: HttpRequest,
  now: number,
): Promise<Served> =>
  await serveRequest(
    {
      routes: routesByKey,
      openRoutes: openByKey,
      identify: async (one, scope) => await identify(database, one, scope, now),
    },
    request,
  );
