import type * as signCertificates from '../authority/sign-certificates.ts';
import type { SendCommandMessage } from '../connection/command-message.ts';
import type { Database } from '../store/table/client.ts';
import type { PostFrame } from './post-frame.ts';

type AuthorityKey = signCertificates.AuthorityKey;

/** The functions that sign certificates. */
export type Signer = Pick<typeof signCertificates, 'certifyAuthority' | 'certifyCharger'>;

/** The surroundings of the sender of commands. */
export type Sender = {
  readonly database: Database;
  readonly post: PostFrame;
  readonly send: SendCommandMessage;
  /** Epoch ms. */
  readonly now: () => number;
  /** The authority that certifies chargers; absent where the deployment has none. */
  readonly authority?: AuthorityKey;
  /** Signs certificates with the key of that authority. */
  readonly signer?: () => Promise<Signer>;
};
