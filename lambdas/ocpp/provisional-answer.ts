import { answerFrame } from '../../core/ocpp/answer-frame.ts';
import type { ReceivedEvent } from '../../core/ocpp/receive.ts';
import { bootAnswer } from './boot-answer.ts';
import type { MessageContext } from './message-context.ts';
import { transactionIdText } from './start-session.ts';

/**
 * Writes the frame that answers an event which is to be processed later: nothing of it was read or written yet.
 * Undefined for an event that is not worth to be kept for that, or whose answer nobody could know.
 */
export function answerForLater(step: MessageContext, received: ReceivedEvent): string | undefined {
  const { event } = received;
  switch (event.kind) {
    case 'sessionStarted': {
      // The token cannot be checked, so nothing is given away. Should the charger charge all the same, its readings
      // and its stop name the id that the session gets later: that of its content.
      const transactionId = transactionIdText(step, event, 0);
      const authorization = { status: 'Invalid' } as const;
      return answerFrame(received, event.kind, { transactionId, authorization });
    }
    case 'booted':
      return answerFrame(received, event.kind, bootAnswer(step));
    case 'metered':
    case 'sessionStopped':
    case 'statusReported':
    case 'unusable':
      return answerFrame(received, event.kind, {});
    case 'heartbeat':
    case 'tokenPresented':
    case 'dataTransferred':
    case 'certificateRequested':
    case 'diagnosticsReported':
    case 'firmwareReported':
    case 'securityReported':
      return undefined;
    default:
      return event satisfies never;
  }
}
