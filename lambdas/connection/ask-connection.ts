import {
  ApiGatewayManagementApiClient,
  GetConnectionCommand,
  GoneException,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { logger } from '../runtime/logger.ts';

/** Asks the gateway whether a connection is open; `unknown` where it does not answer. */
export type AskConnection = (connectionId: string) => Promise<'open' | 'gone' | 'unknown'>;

/** Its endpoint is the stage's own, from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. Somebody waits for the answer. */
const client = new ApiGatewayManagementApiClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

/** Asks API Gateway, which ends a connection ten minutes after its last message and forgets it. */
export const askConnection: AskConnection = async (connectionId) => {
  try {
    await client.send(new GetConnectionCommand({ ConnectionId: connectionId }));
    return 'open';
  } catch (error) {
    if (error instanceof GoneException) return 'gone';
    logger.warn('Whether a connection is open could not be asked', { error, connectionId });
    return 'unknown';
  }
};
