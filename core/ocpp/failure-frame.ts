import { answerFrame } from './answer-frame.ts';
import type { ReceivedCall } from './receive.ts';
import { callError } from './rpc/call-error.ts';
import { faultCode } from './rpc/fault.ts';
import { versionOf } from './spoken-versions.ts';

/**
 * Writes the frame that answers a CALL which we failed to process: a CALLRESULT for a message of a transaction, because
 * a CALLERROR would block the queue of many chargers, and an InternalError for everything else.
 */
export const failureFrame = (received: ReceivedCall): string => {
  const { protocol, messageId, action } = received;
  return versionOf(protocol).isTransactional(action)
    ? answerFrame(received, [{ kind: 'unusable', answer: {} }])
    : callError(messageId, faultCode(protocol, 'internal'), 'The message could not be processed.');
};
