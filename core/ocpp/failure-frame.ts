import { answerFrame } from './answer-frame.ts';
import type { ReceivedEvent } from './receive.ts';
import { callError } from './rpc/call-error.ts';
import { faultCode } from './rpc/fault.ts';
import { spokenVersions } from './spoken-versions.ts';

/**
 * Writes the frame that answers an event which we failed to process: a CALLRESULT for a message of a transaction,
 * because a CALLERROR would block the queue of many chargers, and an InternalError for everything else.
 */
export const failureFrame = (received: ReceivedEvent): string => {
  const { protocol, messageId, action } = received;
  return spokenVersions[protocol]?.isTransactional(action)
    ? answerFrame(received, 'unusable', {})
    : callError(messageId, faultCode(protocol, 'internal'), 'The message could not be processed.');
};
