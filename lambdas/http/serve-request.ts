import * as z from 'zod';
import { type Detail, type Rated, type Refused, refused } from './answer.ts';
import { describeIssue } from './describe-issue.ts';
import { entityTag, type IsSeen, oddIfMatch, readIfMatch } from './entity-tag.ts';
import type { HttpErrorCode } from './error-table.ts';
import type { HttpRequest } from './http-request.ts';
import type { KeptAnswers } from './keep-answer.ts';
import { longestParameter } from './longest-parameter.ts';
import { oddTexts } from './odd-texts.ts';
import { readBody } from './read-body.ts';
import { isReplaced, type Route, routeKeyOf, type StatedRoute } from './route.ts';
import { oddKey, runOnce } from './run-once.ts';

/** A call that needs no key, without the code that answers it: enough to describe it. */
export type StatedOpenRoute = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly mediaType: string;
  readonly response?: z.ZodType;
  /** Whether it is also answered as a page. */
  readonly hasPage?: true;
  /** Other statuses that it is answered with, each with a page for people or, where it leads elsewhere, with nothing; and their meaning. */
  readonly pages?: Readonly<Partial<Record<303 | 404 | 429, string>>>;
  readonly errors?: readonly string[];
};

/** A call that anybody may make. */
export type OpenRoute = StatedOpenRoute & {
  /** Gives the body: text of its media type, or what is written as JSON. */
  readonly answer: () => Promise<unknown>;
};

/** Who calls, and whose lists the caller sees. */
export type Identified<Caller> = Rated & {
  readonly kind: 'known';
  readonly caller: Caller;
  readonly owner: string;
  /** Where answers are kept for requests that are repeated; absent where the API has no repeatable calls. */
  readonly keptAnswers?: KeptAnswers;
};

/** An API: its routes by their keys, and how it knows its callers. */
export type Service<Caller, Code extends string> = {
  readonly routes: ReadonlyMap<string, Route<Caller, Code>>;
  readonly openRoutes: ReadonlyMap<string, OpenRoute>;
  /** Finds who sends a request and whether they have the right that its route needs. */
  readonly identify: (
    request: HttpRequest,
    scope: string,
  ) => Promise<Identified<Caller> | Refused<Code>>;
  /** Whether a caller may send a request with these parts, and the query that is asked then; any caller where it is absent. */
  readonly permit?: (
    caller: Caller,
    route: Route<Caller, Code>,
    parts: {
      readonly path: Readonly<Record<string, string>>;
      readonly query: unknown;
      readonly body: unknown;
    },
  ) => Promise<{ readonly kind: 'permitted'; readonly query: unknown } | Refused<Code>>;
};

/** The answer to a request, with the status and media type of its route. */
export type Served =
  | (Rated & {
      readonly kind: 'done';
      readonly status: number;
      readonly body?: unknown;
      readonly mediaType: string;
      /** Headers besides those of every answer, by their names in lower case. */
      readonly headers?: Readonly<Record<string, string>>;
    })
  | Refused;

const json = 'application/json';

/** A call that takes no body; an empty object counts as no body. */
const noBody = z.strictObject({}).nullish();

/** Routes by the keys by which API Gateway names them. */
export const byKey = <Each extends { readonly method: string; readonly path: string }>(
  routes: readonly Each[],
): ReadonlyMap<string, Each> => new Map(routes.map((one) => [routeKeyOf(one), one]));

/** A request that its route takes, from a caller who may send it: everything but done. */
type Checked<Caller, Code extends string> = {
  readonly kind: 'checked';
  readonly route: Route<Caller, Code>;
  readonly identified: Identified<Caller>;
  readonly path: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
};

/**
 * Finds the route of a request by the key that API Gateway matched, and its caller, and reads what it brings by the schemas of
 * the route. Nothing is done yet.
 */
export async function checkRequest<Caller, Code extends string>(
  service: Service<Caller, Code>,
  request: HttpRequest,
): Promise<Checked<Caller, Code> | Refused> {
  const route = service.routes.get(request.routeKey);
  const path = route && readPath(request.path);
  if (route === undefined || path === undefined) return refused('ROUTE_NOT_FOUND');
  const identified = await service.identify(request, route.scope);
  if (identified.kind === 'refused') return identified;
  const read = readParts(route, request, path);
  if (read.kind === 'refused') return { ...read, rate: identified.rate };
  const { query, body } = read;
  const permitted = await service.permit?.(identified.caller, route, { path, query, body });
  if (permitted?.kind === 'refused') return { ...permitted, rate: identified.rate };
  return { kind: 'checked', route, identified, path, query: permitted?.query ?? query, body };
}

