/** Asks to look again at a session for which readings came too late. */
export type CorrectionMessage = {
  readonly sessionId: string;
  /** When the latest of those that ask for it was kept, ISO 8601 in UTC. */
  readonly until: string;
};

/** Has a session looked at again when no more readings of it are to be expected. */
export type AskForCorrection = (message: CorrectionMessage) => Promise<void>;

/** Reads a message of the queue of corrections. Throws for what is no JSON; nobody but we can write to the queue. */
export const correctionMessageFrom = (text: string): CorrectionMessage => JSON.parse(text);
