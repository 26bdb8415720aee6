import type * as z from 'zod';
import type { ApiKey } from '../store/api-keys.ts';
import type { Database } from '../store/table/client.ts';
import { type ApiAnswer, type Detail, done, refused } from './api-answer.ts';
import { authenticate } from './authenticate.ts';
import { bindCursor, listName, unbindCursor } from './bind-cursor.ts';
import { type Match, matchRoute } from './match-route.ts';
import { readBody } from './read-body.ts';
import { routes } from './routes.ts';
import { allows } from './scopes.ts';

/** A request as HTTP brought it. */
export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly authorization: string | undefined;
  readonly body: string | undefined;
  readonly base64: boolean;
};

/** Answers a request to the operator API. `now` is our clock in epoch ms. */
export async function answerRequest(
  database: Database,
  request: ApiRequest,
  now: number,
): Promise<ApiAnswer> {
  if (request.method === 'GET' && request.path === '/health') return done({ status: 'ok' });
  const match = matchRoute(routes, request.method, request.path);
  if (match === undefined) return refused('ROUTE_NOT_FOUND');
  const authentication = await authenticate(database, request.authorization, now);
  if (authentication.kind === 'refused') return refused(authentication.code);
  const { apiKey } = authentication;
  if (!allows(apiKey.scopes, match.route.scope)) {
    return refused('SCOPE_MISSING', [{ path: 'scope', message: match.route.scope }]);
  }
  return await runRoute(database, request, match, apiKey, now);
}

async function runRoute(
  database: Database,
  request: ApiRequest,
  match: Match,
  { operatorId, apiKeyId, name: apiKeyName }: ApiKey,
  now: number,
): Promise<ApiAnswer> {
  const read = readBody(request.body, request.base64);
  if (read.kind === 'too-large') return refused('BODY_TOO_LARGE');
  if (read.kind === 'malformed') return refused('INVALID_JSON');
  const query = match.route.query.safeParse(givenOf(request.query));
  const body = match.route.body.safeParse(read.value);
  if (!query.success || !body.success) {
    const details = [...problems('query', query), ...problems('body', body)];
    return refused('INVALID_REQUEST', details);
  }
  const list = listName(operatorId, match.route.path, match.path);
  const bound = boundQuery(list, query.data);
  if (bound === undefined) return refused('INVALID_CURSOR');
  const caller = {
    database,
    operatorId,
    apiKeyId,
    apiKeyName,
    now: new Date(now).toISOString(),
  };
  const given = { path: match.path, query: bound, body: body.data };
  return withBoundCursor(list, await match.route.run(caller, given));
}

/** A query with the cursor that its list gave; undefined when another list gave it. */
function boundQuery(list: string, query: unknown): unknown {
  if (typeof query !== 'object' || query === null || !('cursor' in query)) return query;
  if (typeof query.cursor !== 'string') return query;
  const cursor = unbindCursor(list, query.cursor);
  return cursor === undefined ? undefined : { ...query, cursor };
}

function withBoundCursor(list: string, answer: ApiAnswer): ApiAnswer {
  if (answer.kind !== 'done') return answer;
  const { body } = answer;
  if (typeof body !== 'object' || body === null || !('nextCursor' in body)) return answer;
  const { nextCursor } = body;
  if (typeof nextCursor !== 'string') return answer;
  return { ...answer, body: { ...body, nextCursor: bindCursor(list, nextCursor) } };
}

// `?state=` asks for no state in particular.
const givenOf = (query: ApiRequest['query']): ApiRequest['query'] =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

function problems(
  part: 'query' | 'body',
  parsed: z.ZodSafeParseResult<unknown>,
): readonly Detail[] {
  return (parsed.error?.issues ?? []).map((issue) => ({
    path: [part, ...issue.path].join('.'),
    message: issue.message,
  }));
}
