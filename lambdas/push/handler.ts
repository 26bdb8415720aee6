import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { gatewayErrors } from '../gateway/gateway-errors.ts';
import { refused } from '../http/answer.ts';
import { requestFrom } from '../http/http-request.ts';
import { httpResponse } from '../http/http-response.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { answerPush } from './answer-push.ts';

const retentionDays = Number(process.env['READING_RETENTION_DAYS'] ?? 400);

/** Takes sessions that third parties push. Whatever happens, the answer has the contract's form. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(withRequestId())
  .handler(async (event) => {
    const request = requestFrom(event);
    const surroundings = { now: Date.now(), retentionDays };
    const served = await answerPush(database, request, surroundings).catch((error: unknown) => {
      logger.error('A push could not be answered', { error });
      return refused('INTERNAL_ERROR');
    });
    const outcome = served.kind === 'done' ? 'done' : served.code;
    emitMetric({ action: 'push', outcome }, { Requests: 1 }, { route: request.routeKey });
    return httpResponse(served, gatewayErrors);
  });
