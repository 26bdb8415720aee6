import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readContext } from '../edge/charger-context.ts';
import type { ConnectionEvent } from '../edge/connection-event.ts';
import { logger } from '../edge/logger.ts';
import { measure } from '../edge/metrics.ts';
import { withRequestId } from '../edge/with-request-id.ts';
import { database } from '../store/client.ts';
import { endConnection } from '../store/connections.ts';

/** Notes that a connection ended; one that another took over from changes nothing. */
export const handler = middy<ConnectionEvent, APIGatewayProxyResult>()
  .use(withRequestId())
  .handler(async (event) => {
    const { authorizer, connectionId } = event.requestContext;
    const charger = readContext(authorizer);
    const outcome =
      charger === undefined
        ? 'unknown-charger'
        : await endConnection(database, charger.chargerKey, connectionId, new Date().toISOString());
    measure({ action: 'disconnect', outcome }, { Connections: 1 }, { connectionId });
    logger.info('Disconnected', { chargerId: charger?.chargerId, connectionId, outcome });
    return { statusCode: 200, body: '' };
  });
