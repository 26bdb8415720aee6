import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { logger } from '../runtime/logger.ts';

/** Its endpoint is the stage's own, from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. */
const client = new ApiGatewayManagementApiClient({ maxAttempts: 1 });

/** Ends a connection that another one took over from. Best effort: API Gateway ends it after its idle time anyway. */
export async function closeConnection(connectionId: string): Promise<'closed' | 'unknown'> {
  try {
    await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    return 'closed';
  } catch (error) {
    if (!(error instanceof GoneException)) {
      logger.warn('The previous connection of the charger could not be closed', { error });
    }
    return 'unknown';
  }
}
