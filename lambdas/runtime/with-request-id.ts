import type { MiddlewareObj } from '@middy/core';
import { logger } from './logger.ts';
import { nameRequest } from './metrics.ts';

/** Puts the request's id on every line of an event, of the log and of what is measured. */
export const withRequestId = <Event, Result>(): MiddlewareObj<Event, Result> => ({
  before: ({ context }) => {
    logger.resetKeys();
    logger.appendKeys({ requestId: context.awsRequestId });
    nameRequest(context.awsRequestId);
  },
  onError: ({ error }) => {
    logger.error('The event could not be handled', { error });
  },
});
