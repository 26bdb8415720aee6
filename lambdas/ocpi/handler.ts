import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerOutcome } from '../../core/ocpi/envelope/answer-outcome.ts';
import { writeEnvelope } from '../../core/ocpi/envelope/envelope.ts';
import { messageIdHeaders, messageIdsOf } from '../../core/ocpi/envelope/message-ids.ts';
import { requestFrom } from '../http/http-request.ts';
import { roamingServices } from '../roaming/services-of-aws.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { answerAlways } from './answer-always.ts';
import type { VersionedResponse } from './answer-partner.ts';
import { readOcpiRequest } from './read-ocpi-request.ts';

/** Answers roaming partners. Whatever happens, the answer is one of OCPI. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(withRequestId())
  .handler(async (event) => {
    const { method } = event.requestContext.http;
    const request = readOcpiRequest(method, requestFrom(event));
    const { outcome, version, headers } = await answerOf(request);
    const { http, location, ...envelope } = answerOutcome(outcome, version);
    emitMetric({ action: method, outcome: outcome.kind }, { Requests: 1 }, { version });
    return {
      statusCode: http,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        ...messageIdHeaders(messageIdsOf(event.headers, randomUUID())),
        ...headers,
        ...(location === undefined ? {} : { location }),
      },
      body: writeEnvelope(envelope, new Date().toISOString()),
    };
  });

async function answerOf(request: ReturnType<typeof readOcpiRequest>): Promise<VersionedResponse> {
  if (request === 'not-json') return { outcome: { kind: 'not-json' }, version: '2.3.0' };
  if (request === 'unknown-method') {
    return { outcome: { kind: 'object-not-found' }, version: '2.3.0' };
  }
  return await answerAlways(database, roamingServices, request);
}
