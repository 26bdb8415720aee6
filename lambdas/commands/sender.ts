import type { SendCommandMessage } from '../connection/command-message.ts';
import type { Database } from '../store/table/client.ts';
import type { PostFrame } from './post-frame.ts';

/** The surroundings of the sender of commands. */
export type Sender = {
  readonly database: Database;
  readonly post: PostFrame;
  readonly send: SendCommandMessage;
  /** Epoch ms. */
  readonly now: () => number;
};
