import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { logger } from '../runtime/logger.ts';

/** Its endpoint is the stage's own, from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. */
const client = new ApiGatewayManagementApiClient({ maxAttempts: 2 });

/** Sends a frame over a charger's connection. Never throws: API Gateway would send a frame of its own, which is not OCPP. */
export async function sendFrame(connectionId: string, frame: string): Promise<void> {
  try {
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame }));
  } catch (error) {
    // The charger has gone: it asks again on its next connection.
    if (error instanceof GoneException) return;
    logger.error('A frame could not be sent', { error, connectionId });
  }
}
