import { setTimeout } from 'node:timers/promises';
import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { type ChargerContext, readContext } from '../connection/charger-context.ts';
import { closeConnection } from '../connection/close-connection.ts';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import { headerValues } from '../runtime/header-values.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { acceptConnection } from './accept-connection.ts';
import { wakeCommands } from './wake-commands.ts';

const refusals: Readonly<Record<string, number>> = {
  'unsupported-protocol': 400,
  'wrong-password': 401,
  'wrong-certificate': 401,
  'unknown-charger': 404,
  'taken-over': 409,
};

/** Most of an id that is logged: nobody has checked how long it is. */
const mostOfId = 64;

/** Whose handshake was refused: a registered charger, or who the URL says it is. A connection token is never logged. */
function refusedOf(
  { queryStringParameters: query, requestContext: { authorizer } }: ConnectionEvent,
  charger: ChargerContext | undefined,
): { readonly chargerId?: string; readonly operatorSlug?: string } {
  const id = charger?.chargerId ?? authorizer?.['refusedChargerId'] ?? query?.['chargerId'];
  return omitUndefined({
    chargerId: typeof id === 'string' ? id.slice(0, mostOfId) : undefined,
    operatorSlug: query?.['operatorSlug']?.slice(0, mostOfId),
  });
}

/** The verdict in the end, from the authorizer's and from what became of the connection meanwhile. */
function verdictOf(
  given: string,
  accepted: 'accepted' | 'taken-over' | 'deleted' | 'revoked' | undefined,
): string {
  if (accepted === 'deleted' || accepted === 'revoked') return 'unknown-charger';
  return accepted === 'taken-over' ? accepted : given;
}

const helpers = { close: closeConnection, wait: async (ms: number) => await setTimeout(ms) };

/** Answers a charger's handshake with the authorizer's verdict, and takes over from the charger's older connection. */
export const handler = middy<ConnectionEvent, APIGatewayProxyResult>()
  .use(withRequestId())
  .handler(async (event) => {
    const { authorizer, connectionId, connectedAt } = event.requestContext;
    const viewerAddress = event.queryStringParameters?.['viewerAddress'];
    const given = String(authorizer?.['verdict'] ?? 'unknown-charger');
    const charger = given === 'accepted' ? readContext(authorizer) : undefined;
    const at = new Date(connectedAt).toISOString();
    const token = authorizer?.['connectionTokenHash'];
    const tokenHash = typeof token === 'string' ? token : undefined;
    const accepted =
      charger && (await acceptConnection(database, helpers, charger, connectionId, at, tokenHash));
    const verdict = verdictOf(given, accepted);
    const refused = accepted === 'accepted' ? {} : { HandshakesRefused: 1 };
    const counts = { Connections: 1, ...refused };
    emitMetric({ action: 'connect', outcome: verdict }, counts, { connectionId });
    if (charger === undefined || accepted !== 'accepted') {
      const who = refusedOf(event, charger);
      logger.info('Connection refused', { verdict, ...who, connectionId, viewerAddress });
      return { statusCode: refusals[verdict] ?? 404, body: '' };
    }
    await wakeCommands(database, charger, connectedAt);
    logger.info('Connected', { chargerId: charger.chargerId, connectionId, viewerAddress });
    const offered = headerValues(event, 'sec-websocket-protocol').length > 0;
    return {
      statusCode: 200,
      body: '',
      ...(offered ? { headers: { 'Sec-WebSocket-Protocol': charger.protocol } } : {}),
    };
  });
