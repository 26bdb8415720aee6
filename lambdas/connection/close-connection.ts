import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { logger } from '../runtime/logger.ts';

/** Ends a connection. One that the gateway does not know is gone, or has not been let in yet. */
export type CloseConnection = (connectionId: string) => Promise<'closed' | 'unknown'>;

/** Its endpoint is the stage's own, from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. */
const client = new ApiGatewayManagementApiClient({ maxAttempts: 1 });

/**
 * Ends a connection that another one took over from, or whose charger was deleted. Best effort: API Gateway ends it after its
 * idle time anyway.
 */
export async function closeConnection(connectionId: string): Promise<'closed' | 'unknown'> {
  try {
    await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    return 'closed';
  } catch (error) {
    if (!(error instanceof GoneException)) {
      logger.warn('A connection of the charger could not be closed', { error, connectionId });
    }
    return 'unknown';
  }
}
