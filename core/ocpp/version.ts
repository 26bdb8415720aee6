import type { Answers } from './answer.ts';
import type { EventKind, OcppEvent } from './event.ts';
import type { Fault } from './rpc/fault.ts';
import type { Call, Unreadable } from './rpc/frame.ts';

/** What a CALL amounts to: an event, with the names of the tolerances it needed, or a fault. */
export type ReadCall =
  | { readonly kind: 'event'; readonly event: OcppEvent; readonly quirks: readonly string[] }
  | { readonly kind: 'refused'; readonly fault: Fault; readonly reason: string };

/** What an OCPP version has to know so that the rest of the system need not. */
export type Version = {
  readonly readCall: (call: Call) => ReadCall;
  /** Keeps a broken transaction message as an event; undefined for every other message. */
  readonly readUnreadable: (frame: Unreadable) => OcppEvent | undefined;
  readonly writeAnswer: <Kind extends EventKind>(
    action: string,
    kind: Kind,
    answer: Answers[Kind],
  ) => object;
  /** Says whether a message belongs to a transaction: then it is answered with a CALLRESULT whatever happens. */
  readonly isTransactional: (action: string) => boolean;
};
