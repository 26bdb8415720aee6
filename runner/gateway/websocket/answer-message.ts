import type { RouteDefinition } from '../api-definition.ts';
import { failureOf, type Integration, type IntegrationOutcome } from '../integration.ts';
import { readProxyResult } from '../proxy-result.ts';
import { webSocketLimits } from './limits.ts';
import type { RequestContext } from './websocket-event.ts';

/** A route that takes messages, with the function behind it. */
export type MessageRoute = {
  readonly definition: RouteDefinition;
  readonly integration: Integration;
};

/** The reply to the client for one message, and its entry in the access log. */
export type MessageAnswer = {
  readonly text: string | undefined;
  readonly status: number;
  readonly integrationError?: string;
};

/** The frame that API Gateway sends by itself when something goes wrong on its side of the function. */
export function gatewayFrame(message: string, context: RequestContext): string {
  return JSON.stringify({
    message,
    connectionId: context['connectionId'],
    requestId: context.requestId,
  });
}

/**
 * The reply to a client for its message: none if the route has no route response. Where it has
 * one, what the function returns without a body is an empty message.
 */
export function answerMessage(
  outcome: IntegrationOutcome,
  { definition }: MessageRoute,
  context: RequestContext,
): MessageAnswer {
  if (outcome.kind !== 'returned') {
    return failed(failureOf(outcome), outcome.kind === 'abandoned' ? 504 : 500, context);
  }
  const result = readProxyResult(outcome.payload);
  if (result === undefined) {
    return failed('Malformed Lambda proxy response', 502, context);
  }
  if (!definition.replies) {
    return { text: undefined, status: result.statusCode };
  }
  // Not established for route responses on AWS; a larger message could not be sent through @connections either.
  return Buffer.byteLength(result.body) > webSocketLimits.messageBytes
    ? failed('The answer is over 128 KB', 500, context)
    : { text: result.body, status: result.statusCode };
}

function failed(integrationError: string, status: number, context: RequestContext): MessageAnswer {
  return { text: gatewayFrame('Internal server error', context), status, integrationError };
}
