import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { refused } from '../http/answer.ts';
import { requestFrom } from '../http/http-request.ts';
import { httpResponse } from '../http/http-response.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { answerRequest } from './answer-request.ts';
import { apiErrors } from './errors.ts';

/**
 * Answers operators and integrators. Whatever happens, the answer has the contract's form. Logs name the route and never
 * the path, which carries ids of tokens and promo codes.
 */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(withRequestId())
  .handler(async (event) => {
    const request = requestFrom(event);
    const route = request.routeKey;
    const served = await answerRequest(database, request, Date.now()).catch((error: unknown) => {
      logger.error('A call could not be answered', { error, route });
      return refused('INTERNAL_ERROR');
    });
    const outcome = served.kind === 'done' ? 'done' : served.code;
    emitMetric({ action: event.requestContext.http.method, outcome }, { Requests: 1 }, { route });
    return httpResponse(served, apiErrors);
  });