/** Serves a request. */
export async function serveRequest<Caller, Code extends string>(
  service: Service<Caller, Code>,
  request: HttpRequest,
): Promise<Served> {
  const open = service.openRoutes.get(request.routeKey);
  if (open !== undefined) {
    return { kind: 'done', status: 200, body: await open.answer(), mediaType: open.mediaType };
  }
  const checked = await checkRequest(service, request);
  if (checked.kind === 'refused') return checked;
  return { ...(await serveChecked(request, checked)), rate: checked.identified.rate };
}

async function serveChecked<Caller, Code extends string>(
  request: HttpRequest,
  { route, identified, path, query, body }: Checked<Caller, Code>,
): Promise<Served> {
  const list = JSON.stringify([identified.owner, route.path, path]);
  const given = { query, body, path, list, ...ifMatchOf(route, request) };
  const answer = await runOnce(route, request, identified.keptAnswers, given, (keepAnswer) =>
    route.run(identified.caller, keepAnswer === undefined ? given : { ...given, keepAnswer }),
  );
  if (answer.kind === 'refused') return answer;
  const { status, mediaType = json } = route;
  return { ...answer, ...tagged(route, answer.body), status, mediaType };
}

type Versioned = Pick<StatedRoute, 'method' | 'versioned'>;

function ifMatchOf(route: Versioned, request: HttpRequest): { readonly isSeen?: IsSeen } {
  const isSeen = isReplaced(route) ? readIfMatch(request, route.versioned ?? []) : undefined;
  return isSeen === undefined ? {} : { isSeen };
}

/** The `ETag` of an answer that shows a whole resource. */
const tagged = ({ versioned }: Versioned, body: unknown) =>
  versioned === undefined || typeof body !== 'object' || body === null
    ? {}
    : { headers: { etag: entityTag(body, versioned) } };

/** The parameters of a path; undefined where one is longer than any id. */
function readPath(given: HttpRequest['path']): Readonly<Record<string, string>> | undefined {
  const path: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(given)) {
    if (value === '' || Buffer.byteLength(value, 'utf8') > longestParameter) return undefined;
    path[name] = value;
  }
  return path;
}

type Parts<Code extends string> =
  | { readonly kind: 'parts'; readonly query: unknown; readonly body: unknown }
  | Refused<HttpErrorCode | Code>;

function readParts<Caller, Code extends string>(
  route: Route<Caller, Code>,
  request: HttpRequest,
  path: Readonly<Record<string, string>>,
): Parts<Code> {
  const read = readBody(request.body, request.base64);
  if (read.kind === 'too-large') return refused('BODY_TOO_LARGE');
  if (read.kind === 'malformed') {
    const details = [{ path: 'body', message: read.reason }];
    return (
      route.refuseBody?.({ kind: 'malformed', details }) ??
      refused(route.body === undefined ? 'INVALID_REQUEST' : 'INVALID_JSON', details)
    );
  }
  const stated = { path, query: statedOf(request.query), body: read.value };
  const body = (route.body ?? noBody).safeParse(stated.body, { error: describeIssue });
  if (!body.success && route.refuseBody !== undefined) {
    const details = problems('body', body);
    return route.refuseBody({ kind: 'invalid', value: stated.body, details });
  }
  const odd = [
    ...oddTexts(stated),
    ...oddKey(route, request),
    ...(isReplaced(route) ? oddIfMatch(request) : []),
  ];
  if (odd.length > 0) return refused('INVALID_REQUEST', odd);
  const query = route.query.safeParse(stated.query, { error: describeIssue });
  if (query.success && body.success) {
    return { kind: 'parts', query: query.data, body: body.data };
  }
  return refused('INVALID_REQUEST', [...problems('query', query), ...problems('body', body)]);
}

// `?state=` asks for no state in particular.
const statedOf = (query: HttpRequest['query']): HttpRequest['query'] =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

function problems(
  part: 'query' | 'body',
  parsed: z.ZodSafeParseResult<unknown>,
): readonly Detail[] {
  return (parsed.error?.issues ?? []).flatMap((issue) => {
    const at = [part, ...issue.path].join('.');
    // Each unknown field by its own name.
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: `${at}.${key}`, message: issue.message }))
      : [{ path: at, message: issue.message }];
  });
}
