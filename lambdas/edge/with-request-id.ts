import type { MiddlewareObj } from '@middy/core';
import { logger } from './logger.ts';

/** Puts the request's id on every log line of an event, and takes it off again. */
export const withRequestId = <Event, Result>(): MiddlewareObj<Event, Result> => ({
  before: ({ context }) => {
    logger.resetKeys();
    logger.appendKeys({ requestId: context.awsRequestId });
  },
  onError: ({ error }) => {
    logger.error('The event could not be handled', { error });
  },
});
