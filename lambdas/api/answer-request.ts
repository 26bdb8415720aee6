import { apiKeyText, authenticate } from '../access/authenticate.ts';
import { allows } from '../access/scopes.ts';
import { refused } from '../http/answer.ts';
import type { HttpRequest } from '../http/http-request.ts';
import type { KeptAnswers } from '../http/keep-answer.ts';
import { createRateLimit, type TakeCall } from '../http/rate-limit.ts';
import {
  byKey,
  type Identified,
  type OpenRoute,
  type Served,
  serveRequest,
} from '../http/serve-request.ts';
import { countCalls } from '../store/operators/call-counts.ts';
import { keptAnswerPut, readKeptAnswer } from '../store/operators/kept-answers.ts';
import type { Database } from '../store/table/client.ts';
import type { Caller } from './api-route.ts';
import { openRoutes } from './open-routes.ts';
import { routes } from './routes.ts';
import { type Services, services } from './services.ts';

const routesByKey = byKey(routes);
const openByKey = byKey<OpenRoute>(openRoutes);

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

/** Finds whose key a request carries, and whether it may do what needs `scope` and has not called too often. */
async function identify(
  database: Database,
  outside: Services,
  request: HttpRequest,
  scope: string,
  now: number,
) {
  const authentication = await authenticate(database, request.headers['authorization'], now);
  if (authentication.kind === 'refused') return refused(authentication.code);
  const { operatorId, apiKeyId, name: apiKeyName, scopes } = authentication.apiKey;
  const { kind, rate } = await takeCallIn(database)(apiKeyId, now);
  if (kind === 'exceeded') {
    return { ...refused('RATE_LIMITED'), retryAfterSeconds: rate.resetSeconds, rate };
  }
  if (!allows(scopes, scope)) {
    return { ...refused('SCOPE_MISSING', [{ path: 'scope', message: scope }]), rate };
  }
  const caller: Caller = {
    ...outside,
    database,
    operatorId,
    apiKeyId,
    apiKeyName,
    now: new Date(now).toISOString(),
  };
  const keptAnswers = keptAnswersOf(caller, request);
  return {
    kind: 'known',
    caller,
    owner: operatorId,
    keptAnswers,
    rate,
  } satisfies Identified<Caller>;
}

/** The answers to an API key's requests are its own: another key of the operator's cannot open them. */
const keptAnswersOf = (
  { database, apiKeyId, now }: Caller,
  { headers }: HttpRequest,
): KeptAnswers => ({
  secret: apiKeyText(headers['authorization']) ?? '',
  read: async (name) => await readKeptAnswer(database, apiKeyId, name, now),
  put: (name, sealed) => keptAnswerPut(database, apiKeyId, name, sealed, now),
});

/** Answers a request to the operator API. `now` is our clock in epoch ms. */
export const answerRequest = async (
  database: Database,
  request: HttpRequest,
  now: number,
  outside = services,
): Promise<Served> =>
  await serveRequest(
    {
      routes: routesByKey,
      openRoutes: openByKey,
      identify: async (one, scope) => await identify(database, outside, one, scope, now),
    },
    request,
  );
