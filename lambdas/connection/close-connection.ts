import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { logger } from '../runtime/logger.ts';

/** Ends a connection; one that is already gone needs nothing. */
export type CloseConnection = (connectionId: string) => Promise<void>;

/** Its endpoint is the stage's own, from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. */
const client = new ApiGatewayManagementApiClient({ maxAttempts: 1 });

/**
 * Ends a connection that another one took over from, or whose charger was deleted. Best effort: API Gateway ends it after its
 * idle time anyway.
 */
export async function closeConnection(connectionId: string): Promise<void> {
  try {
    await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
  } catch (error) {
    if (error instanceof GoneException) return;
    logger.warn('A connection of the charger could not be closed', { error, connectionId });
  }
}
