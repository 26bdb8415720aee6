import { asJsonObject, isJsonObject } from '../../template/json-object.ts';
import { failureOf, type IntegrationOutcome } from '../integration.ts';

/** The answer to an HTTP client. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
  /** Why the function gave no valid answer, for the access log. */
  readonly integrationError?: string;
};

/** An answer of API Gateway itself. */
export function gatewayAnswer(status: number, message: string, error?: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message })),
    ...(error === undefined ? {} : { integrationError: error }),
  };
}

/** The answer to a client from a function's result, payload format 2.0. */
export function httpAnswer(outcome: IntegrationOutcome): HttpAnswer {
  switch (outcome.kind) {
    case 'returned':
      return answerOf(outcome.payload);
    case 'failed':
      return outcome.errorType === 'RequestEntityTooLargeException'
        ? gatewayAnswer(413, 'Request Entity Too Large', failureOf(outcome))
        : internalError(failureOf(outcome));
    case 'timed-out':
    case 'forbidden':
      return internalError(failureOf(outcome));
    case 'throttled':
    case 'abandoned':
      return gatewayAnswer(503, 'Service Unavailable', failureOf(outcome));
    default:
      return outcome satisfies never;
  }
}

function internalError(error: string): HttpAnswer {
  return gatewayAnswer(500, 'Internal Server Error', error);
}

function answerOf(payload: unknown): HttpAnswer {
  if (!isJsonObject(payload) || payload['statusCode'] === undefined) {
    // Without a status code all of it is the body.
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, cookies: [], body: Buffer.from(text) };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = payload;
  const status = Number(statusCode);
  const text = body ?? '';
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599;
  if (!isStatus || typeof text !== 'string') {
    return internalError('The function returned no valid status code or body');
  }
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...lowerCase(headers) },
    cookies: Array.isArray(cookies) ? cookies.map(String) : [],
    body: Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

// Headers of the connection are set by API Gateway itself.
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

function lowerCase(headers: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asJsonObject(headers))
      .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      .filter(([name]) => !ownHeaders.has(name)),
  );
}
