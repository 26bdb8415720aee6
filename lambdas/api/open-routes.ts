import * as z from 'zod';
import { gatewayErrors } from '../gateway/gateway-errors.ts';
import { pushStatement } from '../gateway/push-statement.ts';
import type { OpenApiDocument } from '../http/describe-api.ts';
import type { OpenRoute } from '../http/serve-request.ts';
import { ownPublishedKeys, PublishedKeysSchema } from './cdrs/published-keys.ts';
import { apiErrors } from './errors.ts';
import { routes } from './routes.ts';

/** The version of Joulegate, as in package.json. */
export const apiVersion = '0.1.0';

const description = [
  'Send an API key with each request: `Authorization: Bearer jg_live_…`. Keys have scopes; a key with a `:write` scope may also read, and `admin` may do everything.',
  'Requests and answers are JSON in UTF-8. Times are ISO 8601; a time that you send needs `Z` or an offset. Prices and other decimal numbers are answered as text, as in `"0.49"`, and may be sent as text or as a JSON number.',
  'Lists are paged: pass the `nextCursor` of a page as `cursor` to get the next one; it is null on the last page. A cursor works only for the list that issued it.',
  'An error has the form `{ "code", "message", "details" }`; react to the code. Answers may get more fields, so ignore those that you do not know. Requests with unknown fields or query parameters are refused.',
  'A 429 answer with `Retry-After` means that this API key sent too many requests. Encode ids in paths once, as `encodeURIComponent` does.',
].join('\n\n');

/** Errors that any call with a key may be refused with. */
const errorsOfAny = [
  'INVALID_REQUEST',
  'AUTH_HEADER_MISSING',
  'INVALID_API_KEY',
  'SCOPE_MISSING',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
] as const;

let described: OpenApiDocument | undefined;

/** Describes the operator API; what does it is loaded only when somebody asks. */
async function describeOnce(): Promise<OpenApiDocument> {
  const { describeApi } = await import('../http/describe-api.ts');
  described ??= describeApi({
    title: 'Joulegate operator API',
    version: apiVersion,
    description,
    routes,
    openRoutes,
    ownRoutes: [pushStatement],
    errors: { ...gatewayErrors, ...apiErrors },
    errorsOfAny,
    errorsOfBodies: ['INVALID_JSON', 'BODY_TOO_LARGE'],
  });
  return described;
}

/** The calls that need no key. */
export const openRoutes: readonly OpenRoute[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'Answers as long as the API does.',
    mediaType: 'application/json',
    response: z.strictObject({ status: z.literal('ok') }),
    answer: async () => ({ status: 'ok' }),
  },
  {
    method: 'GET',
    path: '/openapi.json',
    summary: 'Returns this description as an OpenAPI 3.1 document.',
    mediaType: 'application/json',
    answer: describeOnce,
  },
  {
    method: 'GET',
    path: '/.well-known/joulegate-cdr-keys',
    summary: 'Lists the public keys that the seals of CDRs are verified with.',
    mediaType: 'application/json',
    response: PublishedKeysSchema,
    answer: ownPublishedKeys,
  },
  {
    method: 'GET',
    path: '/docs',
    summary: 'Shows this description as a page.',
    mediaType: 'text/html',
    answer: async () => {
      const { docsPage } = await import('../http/docs-page.ts');
      return docsPage(await describeOnce());
    },
  },
];
