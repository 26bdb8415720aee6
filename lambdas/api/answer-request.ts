import { apiKeyText, authenticate } from '../access/authenticate.ts';
import { allows } from '../access/scopes.ts';
import { type Refused, refused } from '../http/answer.ts';
import type { HttpRequest } from '../http/http-request.ts';
import type { KeptAnswers } from '../http/keep-answer.ts';
import { createRateLimit, type TakeCall } from '../http/rate-limit.ts';
import { readBody } from '../http/read-body.ts';
import {
  byKey,
  checkRequest,
  type Identified,
  type OpenRoute,
  type Served,
  type Service,
  serveRequest,
} from '../http/serve-request.ts';
import { countCalls } from '../store/operators/call-counts.ts';
import {
  claimAnswer,
  keptAnswerPut,
  readKeptAnswer,
  releaseAnswer,
  settleAnswer,
} from '../store/operators/kept-answers.ts';
import type { Database } from '../store/table/client.ts';
import type { Caller } from './api-route.ts';
import { permitWithinLocations } from './bounds/location-bound.ts';
import { type ApiErrorCode, apiErrors } from './errors.ts';
import { linkRoutes } from './link-routes.ts';
import { mcpRouteKeys } from './mcp/mcp-route-keys.ts';
import { apiVersion, openRoutes } from './open-routes.ts';
import { routes } from './routes.ts';
import { type Services, services } from './services.ts';

const routesByKey = byKey(routes);
const openByKey = byKey<OpenRoute>(openRoutes);
const linkByKey = byKey(linkRoutes);

/** Requests allowed per key: far more than people and scripts need, far less than would block the others. */
const limits = { callsPerWindow: 2_000, windowSeconds: 10, callsPerCount: 50 };

const takeCalls = new WeakMap<Database, TakeCall>();

function takeCallIn(database: Database): TakeCall {
  const known = takeCalls.get(database);
  if (known !== undefined) return known;
  const takeCall = createRateLimit({
    ...limits,
    count: async (apiKeyId, window, calls) => await countCalls(database, apiKeyId, window, calls),
  });
  takeCalls.set(database, takeCall);
  return takeCall;
}

/** A caller whose key is valid and has not called too often, and the scopes of the key. */
type Admitted = Identified<Caller> & { readonly scopes: readonly string[] };

async function admit(
  database: Database,
  outside: Services,
  request: HttpRequest,
  now: number,
): Promise<Admitted | Refused<ApiErrorCode>> {
  const authentication = await authenticate(database, request.headers['authorization'], now);
  if (authentication.kind === 'refused') return refused(authentication.code);
  const { operatorId, apiKeyId, name: apiKeyName, scopes, locationIds } = authentication.apiKey;
  const { kind, rate } = await takeCallIn(database)(apiKeyId, now);
  if (kind === 'exceeded') {
    return { ...refused('RATE_LIMITED'), retryAfterSeconds: rate.resetSeconds, rate };
  }
  const caller: Caller = {
    ...outside,
    database,
    operatorId,
    apiKeyId,
    apiKeyName,
    ...(locationIds === undefined ? {} : { locationIds }),
    now: new Date(now).toISOString(),
  };
  const keptAnswers = keptAnswersOf(caller, request);
  return { kind: 'known', caller, owner: operatorId, keptAnswers, rate, scopes };
}

/** A caller, if the key allows what needs `scope`. */
const withScope = (admitted: Admitted, scope: string): Admitted | Refused<ApiErrorCode> =>
  allows(admitted.scopes, scope)
    ? admitted
    : { ...refused('SCOPE_MISSING', [{ path: 'scope', message: scope }]), rate: admitted.rate };

/** The answers to an API key's requests are its own: another key of the operator's cannot open them. */
const keptAnswersOf = (
  { database, apiKeyId, now }: Caller,
  { headers }: HttpRequest,
): KeptAnswers => ({
  secret: apiKeyText(headers['authorization']) ?? '',
  read: async (name) => await readKeptAnswer(database, apiKeyId, name, now),
  put: (name, sealed) => keptAnswerPut(database, apiKeyId, name, sealed, now),
  claim: async (name, sealed) => await claimAnswer(database, apiKeyId, name, sealed, now),
  settle: async (name, sealed) => await settleAnswer(database, apiKeyId, name, sealed, now),
  release: async (name) => await releaseAnswer(database, apiKeyId, name),
});

/** Answers a request to the operator API. `now` is our clock in epoch ms. */
export async function answerRequest(
  database: Database,
  request: HttpRequest,
  now: number,
  outside = services,
): Promise<Served> {
  const link = linkByKey.get(request.routeKey);
  if (link !== undefined) return await link.answer(database, request, outside);
  if (mcpRouteKeys.includes(request.routeKey)) {
    const admitted = await admit(database, outside, request, now);
    return admitted.kind === 'refused' ? admitted : await answerTools(admitted, request, now);
  }
  const service: Service<Caller, ApiErrorCode> = {
    routes: routesByKey,
    openRoutes: openByKey,
    permit: permitWithinLocations,
    identify: async (one, scope) => {
      const admitted = await admit(database, outside, one, now);
      return admitted.kind === 'refused' ? admitted : withScope(admitted, scope);
    },
  };
  return await serveRequest(service, request);
}

/** Answers a message to the MCP server, whose tools are requests to the API by the same caller; they are counted as one. */
async function answerTools(admitted: Admitted, request: HttpRequest, now: number): Promise<Served> {
  const read = readBody(request.body, request.base64);
  if (read.kind === 'too-large') return { ...refused('BODY_TOO_LARGE'), rate: admitted.rate };
  if (read.kind === 'json' && Array.isArray(read.value)) {
    const message = 'Several messages at once are not taken; send them one by one.';
    return { ...refused('INVALID_REQUEST', [{ path: 'body', message }]), rate: admitted.rate };
  }
  const service: Service<Caller, ApiErrorCode> = {
    routes: routesByKey,
    openRoutes: new Map(),
    permit: permitWithinLocations,
    identify: async (_request, scope) => withScope(admitted, scope),
  };
  const { answerMcp } = await import('./mcp/answer-mcp.ts');
  const answer = await answerMcp(
    { version: apiVersion, routes, errors: apiErrors },
    {
      scopes: admitted.scopes,
      secret: apiKeyText(request.headers['authorization']) ?? '',
      now,
      routeKeys: new Set(routesByKey.keys()),
      serve: async (one) => await serveRequest(service, one),
      check: async (one) => {
        const checked = await checkRequest(service, one);
        return checked.kind === 'refused' ? checked : undefined;
      },
    },
    request,
  );
  return { ...answer, rate: admitted.rate };
}
