import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';
import type { CommandOutcome } from '../command/command-outcome.ts';
import type { CommandRequest } from '../command/command-request.ts';
import type { WrittenRequest } from '../command/written-request.ts';
import type { GivenAnswer } from './answer.ts';
import type { EventOf, OcppEvent } from './event.ts';
import type { Protocol } from './protocol.ts';
import type { Reply } from './reply.ts';
import type { Fault } from './rpc/fault.ts';
import type { Call, Send, Unreadable } from './rpc/frame.ts';

/** Result of reading a CALL: events in their order, with the names of the tolerances that it needed, or a fault. */
export type ReadCall =
  | {
      readonly kind: 'events';
      readonly events: readonly OcppEvent[];
      readonly quirks: readonly string[];
    }
  | { readonly kind: 'refused'; readonly fault: Fault; readonly reason: string };

/** The requests of one version. They are loaded when one is written or answered: no other message waits for their schemas. */
export type LoadedRequests = {
  /** `number` is what the message is numbered with where it has to be and the request does not say it. */
  readonly write: (request: CommandRequest, number: number) => WrittenRequest;
  /** Reads the text of a CALLRESULT's payload. Never throws. */
  readonly readResult: (action: string, raw: string) => CommandOutcome;
};

/** A request of ours as it is sent, or why its version cannot express it. */
export type RequestFrame =
  | (Extract<WrittenRequest, { readonly kind: 'written' }> & {
      readonly messageId: string;
      /** The CALL, as text. */
      readonly frame: string;
    })
  | Extract<WrittenRequest, { readonly kind: 'refused' }>;

/** The outcome of a request of ours, and the action of that request. */
export type ReadReply = { readonly action: string; readonly outcome: CommandOutcome };

/** A status of a connector as a stored message tells it; `begins` in the message that a transaction begins with. */
export type ReadStatus = EventOf<'statusReported'> & { readonly begins?: true };

/**
 * How the messages of a version of OCPP are read, answered and written: one object for each. What else differs is a question of `protocol.ts`, or
 * the name of a setting in `core/configuration` and `core/command`; no function compares the names of versions.
 */
export type Version = {
  readonly protocol: Protocol;
  readonly readCall: (call: Call) => ReadCall;
  /** Reads a message that expects no answer (SEND); absent in the versions that have none. */
  readonly readSend?: (send: Send) => ReadCall;
  /** Keeps a broken transaction message as an event; undefined for every other message. */
  readonly readUnreadable: (frame: Unreadable) => OcppEvent | undefined;
  /** Writes the one answer to a CALL from what was answered to each of its events, in their order. */
  readonly writeAnswer: (action: string, given: readonly GivenAnswer[]) => object;
  /** Says whether a message belongs to a transaction: then it is answered with a CALLRESULT whatever happens. */
  readonly isTransactional: (action: string) => boolean;
  /**
   * Reads the payload of a stored message again; `receivedAt` is in epoch milliseconds. What cannot be read has neither
   * readings nor states.
   */
  readonly decodeStored: (
    kind: Exclude<StoredMessage['kind'], 'pushed'>,
    raw: string,
    receivedAt: number,
  ) => DecodedMessage;
  /**
   * Reads what a stored message says of its connector's status; undefined where it says nothing of it. The end of a transaction (`stop`)
   * says in OCPP 2.x that nothing is charged any more, whatever state it names.
   */
  readonly readStatus: (kind: StoredMessage['kind'], raw: string) => ReadStatus | undefined;
  /**
   * Writes a request of ours: the whole CALL, or why this version cannot express it. `random` makes its message id unique,
   * from which `readReply` knows the action.
   */
  readonly writeRequest: (request: CommandRequest, random: string) => Promise<RequestFrame>;
  /** Reads what a charger answers to a request of ours; undefined where the message id is not of one. */
  readonly readReply: (reply: Reply) => Promise<ReadReply | undefined>;
  /**
   * The ids that the transaction of a start may have, in the order in which they are tried: the charger's own, or those
   * that we would give it, of which the first that no other start has is taken. `after`: the session before it on its connector, where a
   * start of the same content has ended and no time tells the two apart.
   */
  readonly proposeTransactionIds: (
    chargerKey: string,
    start: EventOf<'sessionStarted'>,
    after?: string,
  ) => Iterable<string>;
};
