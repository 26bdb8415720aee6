import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import { sendOutbound } from '../outbound/send-outbound.ts';
import { headerValues } from '../runtime/header-values.ts';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { noteReading } from '../store/events/audience.ts';
import { removeSubscriber } from '../store/events/subscribers.ts';
import { database } from '../store/table/client.ts';
import { answerFrame, type Reader } from './answer-frame.ts';

/** The subprotocol of the feed, for clients that send their key as another one. */
const feedProtocol = 'joulegate.feed';

const refusals: Readonly<Record<string, number>> = {
  AUTH_HEADER_MISSING: 401,
  INVALID_API_KEY: 401,
  SCOPE_MISSING: 403,
};

function readerOf({ requestContext }: ConnectionEvent): Reader {
  const { authorizer, connectionId, connectedAt } = requestContext;
  const operatorId = String(authorizer?.['operatorId'] ?? '');
  const apiKeyId = String(authorizer?.['apiKeyId'] ?? '');
  return { operatorId, apiKeyId, connectionId, connectedAt };
}

async function connect(event: ConnectionEvent): Promise<APIGatewayProxyResult> {
  const verdict = String(event.requestContext.authorizer?.['verdict'] ?? 'INVALID_API_KEY');
  const { operatorId, connectionId } = readerOf(event);
  logger.info('Reader of the live feed', { verdict, operatorId, connectionId });
  if (verdict !== 'accepted') return { statusCode: refusals[verdict] ?? 401, body: '' };
  await noteReading(database, operatorId, new Date().toISOString());
  const offered = headerValues(event, 'sec-websocket-protocol').flatMap((value) =>
    value.split(',').map((offer) => offer.trim()),
  );
  return {
    statusCode: 200,
    body: '',
    ...(offered.includes(feedProtocol)
      ? { headers: { 'Sec-WebSocket-Protocol': feedProtocol } }
      : {}),
  };
}

/** Answers readers of the live feed: their handshake, their frames, and the end of their connection. */
export const handler = middy<ConnectionEvent, APIGatewayProxyResult>()
  .use(withRequestId())
  .handler(async (event) => {
    const reader = readerOf(event);
    switch (event.requestContext.eventType) {
      case 'CONNECT':
        return await connect(event);
      case 'DISCONNECT':
        await removeSubscriber(database, reader.operatorId, reader.connectionId);
        return { statusCode: 200, body: '' };
      default: {
        const answering = { database, send: sendOutbound, now: Date.now() };
        const answer = await answerFrame(answering, reader, event.body);
        return { statusCode: 200, body: JSON.stringify(answer) };
      }
    }
  });
