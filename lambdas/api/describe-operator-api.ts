import { gatewayErrors } from '../gateway/gateway-errors.ts';
import { pushStatement } from '../gateway/push-statement.ts';
import { describeApi } from '../http/describe-api.ts';
import type { OpenApiDocument } from '../http/open-api-document.ts';
import type { StatedRoute } from '../http/route.ts';
import type { StatedOpenRoute } from '../http/serve-request.ts';
import { apiErrors } from './errors.ts';
import { exampleValues } from './example-values.ts';
import { parameters } from './parameters.ts';
import { tags } from './tags.ts';

/** From a key to a verified webhook, for somebody who has this page alone. */
const firstSteps = [
  'First steps: an operator and its key come from `npm run joulegate -- operator create --name "My company"`. With the key in `KEY` and the address of this page in `HTTP`, create a tariff, and a key that pushes sessions billed by it:',
  `    curl "$HTTP/tariffs" -H "authorization: Bearer $KEY" -d '{"name":"Street","currency":"EUR","perKwh":"0.49"}'
    curl "$HTTP/api-keys" -H "authorization: Bearer $KEY" -d '{"name":"Wallbox","scopes":["sessions:push"],"tariffId":"tar_…"}'`,
  'Create a webhook, keep its `secret`, and push a session with the new key. Its CDR is sealed within seconds, `cdr.created` is sent to the webhook, and `GET /cdrs` lists it:',
  `    curl "$HTTP/webhooks" -H "authorization: Bearer $KEY" -d '{"url":"https://…","events":["cdr.created"]}'
    curl "$HTTP/api/gateway/sessions" -H "authorization: Bearer $PUSH_KEY" -d '{"sessions":[{"carConnected":"2026-04-14T18:30:00+02:00","carDisconnected":"2026-04-15T06:45:00+02:00","kiloWattHours":32.5}]}'
    curl "$HTTP/cdrs" -H "authorization: Bearer $KEY"`,
  'A delivery follows Standard Webhooks: the signed content is `{webhook-id}.{webhook-timestamp}.{body}`; `webhook-signature` holds, behind `v1,`, base64 of its HMAC-SHA-256 by the key that is base64 behind `whsec_`. Accept it if one signature is valid and the timestamp less than five minutes off; answer with 2xx within 15 seconds.',
];

const description = [
  'Send an API key with each request: `Authorization: Bearer jg_live_…`. Keys have scopes; a key with a `:write` scope may also read, and `admin` may do everything.',
  'Requests and answers are JSON in UTF-8. Times are ISO 8601; a time that you send needs `Z` or an offset. Prices and other decimal numbers are answered as text, as in `"0.49"`, and may be sent as text or as a JSON number.',
  'Lists are paged: pass the `nextCursor` of a page as `cursor` to get the next one; it is null on the last page. A cursor works only for the list that issued it.',
  'An error has the form `{ "code", "message", "details" }`; react to the code. Answers may get more fields, so ignore those that you do not know. Requests with unknown fields or query parameters are refused.',
  'A body has at most 256 KB, a parameter of a path at most 512 bytes, and all headers with the request line at most 10 KB, which is a limit of API Gateway. The limits of each text, list and number are in the schemas.',
  'A resource that is replaced by `PUT` is shown with an `ETag`. Send it as `If-Match` with the `PUT`, and the change is refused with 412 where somebody else has changed the resource since.',
  'A 429 answer with `Retry-After` means that this API key sent too many requests. Encode ids in paths once, as `encodeURIComponent` does.',
  ...firstSteps,
].join('\n\n');

/** Errors that any call with a key may be refused with. */
const errorsOfAny = [
  'INVALID_REQUEST',
  'AUTH_HEADER_MISSING',
  'INVALID_API_KEY',
  'SCOPE_MISSING',
  'KEY_BOUNDED',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
] as const;

/** Describes the operator API with these routes. */
export const describeOperatorApi = (
  version: string,
  routes: readonly StatedRoute[],
  openRoutes: readonly StatedOpenRoute[],
): OpenApiDocument =>
  describeApi({
    title: 'Joulegate operator API',
    version,
    description,
    tags,
    parameters,
    exampleValues,
    routes,
    openRoutes,
    ownRoutes: [pushStatement],
    errors: { ...gatewayErrors, ...apiErrors },
    errorsOfAny,
    errorsOfBodies: ['INVALID_JSON', 'BODY_TOO_LARGE'],
    errorsOfPaths: ['ROUTE_NOT_FOUND'],
  });
