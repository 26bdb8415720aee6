/** Asks to look again at a session. */
export type ReviewMessage = CorrectionMessage | MissingStopMessage | MissingMessagesMessage;

/** Asks whether the stop of a session is missing: its connector is available, or in another session. */
export type MissingStopMessage = {
  readonly sessionId: string;
  /** When that was reported, on our clock, ISO 8601 in UTC. */
  readonly missingSince: string;
  /** Minutes that it has to wait once more before it asks; absent where it asks now. */
  readonly minutesLeft?: number;
};

/** Asks to make the CDR of a session that waits for missing messages. */
export type MissingMessagesMessage = {
  readonly sessionId: string;
  /** The time of the end after which they are missing, our clock, ISO 8601 in UTC. */
  readonly waitsSince: string;
};

/** Has the CDR of a session made again in some seconds. */
export type WaitForMessages = (message: MissingMessagesMessage, seconds: number) => Promise<void>;

/** Asks to look again at a session for which readings came too late, or of whose CDR an operator ordered a correction. */
export type CorrectionMessage = {
  readonly sessionId: string;
  /** When the latest of those that ask for it was kept, or the correction ordered, ISO 8601 in UTC. */
  readonly until: string;
  /** Given for what an operator ordered: nothing else is waited for. */
  readonly isOrdered?: true;
};

/** Requests a review of a session when no more of its readings are expected. */
export type AskForCorrection = (message: CorrectionMessage) => Promise<void>;

/** Reads a message of the queue of corrections. Throws for what is not JSON; nobody but we can write to the queue. */
export const reviewMessageFrom = (text: string): ReviewMessage => JSON.parse(text);
