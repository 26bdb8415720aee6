import type { IncomingHttpHeaders } from 'node:http';
import type { DeployedResource } from '../../runner-interfaces.ts';
import { unsupportedValue } from '../unsupported-value.ts';
import type { HttpAnswer } from './http-answer.ts';

/** The answers of an HTTP API to browsers about pages of other origins. */
export type Cors = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAge: number | undefined;
};

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

/** Reads the `CorsConfiguration` of an API; undefined where it has none. Credentials and wildcards within an origin are not done here. */
export function readCors(api: DeployedResource): Cors | undefined {
  const given = api.properties['CorsConfiguration'];
  if (given === undefined) return undefined;
  const { AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, MaxAge } = given as Readonly<
    Record<string, unknown>
  >;
  const odd = texts(AllowOrigins).find((origin) => origin.includes('*'));
  if (odd !== undefined) throw unsupportedValue(api.address, 'CorsConfiguration.AllowOrigins', odd);
  return {
    origins: texts(AllowOrigins),
    methods: texts(AllowMethods),
    headers: texts(AllowHeaders).map((name) => name.toLowerCase()),
    exposed: texts(ExposeHeaders),
    maxAge: MaxAge === undefined ? undefined : Number(MaxAge),
  };
}

/** A question of a browser before it sends what a page asks for: answered by API Gateway, whatever the routes are. */
export const isPreflight = (method: string | undefined, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

const isAllowed = ({ origins }: Cors, origin: string | undefined): origin is string =>
  origin !== undefined && origins.includes(origin);

/** The answer to a preflight: without headers for an origin that is not allowed, which its browser takes for a refusal. */
export function preflightAnswer(cors: Cors, { origin }: IncomingHttpHeaders): HttpAnswer {
  const { methods, headers, maxAge } = cors;
  const allowed = isAllowed(cors, origin)
    ? {
        'access-control-allow-origin': origin,
        ...(methods.length === 0 ? {} : { 'access-control-allow-methods': methods.join(',') }),
        ...(headers.length === 0 ? {} : { 'access-control-allow-headers': headers.join(',') }),
        ...(maxAge === undefined ? {} : { 'access-control-max-age': String(maxAge) }),
      }
    : {};
  return { status: 204, headers: allowed, cookies: [], body: Buffer.alloc(0) };
}

/** An answer with what browsers read about its origin; headers of the function about that are left out, as API Gateway does. */
export function withCors(
  cors: Cors,
  { origin }: IncomingHttpHeaders,
  answer: HttpAnswer,
): HttpAnswer {
  const own = Object.entries(answer.headers).filter(
    ([name]) => !name.startsWith('access-control-'),
  );
  const exposed = cors.exposed.join(',');
  return {
    ...answer,
    headers: {
      ...Object.fromEntries(own),
      ...(isAllowed(cors, origin)
        ? {
            'access-control-allow-origin': origin,
            ...(exposed === '' ? {} : { 'access-control-expose-headers': exposed }),
          }
        : {}),
    },
  };
}
