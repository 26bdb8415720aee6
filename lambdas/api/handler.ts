import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { headerValues } from '../runtime/header-values.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { type ApiRequest, answerRequest } from './answer-request.ts';
import { type ApiAnswer, refused } from './api-answer.ts';
import { apiErrors } from './errors.ts';

const requestOf = (event: APIGatewayProxyEventV2): ApiRequest => ({
  method: event.requestContext.http.method,
  path: event.rawPath,
  query: event.queryStringParameters ?? {},
  authorization: headerValues(event, 'authorization').at(0),
  body: event.body,
  base64: event.isBase64Encoded,
});

/** A token's id is as good as the token, and a promo code is worth money: logs do not show them. */
const loggedPath = (path: string): string => path.replace(/^(\/(?:tokens|promo-codes)\/).+/, '$1…');

const json = (status: number, body: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

function response(answer: ApiAnswer): APIGatewayProxyStructuredResultV2 {
  if (answer.kind === 'done') {
    return answer.body === undefined
      ? { statusCode: answer.status }
      : json(answer.status, answer.body);
  }
  const [status, message] = apiErrors[answer.code];
  return json(status, { code: answer.code, message, details: answer.details });
}

/** Answers operators and integrators. Whatever happens, the answer has the contract's form. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(withRequestId())
  .handler(async (event) => {
    const request = requestOf(event);
    const answer = await answerRequest(database, request, Date.now()).catch((error: unknown) => {
      logger.error('A call could not be answered', { error, path: loggedPath(request.path) });
      return refused('INTERNAL_ERROR');
    });
    const outcome = answer.kind === 'done' ? 'done' : answer.code;
    emitMetric(
      { action: request.method, outcome },
      { Requests: 1 },
      { path: loggedPath(request.path) },
    );
    return response(answer);
  });
