import type { GivenAnswer } from './answer.ts';
import type { ReceivedCall } from './receive.ts';
import { callResult } from './rpc/call-result.ts';

/** Writes the one frame that answers a received CALL, from what was answered to each of its events, in their order. */
export const answerFrame = (
  { version, messageId, action }: Pick<ReceivedCall, 'version' | 'messageId' | 'action'>,
  given: readonly GivenAnswer[],
): string => callResult(messageId, version.writeAnswer(action, given));
