import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readContext } from '../connection/charger-context.ts';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { endConnection } from '../store/connections.ts';
import { database } from '../store/table/client.ts';

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
    emitMetric({ action: 'disconnect', outcome }, { Connections: 1 }, { connectionId });
    logger.info('Disconnected', { chargerId: charger?.chargerId, connectionId, outcome });
    return { statusCode: 200, body: '' };
  });
