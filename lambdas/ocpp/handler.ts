import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { failureFrame } from '../../core/ocpp/failure-frame.ts';
import { receive } from '../../core/ocpp/receive.ts';
import { v16 } from '../../core/ocpp/v16/version.ts';
import type { CloseConnection } from '../connection/close-connection.ts';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import type { AskPartners } from '../roaming/asked-driver.ts';
import { logger } from '../runtime/logger.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';
import { answerMessage } from './answer-message.ts';
import { identifyCharger } from './identify-charger.ts';
import type { MessageContext } from './message-context.ts';
import type { Postpone } from './postponed-message.ts';
import { settings } from './settings.ts';

/** The way to the queue is loaded only when it is needed: no start of the function is slower for it. */
const postpone: Postpone = async (message) => {
  const { sendPostponed } = await import('./send-postponed.ts');
  await sendPostponed(message);
};

/** Needed as rarely. */
const close: CloseConnection = async (connectionId) => {
  const { closeConnection } = await import('../connection/close-connection.ts');
  return await closeConnection(connectionId);
};

/** Needed as rarely. */
const requestConfiguration: NonNullable<MessageContext['requestConfiguration']> = async (
  charger,
  seconds,
) => {
  const { sendCommandMessage } = await import('../connection/send-command-message.ts');
  await sendCommandMessage({ kind: 'configure', ...charger }, seconds);
};

/** Needed as rarely, and what reads and writes OCPI with it. */
const askPartners: AskPartners = async (asked) => {
  const { askPartnersNow } = await import('../roaming/ask-partners-now.ts');
  return await askPartnersNow(asked);
};

/** Needed as rarely, and the library that reads requests for certificates with it. */
const certifier: NonNullable<MessageContext['certifier']> = {
  check: async (csr, applicant) => {
    const { checkRequest } = await import('../authority/check-request.ts');
    return checkRequest(csr, applicant);
  },
  certify: async (message) => {
    const { sendCommandMessage } = await import('../connection/send-command-message.ts');
    await sendCommandMessage(message);
  },
};

// Message type of a CALL: the key of the one route whose function answers by what it returns (docs/adr/0008-answers.md).
const CALL = '2';

/** A valid answer to a message of an unknown sender. */
function answerNobody(text: string): string | undefined {
  const received = receive(v16, text);
  if (received.kind === 'call') return failureFrame(received);
  return received.kind === 'answer' ? received.frame : undefined;
}

async function answer(event: ConnectionEvent): Promise<string | undefined> {
  const { connectionId, connectedAt, requestTimeEpoch: now } = event.requestContext;
  const text = event.body ?? '';
  const charger = await identifyCharger(database, event.requestContext).catch((error: unknown) => {
    logger.error('The sender of a message could not be looked up', { error, connectionId });
    return undefined;
  });
  if (charger === undefined) return answerNobody(text);
  return await answerMessage(
    {
      database,
      charger,
      connectionId,
      connectedAt,
      now,
      postpone,
      close,
      askPartners,
      requestConfiguration,
      certifier,
      settings,
    },
    text,
  );
}

/**
 * Answers every message of a charger. A CALL is answered by the frame that is returned. A broken frame comes by another
 * route and is answered over the connection; a reply of a charger never is.
 */
export const handler = middy<ConnectionEvent, APIGatewayProxyStructuredResultV2>()
  .use(withRequestId())
  .handler(async (event) => {
    const frame = await answer(event);
    if (frame === undefined) return { statusCode: 200 };
    const { connectionId, routeKey } = event.requestContext;
    if (routeKey === CALL) return { statusCode: 200, body: frame };
    const { sendFrame } = await import('./send-frame.ts');
    await sendFrame(connectionId, frame);
    return { statusCode: 200 };
  });
