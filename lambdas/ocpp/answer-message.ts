import { failureFrame } from '../../core/ocpp/failure-frame.ts';
import { type ReceivedEvent, receive } from '../../core/ocpp/receive.ts';
import { logger } from '../edge/logger.ts';
import { measure } from '../edge/metrics.ts';
import { answerEvent } from './answer-event.ts';
import { logFailure, logMessage, type MessageOutcome } from './log-message.ts';
import type { Step } from './step.ts';

const outcomeOf = ({ event, quirks }: ReceivedEvent): MessageOutcome => {
  if (event.kind === 'unusable') return 'unusable';
  return quirks.length > 0 ? 'tolerated' : 'answered';
};

/**
 * Answers a WebSocket message of a charger with a frame, or with nothing where nothing is to be said. Never throws:
 * whatever happens inside, a CALL gets a valid answer.
 */
export async function answerMessage(step: Step, text: string): Promise<string | undefined> {
  const received = receive(step.charger.protocol, text);
  switch (received.kind) {
    case 'event':
      return await answerSafely(step, received);
    case 'answer': {
      const { fault, reason, frame } = received;
      const { chargerId } = step.charger;
      measure({ action: 'unknown', outcome: 'refused' }, { Messages: 1 }, { chargerId, fault });
      logger.info('A message was refused', { chargerId, fault, reason });
      return frame;
    }
    case 'reply':
    case 'keep-alive':
      return undefined;
    default:
      return received satisfies never;
  }
}

async function answerSafely(step: Step, received: ReceivedEvent): Promise<string> {
  try {
    const { frame, effect } = await answerEvent(step, received);
    logMessage(step, received, outcomeOf(received), effect);
    return frame;
  } catch (error) {
    logFailure(step, received, error);
    logMessage(step, received, 'failed');
    return failureFrame(received);
  }
}
