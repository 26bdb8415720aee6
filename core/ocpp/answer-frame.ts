import type { GivenAnswer } from './answer.ts';
import type { ReceivedCall } from './receive.ts';
import { callResult } from './rpc/call-result.ts';
import { versionOf } from './spoken-versions.ts';

/** Writes the one frame that answers a received CALL, from what was answered to each of its events, in their order. */
export const answerFrame = (
  { protocol, messageId, action }: Pick<ReceivedCall, 'protocol' | 'messageId' | 'action'>,
  given: readonly GivenAnswer[],
): string => callResult(messageId, versionOf(protocol).writeAnswer(action, given));
