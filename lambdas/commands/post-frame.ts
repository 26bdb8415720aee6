import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { logger } from '../runtime/logger.ts';

/** Sends a frame; `unknown` where it may have arrived or not. */
export type PostFrame = (
  connectionId: string,
  frame: string,
) => Promise<'posted' | 'gone' | 'unknown'>;

/**
 * Its endpoint is the stage's own, from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. One attempt: a charger must not get a command twice. And
 * a connection for each: one that the other side closes just when it is used again would take the command with it.
 */
const client = new ApiGatewayManagementApiClient({
  maxAttempts: 1,
  requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
});

/** Sends a frame over a charger's connection. */
export const postFrame: PostFrame = async (connectionId, frame) => {
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame }));
    return 'posted';
  } catch (error) {
    if (error instanceof GoneException) return 'gone';
    logger.warn('It is not known whether a command was sent', { error, connectionId });
    return 'unknown';
  }
};
