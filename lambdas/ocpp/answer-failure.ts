import { failureFrame } from '../../core/ocpp/failure-frame.ts';
import type { ReceivedCall } from '../../core/ocpp/receive.ts';
import { logger } from '../runtime/logger.ts';
import { provisionalFrame } from './answer-call.ts';
import { logFailure, logMessage } from './log-message.ts';
import type { MessageContext } from './message-context.ts';

/**
 * Answers a CALL that could not be processed. What is about money or state is postponed, so that the charger need
 * not send it again, and never may; what is not, or cannot be postponed either, is in the log.
 */
export async function answerFailure(
  step: MessageContext,
  received: ReceivedCall,
  text: string,
  error: unknown,
): Promise<string> {
  const frame = provisionalFrame(step, received);
  if (frame !== undefined && (await postpone(step, text))) {
    const { chargerId } = step.charger;
    const { action, messageId } = received;
    logger.warn('A message was postponed', { error, chargerId, action, messageId });
    logMessage(step, received, 'postponed');
    return frame;
  }
  logFailure(step, received, error);
  logMessage(step, received, 'failed');
  return failureFrame(received);
}

async function postpone(step: MessageContext, text: string): Promise<boolean> {
  const { charger, connectionId, connectedAt, now } = step;
  if (step.postpone === undefined) return false;
  try {
    await step.postpone({ charger, connectionId, connectedAt, receivedAt: now, text });
    return true;
  } catch (error) {
    logger.error('A message could not be postponed', { error, chargerId: charger.chargerId });
    return false;
  }
}
