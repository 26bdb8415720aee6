import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ErrorTable } from './error-table.ts';
import type { Served } from './serve-request.ts';

/** On every answer: it is for its reader alone, over HTTPS alone, and is what its type says. */
const always = {
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** A page may show itself with its own styles, and nothing else. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** The headers of a page that may run scripts of ours as well, and nobody else's. */
export const ownScripts = {
  'content-security-policy': pageHeaders['content-security-policy'].replace(
    "style-src 'unsafe-inline'",
    "style-src 'unsafe-inline'; script-src 'self'",
  ),
};

/** The headers of a page that may also send its own forms, and look for news of itself. */
export const ownForms = {
  'content-security-policy': ownScripts['content-security-policy']
    .replace("form-action 'none'", "form-action 'self'")
    .replace("script-src 'self'", "script-src 'self'; connect-src 'self'"),
};

const write = (
  status: number,
  body: unknown,
  mediaType: string,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    ...always,
    'content-type': `${mediaType}; charset=utf-8`,
    ...(mediaType === 'text/html' ? pageHeaders : {}),
    ...headers,
  },
  body: typeof body === 'string' && mediaType !== 'application/json' ? body : JSON.stringify(body),
});

/** The rest of a caller's limit, by the names that clients know: draft-ietf-httpapi-ratelimit-headers until its version 07. */
const rateHeaders = ({ rate }: Served): Readonly<Record<string, string>> =>
  rate === undefined
    ? {}
    : {
        'ratelimit-limit': String(rate.limit),
        'ratelimit-remaining': String(rate.remaining),
        'ratelimit-reset': String(rate.resetSeconds),
        'ratelimit-policy': `${rate.limit};w=${rate.windowSeconds}`,
      };

/** Writes an answer as HTTP; a refusal as code, sentence and details of the error table. */
export function httpResponse(
  served: Served,
  errors: ErrorTable<string>,
): APIGatewayProxyStructuredResultV2 {
  if (served.kind === 'done') {
    const headers = { ...rateHeaders(served), ...served.headers };
    return served.body === undefined
      ? { statusCode: served.status, headers: { ...always, ...headers } }
      : write(served.status, served.body, served.mediaType, headers);
  }
  const { code, details, retryAfterSeconds } = served;
  const [status, message] = errors[code] ?? [500, code];
  return write(status, { code, message, details }, 'application/json', {
    ...rateHeaders(served),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
}
