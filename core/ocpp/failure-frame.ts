import { answerFrame } from './answer-frame.ts';
import type { ReceivedCall } from './receive.ts';
import { callError } from './rpc/call-error.ts';
import { faultCode } from './rpc/fault.ts';

/**
 * Writes the frame that answers a CALL which we failed to process: a CALLRESULT for a message of a transaction, because
 * a CALLERROR would block the queue of many chargers, and an InternalError for everything else.
 */
export const failureFrame = (received: ReceivedCall): string => {
  const { version, messageId, action } = received;
  return version.isTransactional(action)
    ? answerFrame(received, [{ kind: 'unusable', answer: {} }])
    : callError(
        messageId,
        faultCode(version.protocol, 'internal'),
        'The message could not be processed.',
      );
};
