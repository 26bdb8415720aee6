import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { logger } from '../runtime/logger.ts';

/** The connections of the live feed, by their ids. */
export type FeedConnection = {
  /** Sends a frame: `slow` where the client has not read those before it, `unknown` where it may have arrived or not. */
  readonly post: (
    connectionId: string,
    frame: string,
  ) => Promise<'posted' | 'gone' | 'slow' | 'unknown'>;
  readonly close: (connectionId: string) => Promise<void>;
};

/** Its endpoint is the stage's own, from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. One attempt: no frame is sent twice. */
const client = new ApiGatewayManagementApiClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** The connections as API Gateway has them. */
export const feedConnection: FeedConnection = {
  post: async (ConnectionId, Data) => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId, Data }));
      return 'posted';
    } catch (error) {
      if (error instanceof GoneException) return 'gone';
      if (error instanceof LimitExceededException) return 'slow';
      logger.warn('It is not known whether events were sent', { error, ConnectionId });
      return 'unknown';
    }
  },
  close: async (ConnectionId) => {
    try {
      await client.send(new DeleteConnectionCommand({ ConnectionId }));
    } catch (error) {
      if (error instanceof GoneException) return;
      logger.warn('A connection of the feed could not be closed', { error, ConnectionId });
    }
  },
};
