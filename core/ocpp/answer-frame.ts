import type { Answers } from './answer.ts';
import type { EventKind } from './event.ts';
import type { ReceivedEvent } from './receive.ts';
import { callResult } from './rpc/call-result.ts';
import { spokenVersions } from './spoken-versions.ts';

/**
 * Writes the frame that answers a received event. `kind` is the event's own: it decides what the answer must say.
 * Throws for a version that is not spoken, which `receive` never lets through.
 */
export const answerFrame = <Kind extends EventKind>(
  { protocol, messageId, action }: Pick<ReceivedEvent, 'protocol' | 'messageId' | 'action'>,
  kind: Kind,
  answer: Answers[Kind],
): string => {
  const version = spokenVersions[protocol];
  if (version === undefined) throw new Error(`${protocol} is not spoken`);
  return callResult(messageId, version.writeAnswer(action, kind, answer));
};
