import { loadVersion } from '../../core/ocpp/load-version.ts';
import { type ReceivedCall, type ReceivedSend, receive } from '../../core/ocpp/receive.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { within } from '../runtime/within.ts';
import { answerCall } from './answer-call.ts';
import { answerFailure } from './answer-failure.ts';
import { logMessage, type MessageOutcome } from './log-message.ts';
import type { MessageContext } from './message-context.ts';
import { keepObjection, receiveReply } from './receive-reply.ts';

/** Ms that a CALL may take. A charger waits for about 30 seconds, the function itself runs for 15 at most. */
const patience = 8_000;

const outcomeOf = ({ events, quirks }: ReceivedCall): MessageOutcome => {
  if (events.some(({ kind }) => kind === 'unusable')) return 'unusable';
  return quirks.length > 0 ? 'tolerated' : 'answered';
};

/**
 * Answers a WebSocket message of a charger with a frame, or with nothing where nothing is to be said. Never throws:
 * whatever happens inside, a CALL gets a valid answer.
 */
export async function answerMessage(
  step: MessageContext,
  text: string,
): Promise<string | undefined> {
  const received = receive(await loadVersion(step.charger.protocol), text);
  switch (received.kind) {
    case 'call':
      return await answerSafely(step, received, text);
    case 'send':
      await processSend(step, received, text);
      return undefined;
    case 'objection':
      await keepObjection(step, received);
      return undefined;
    case 'answer': {
      const { fault, reason, frame } = received;
      const { chargerId } = step.charger;
      const counts = { Messages: 1, MessagesNotProcessed: 1 };
      emitMetric({ action: 'unknown', outcome: 'refused' }, counts, { chargerId, fault });
      logger.info('A message was refused', { chargerId, fault, reason });
      return frame;
    }
    case 'reply':
      await receiveReply(step, received.reply);
      return undefined;
    case 'keep-alive':
      return undefined;
    default:
      return received satisfies never;
  }
}

async function answerSafely(
  step: MessageContext,
  received: ReceivedCall,
  text: string,
): Promise<string> {
  try {
    return await processCall(step, received);
  } catch (error) {
    return await answerFailure(step, received, text, error);
  }
}

async function processCall(step: MessageContext, received: ReceivedCall): Promise<string> {
  const { frame, ...done } = await within(patience, answerCall(step, received));
  logMessage(step, received, outcomeOf(received), done);
  return frame;
}

/** The same for a message that nobody waits for: one that cannot be processed now is postponed like any other. */
async function processSend(
  step: MessageContext,
  received: ReceivedSend,
  text: string,
): Promise<void> {
  await answerSafely(step, { ...received, kind: 'call' }, text);
}

/** Processes a message that was answered before it could be processed. Throws when it cannot be processed now. */
export async function processMessage(step: MessageContext, text: string): Promise<void> {
  const received = receive(await loadVersion(step.charger.protocol), text);
  if (received.kind === 'call' || received.kind === 'send') {
    await processCall(step, { ...received, kind: 'call' });
  }
}
