import type { ChargerContext } from '../connection/charger-context.ts';
import { queueText } from '../stream/queue-text.ts';

/** A charger's message that could not be processed when it came, with all that it takes to process it later. */
export type PostponedMessage = {
  readonly charger: ChargerContext;
  readonly connectionId: string;
  /** When the connection was made, epoch ms. */
  readonly connectedAt: number;
  /** When the message came, epoch ms. */
  readonly receivedAt: number;
  /** The frame as the charger sent it. */
  readonly text: string;
};

/** Keeps a message for later; fails when even that cannot be done. */
export type Postpone = (message: PostponedMessage) => Promise<void>;

/** Writes a message as a queue takes it. */
export const postponedText = (message: PostponedMessage): string => queueText(message);

/** Reads a message that was postponed. Throws for what is not JSON; nobody but we can write to the queue. */
export const postponedFrom = (text: string): PostponedMessage => JSON.parse(text);
