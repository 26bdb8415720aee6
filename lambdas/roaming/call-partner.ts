import { randomUUID } from 'node:crypto';
import { authorizationHeader, type TokenEncoding } from '../../core/ocpi/envelope/authorization.ts';
import { readEnvelope } from '../../core/ocpi/envelope/envelope.ts';
import { messageIdHeaders } from '../../core/ocpi/envelope/message-ids.ts';
import { type Routing, routingHeaders } from '../../core/ocpi/hub/routing-headers.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../core/units/write-json-literals.ts';
import type { TextRequest } from '../outbound/request-text.ts';
import type { RoamingServices } from './roaming-services.ts';

/** A request that we send to a partner, with the token and the headers that it knows us by. */
export type PartnerCall = Pick<TextRequest, 'method' | 'url' | 'milliseconds'> & {
  readonly token: string;
  readonly encoding: TokenEncoding;
  /** The token to try where the partner does not know the other one. */
  readonly tokenBefore?: string;
  readonly body?: JsonLiteral;
  /** Of a functional module. */
  readonly routing?: Routing;
};

/** The outcome of a call of a partner. */
export type Called =
  | {
      readonly kind: 'success';
      readonly http: number;
      readonly data: JsonLiteral | undefined;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** The partner does not know the token. */
  | { readonly kind: 'unauthorized' }
  | {
      readonly kind: 'refused';
      readonly http: number;
      /** Null where the answer is not one of OCPI. */
      readonly statusCode: number | null;
      readonly message: string;
    }
  /** `code` says why, as in `TIMEOUT`. */
  | { readonly kind: 'unreachable'; readonly message: string; readonly code: string };

/** Calls a partner, with ids by which both sides find the message again. */
export async function callPartner(
  services: Pick<RoamingServices, 'request'>,
  { tokenBefore, ...call }: PartnerCall,
): Promise<Called> {
  const called = await callOnce(services, call);
  return called.kind === 'unauthorized' && tokenBefore !== undefined
    ? await callOnce(services, { ...call, token: tokenBefore })
    : called;
}

async function callOnce(
  { request }: Pick<RoamingServices, 'request'>,
  {
    method,
    url,
    milliseconds,
    token,
    encoding,
    body,
    routing = {},
  }: Omit<PartnerCall, 'tokenBefore'>,
): Promise<Called> {
  const requestId = randomUUID();
  const answer = await request({
    method,
    url,
    headers: {
      authorization: authorizationHeader(token, encoding),
      accept: 'application/json',
      'user-agent': 'Joulegate-OCPI/1',
      ...messageIdHeaders({ requestId, correlationId: requestId }),
      ...routingHeaders(routing),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : writeJsonLiterals(body),
    milliseconds,
  });
  if (answer.kind === 'failed') {
    const { code } = answer;
    return { kind: 'unreachable', message: `${url} cannot be reached: ${code}.`, code };
  }
  const { status: http, headers } = answer;
  if (http === 401) return { kind: 'unauthorized' };
  const read = readEnvelope(http, answer.body);
  return read.kind === 'success'
    ? { kind: 'success', http, data: read.data, headers }
    : { kind: 'refused', http, statusCode: read.statusCode, message: `${url}: ${read.message}` };
}
