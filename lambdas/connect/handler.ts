import { setTimeout } from 'node:timers/promises';
import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readContext } from '../connection/charger-context.ts';
import { closeConnection } from '../connection/close-connection.ts';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import { headerValues } from '../runtime/header-values.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { readLine } from '../store/commands/command-line.ts';
import { database } from '../store/table/client.ts';
import { acceptConnection } from './accept-connection.ts';

const refusals: Readonly<Record<string, number>> = {
  'unsupported-protocol': 400,
  'wrong-password': 401,
  'unknown-charger': 404,
  'taken-over': 409,
};

/** The verdict in the end, from the authorizer's and from what became of the connection meanwhile. */
function verdictOf(
  given: string,
  accepted: 'accepted' | 'taken-over' | 'deleted' | undefined,
): string {
  if (accepted === 'deleted') return 'unknown-charger';
  return accepted === 'taken-over' ? accepted : given;
}

/** Seconds until the handshake has ended and the charger can be written to. */
const handshakeSeconds = 1;

/** Has the commands sent that waited for a charger. A handshake does not fail for it: they are sent with the next command. */
async function wakeCommands(chargerKey: string): Promise<void> {
  try {
    if (!(await readLine(database, chargerKey)).isWaiting) return;
    const { sendCommandMessage } = await import('../connection/send-command-message.ts');
    await sendCommandMessage({ kind: 'next', chargerKey }, handshakeSeconds);
  } catch (error) {
    logger.error('The commands that wait for a charger could not be sent', { error, chargerKey });
  }
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
    const accepted =
      charger && (await acceptConnection(database, helpers, charger, connectionId, at));
    const verdict = verdictOf(given, accepted);
    const refused = accepted === 'accepted' ? {} : { HandshakesRefused: 1 };
    const counts = { Connections: 1, ...refused };
    emitMetric({ action: 'connect', outcome: verdict }, counts, { connectionId });
    if (charger === undefined || accepted !== 'accepted') {
      logger.info('Connection refused', { verdict, connectionId, viewerAddress });
      return { statusCode: refusals[verdict] ?? 404, body: '' };
    }
    await wakeCommands(charger.chargerKey);
    logger.info('Connected', { chargerId: charger.chargerId, connectionId, viewerAddress });
    const offered = headerValues(event, 'sec-websocket-protocol').length > 0;
    return {
      statusCode: 200,
      body: '',
      ...(offered ? { headers: { 'Sec-WebSocket-Protocol': charger.protocol } } : {}),
    };
  });
