import type { FrameQuirk } from './frame-quirk.ts';

/** A request of the charger (OCPP-J 1.6 section 4.2.1). */
export type Call = {
  readonly kind: 'call';
  readonly messageId: string;
  readonly action: string;
  /** The payload as JSON; numbers are doubles, see numberLiterals for the exact ones. */
  readonly payload: unknown;
  /** The payload's own text. */
  readonly raw: string;
  /** The tolerances that were needed to read the frame. */
  readonly quirks: readonly FrameQuirk[];
};

/** The charger's answer to a request of ours. */
export type CallResult = {
  readonly kind: 'result';
  readonly messageId: string;
  readonly payload: unknown;
  readonly raw: string;
};

/** The charger's refusal of a request of ours. */
export type CallError = {
  readonly kind: 'error';
  readonly messageId: string;
  readonly code: string;
  readonly description: string;
  readonly details: unknown;
};

/** A message of the charger that expects no answer (OCPP 2.1 part 4, SEND). */
export type Send = Omit<Call, 'kind'> & { readonly kind: 'send' };

/** The charger's complaint about an answer of ours to a CALL of its own (OCPP 2.1 part 4, CALLRESULTERROR). */
export type ResultError = Omit<CallError, 'kind'> & { readonly kind: 'result-error' };

/** A frame that is not OCPP-J; what could be made out of it is named. */
export type Unreadable = {
  readonly kind: 'unreadable';
  /** One clear sentence. */
  readonly reason: string;
  /** True when it looks like an answer to a request of ours, which must not be answered. */
  readonly isAnswer: boolean;
  readonly messageId?: string;
  readonly action?: string;
  /** The text after the readable part. */
  readonly raw: string;
};

/** A frame without content, sent to keep the connection open. */
export type KeepAlive = { readonly kind: 'keep-alive' };

/** Whatever a charger may send over its WebSocket. */
export type Frame = Call | Send | CallResult | CallError | ResultError | Unreadable | KeepAlive;
