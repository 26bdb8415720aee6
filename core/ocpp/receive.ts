import { omitUndefined } from '../units/omit-undefined.ts';
import { classifyReply } from './classify-reply.ts';
import type { OcppEvent } from './event.ts';
import type { Reply } from './reply.ts';
import { callError } from './rpc/call-error.ts';
import { cleanText } from './rpc/clean-text.ts';
import { type Fault, faultCode } from './rpc/fault.ts';
import type { Call, KeepAlive, Send, Unreadable } from './rpc/frame.ts';
import type { FrameQuirk } from './rpc/frame-quirk.ts';
import { parseFrame } from './rpc/parse-frame.ts';
import type { Version } from './version.ts';

/** A request that says something to us; it waits for its one answer (see answerFrame). */
export type ReceivedCall = {
  readonly kind: 'call';
  readonly version: Version;
  readonly messageId: string;
  readonly action: string;
  /** Events in the message, in this order. */
  readonly events: readonly OcppEvent[];
  /** Names of the tolerances that were needed to read the message. */
  readonly quirks: readonly string[];
};

/** A request that is answered at once: with the CALLERROR in `frame`. */
type Refused = {
  readonly kind: 'answer';
  readonly frame: string;
  readonly fault: Fault;
  readonly reason: string;
  readonly action?: string;
};

/** A message that expects no answer. */
export type ReceivedSend = Omit<ReceivedCall, 'kind'> & { readonly kind: 'send' };

/** The charger could not use our answer to a CALL of its own; nothing goes back. */
type Objection = {
  readonly kind: 'objection';
  /** The message id of the charger's own CALL: it is no id of ours. */
  readonly messageId: string;
  readonly code: string;
  readonly description: string;
  /** The frame exactly as it came. */
  readonly raw: string;
};

/** The charger's answer to a request of ours; nothing goes back. */
type ReceivedReply = { readonly kind: 'reply'; readonly reply: Reply };

/** The result of receiving a WebSocket message of a charger. */
export type Received =
  | ReceivedCall
  | ReceivedSend
  | Refused
  | ReceivedReply
  | Objection
  | KeepAlive;

/**
 * Reads a WebSocket message of a charger. Never throws: what cannot be read is answered by a CALLERROR of the
 * charger's OCPP version, except messages of a transaction, which become an event of kind `unusable` so that they
 * can be kept as evidence and answered with a CALLRESULT.
 */
export const receive = (version: Version, received: string): Received => {
  const { text, quirks } = cleanText(received);
  const frame = parseFrame(text);
  switch (frame.kind) {
    case 'call':
      return receiveCall(version, { ...frame, quirks: [...quirks, ...frame.quirks] });
    case 'send':
      return receiveSend(version, { ...frame, quirks: [...quirks, ...frame.quirks] }, text);
    case 'result-error': {
      const { messageId, code, description } = frame;
      return { kind: 'objection', messageId, code, description, raw: text };
    }
    case 'unreadable':
      return receiveUnreadable(version, frame, quirks);
    case 'result':
    case 'error':
      return { kind: 'reply', reply: classifyReply(frame) };
    case 'keep-alive':
      return frame;
    default:
      return frame satisfies never;
  }
};

const receiveCall = (version: Version, call: Call): Received => {
  const { messageId, action } = call;
  const found = version.readCall(call);
  if (found.kind === 'refused') return refused(version, found.fault, found.reason, call);
  return { ...found, kind: 'call', version, messageId, action };
};

/** A message that nobody waits for and that cannot be read is kept as evidence, as an answer would be. */
const receiveSend = (version: Version, send: Send, text: string): Received => {
  const { messageId, action } = send;
  const found = version.readSend?.(send);
  if (found?.kind === 'events') return { ...found, kind: 'send', version, messageId, action };
  const description = found?.reason ?? 'The message type 6 is unknown.';
  return { kind: 'reply', reply: { kind: 'unreadable', description, raw: text } };
};

const receiveUnreadable = (
  version: Version,
  frame: Unreadable,
  quirks: readonly FrameQuirk[],
): Received => {
  const { messageId, action } = frame;
  if (frame.isAnswer) return { kind: 'reply', reply: unreadableReply(frame) };
  const event = version.readUnreadable(frame);
  if (event === undefined || messageId === undefined || action === undefined) {
    return refused(version, 'unreadable-frame', frame.reason, frame);
  }
  return {
    kind: 'call',
    version,
    messageId,
    action,
    events: [event],
    quirks: [...quirks, 'broken-frame' satisfies FrameQuirk],
  };
};

const unreadableReply = ({ messageId, reason, raw }: Unreadable): Reply =>
  omitUndefined({ kind: 'unreadable', messageId, description: reason, raw } as const);

const refused = (
  version: Version,
  fault: Fault,
  reason: string,
  { messageId, action }: Pick<Unreadable, 'messageId' | 'action'>,
): Refused => ({
  kind: 'answer',
  frame: callError(messageId, faultCode(version.protocol, fault), reason),
  fault,
  reason,
  ...(action === undefined ? {} : { action }),
});
