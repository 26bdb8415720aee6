import type { OcppEvent } from './event.ts';
import type { Protocol } from './protocol.ts';
import { callError } from './rpc/call-error.ts';
import { type Fault, faultCode } from './rpc/fault.ts';
import type { Call, CallError, CallResult, KeepAlive, Unreadable } from './rpc/frame.ts';
import type { FrameQuirk } from './rpc/frame-quirk.ts';
import { parseFrame } from './rpc/parse-frame.ts';
import { spokenVersions } from './spoken-versions.ts';

/** A request that says something to us; it waits for its answer (see answerFrame). */
export type ReceivedEvent = {
  readonly kind: 'event';
  readonly protocol: Protocol;
  readonly messageId: string;
  readonly action: string;
  readonly event: OcppEvent;
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

/** The charger's answer to a request of ours; nothing goes back. */
type Reply = { readonly kind: 'reply'; readonly reply: CallResult | CallError | Unreadable };

/** What a WebSocket message of a charger amounts to. */
export type Received = ReceivedEvent | Refused | Reply | KeepAlive;

/**
 * Reads a WebSocket message of a charger. Never throws: what cannot be read is answered by a CALLERROR of the
 * charger's OCPP version, except messages of a transaction, which become events of kind `unusable` so that they
 * can be kept as evidence and answered with a CALLRESULT.
 */
export const receive = (protocol: Protocol, text: string): Received => {
  const frame = parseFrame(text);
  switch (frame.kind) {
    case 'call':
      return receiveCall(protocol, frame);
    case 'unreadable':
      return receiveUnreadable(protocol, frame);
    case 'result':
    case 'error':
      return { kind: 'reply', reply: frame };
    case 'keep-alive':
      return frame;
    default:
      return frame satisfies never;
  }
};

const receiveCall = (protocol: Protocol, call: Call): Received => {
  const { messageId, action } = call;
  const found = spokenVersions[protocol]?.readCall(call) ?? notSpoken(protocol);
  if (found.kind === 'refused') return refused(protocol, found.fault, found.reason, call);
  return { ...found, protocol, messageId, action };
};

const notSpoken = (protocol: Protocol) =>
  ({
    kind: 'refused',
    fault: 'unknown-action',
    reason: `Messages of ${protocol} are not understood yet.`,
  }) as const;

const receiveUnreadable = (protocol: Protocol, frame: Unreadable): Received => {
  if (frame.isAnswer) return { kind: 'reply', reply: frame };
  const { messageId, action } = frame;
  const event = spokenVersions[protocol]?.readUnreadable(frame);
  if (event === undefined || messageId === undefined || action === undefined) {
    return refused(protocol, 'unreadable-frame', frame.reason, frame);
  }
  return {
    kind: 'event',
    protocol,
    messageId,
    action,
    event,
    quirks: ['broken-frame' satisfies FrameQuirk],
  };
};

const refused = (
  protocol: Protocol,
  fault: Fault,
  reason: string,
  { messageId, action }: Pick<Unreadable, 'messageId' | 'action'>,
): Refused => ({
  kind: 'answer',
  frame: callError(messageId, faultCode(protocol, fault), reason),
  fault,
  reason,
  ...(action === undefined ? {} : { action }),
});
