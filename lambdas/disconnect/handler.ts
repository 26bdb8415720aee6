import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readContext } from '../connection/charger-context.ts';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { endConnection } from '../store/chargers/connections.ts';
import { database } from '../store/table/client.ts';

// API Gateway closes a connection with it for a frame over 32 KB. The charger sends the same message again on the next.
const TOO_LARGE = 1009;

/** Notes that a connection ended; one that another took over from changes nothing. */
export const handler = middy<ConnectionEvent, APIGatewayProxyResult>()
  .use(withRequestId())
  .handler(async (event) => {
    const {
      authorizer,
      connectionId,
      disconnectStatusCode: code,
      disconnectReason: reason,
    } = event.requestContext;
    const charger = readContext(authorizer);
    const outcome =
      charger === undefined
        ? 'unknown-charger'
        : await endConnection(database, charger.chargerKey, connectionId, new Date().toISOString());
    emitMetric({ action: 'disconnect', outcome }, { Connections: 1 }, { connectionId });
    const chargerId = charger?.chargerId;
    if (code === TOO_LARGE) {
      emitMetric({ action: 'disconnect', outcome }, { FramesTooLarge: 1 }, { chargerId });
    }
    logger.info('Disconnected', { chargerId, connectionId, outcome, code, reason });
    return { statusCode: 200, body: '' };
  });
