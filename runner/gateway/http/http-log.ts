import type { AccessLog } from '../access-log.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequestContext } from './http-event.ts';

/** Writes one request to the access log of its stage. */
export function logRequest(
  log: AccessLog,
  context: HttpRequestContext,
  answer: HttpAnswer,
  milliseconds: number,
): void {
  log.write({
    requestId: context.requestId,
    routeKey: context.routeKey,
    requestTimeEpoch: context.timeEpoch,
    requestTime: String(context['time']),
    stage: String(context['stage']),
    apiId: String(context['apiId']),
    domainName: String(context['domainName']),
    httpMethod: context.http.method,
    path: context.http.path,
    protocol: context.http['protocol'],
    'identity.sourceIp': context.http.sourceIp,
    'identity.userAgent': context.http['userAgent'],
    status: answer.status,
    responseLength: answer.body.length,
    responseLatency: Math.round(milliseconds),
    integrationErrorMessage: answer.integrationError,
  });
}
