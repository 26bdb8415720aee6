import type { AccessLog } from '../access-log.ts';
import type { RequestContext } from './websocket-event.ts';

/** The fields of an access log entry besides the event's context. */
export type LoggedOutcome = {
  readonly status: number;
  readonly authorizerError?: string;
  readonly integrationError?: string;
};

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Writes one event of a connection to the access log of its stage. */
export function logEvent(log: AccessLog, context: RequestContext, outcome: LoggedOutcome): void {
  log.write({
    requestId: context.requestId,
    extendedRequestId: context.extendedRequestId,
    connectionId: String(context['connectionId']),
    connectedAt: Number(context['connectedAt']),
    eventType: context.eventType,
    routeKey: context.routeKey,
    requestTime: String(context['requestTime']),
    requestTimeEpoch: context.requestTimeEpoch,
    stage: String(context['stage']),
    apiId: String(context['apiId']),
    domainName: String(context['domainName']),
    status: outcome.status,
    'authorizer.error': outcome.authorizerError,
    integrationErrorMessage: outcome.integrationError,
    disconnectStatusCode: numberOf(context['disconnectStatusCode']),
    disconnectReason: textOf(context['disconnectReason']),
  });
}
