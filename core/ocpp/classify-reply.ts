import { isTooDeep } from './is-too-deep.ts';
import type { Reply } from './reply.ts';
import type { CallError, CallResult } from './rpc/frame.ts';
import { refusalReason } from './rpc/refusal-reason.ts';

/** Tells a result from a refusal; the frame of an answer is the same in every version of OCPP-J. */
export const classifyReply = (frame: CallResult | CallError): Reply => {
  const { messageId } = frame;
  if (frame.kind === 'result') return { kind: 'result', messageId, raw: frame.raw };
  const { code, description, details } = frame;
  const reason = refusalReason(code);
  const raw = isTooDeep(details) ? '{}' : JSON.stringify(details);
  return { kind: 'refusal', messageId, reason, code, description, raw };
};
