import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { callBucket } from '../bucket/call-bucket.ts';
import { requestFrom } from '../http/http-request.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { answerTransfer, refuseTransfer } from './answer-transfer.ts';

/** Takes the logs that chargers upload. Logs never name the path: it is all that an upload needs. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(withRequestId())
  .handler(async (event) => {
    const request = requestFrom(event);
    const { method } = event.requestContext.http;
    const surroundings = { database, call: callBucket, now: Date.now() };
    const answer = await answerTransfer(surroundings, method, request).catch((error: unknown) => {
      logger.error('A file could not be transferred', { error, route: request.routeKey });
      return refuseTransfer('INTERNAL_ERROR');
    });
    const outcome = String(answer.statusCode);
    emitMetric({ action: method, outcome }, { Requests: 1 }, { route: request.routeKey });
    return answer;
  });
