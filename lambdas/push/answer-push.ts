import { authenticate } from '../access/authenticate.ts';
import { allows } from '../access/scopes.ts';
import type { GatewayErrorCode } from '../gateway/gateway-errors.ts';
import { pushStatement } from '../gateway/push-statement.ts';
import { refusePush } from '../gateway/refuse-push.ts';
import { done, type Refused, refused } from '../http/answer.ts';
import type { HttpRequest } from '../http/http-request.ts';
import { routesOf } from '../http/route.ts';
import { byKey, type Identified, type Served, serveRequest } from '../http/serve-request.ts';
import type { ApiKey } from '../store/operators/api-keys.ts';
import type { Database } from '../store/table/client.ts';
import { pushSessions } from './push-sessions.ts';
import { readPusher } from './pusher.ts';
import { takePush } from './take-push.ts';

/** The context of a push: the database, the key that pushes, and our clock. */
type Caller = {
  readonly database: Database;
  readonly apiKey: ApiKey;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly retentionDays: number;
};

const { route } = routesOf<Caller, GatewayErrorCode>();

const routes = byKey([
  route({
    ...pushStatement,
    refuseBody: refusePush,
    run: async ({ database, apiKey, now, retentionDays }, { body: { sessions } }) => {
      const pusher = await readPusher(database, apiKey);
      const moment = { receivedAt: now, retentionDays };
      return done(await pushSessions(database, pusher, sessions, moment));
    },
  }),
]);

/** Finds whose key a request carries; each request of a key counts, whatever it brings. */
async function identify(
  database: Database,
  { headers }: HttpRequest,
  scope: string,
  { now, retentionDays }: PushSurroundings,
): Promise<Identified<Caller> | Refused<GatewayErrorCode>> {
  const authentication = await authenticate(database, headers['authorization'], now);
  if (authentication.kind === 'refused') return refused(authentication.code);
  const { apiKey } = authentication;
  if (!allows(apiKey.scopes, scope)) {
    return refused('SCOPE_MISSING', [{ path: 'scope', message: scope }]);
  }
  const { kind, rate } = await takePush(database, apiKey.apiKeyId, now);
  if (kind === 'limited') {
    return { ...refused('RATE_LIMITED'), retryAfterSeconds: rate.resetSeconds, rate };
  }
  const caller = { database, apiKey, now: new Date(now).toISOString(), retentionDays };
  return { kind: 'known', caller, owner: apiKey.operatorId, rate };
}

/** Our clock, epoch ms, and for how many days pushed records are kept. */
export type PushSurroundings = { readonly now: number; readonly retentionDays: number };

/** Answers a request to the gateway. */
export const answerPush = async (
  database: Database,
  request: HttpRequest,
  surroundings: PushSurroundings,
): Promise<Served> =>
  await serveRequest(
    {
      routes,
      openRoutes: new Map(),
      identify: async (one, scope) => await identify(database, one, scope, surroundings),
    },
    request,
  );
