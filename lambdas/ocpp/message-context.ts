import type { Applicant, RequestVerdict } from '../../core/certificate/check-signing-request.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { ChargerContext } from '../connection/charger-context.ts';
import type { CloseConnection } from '../connection/close-connection.ts';
import type { CommandMessage } from '../connection/command-message.ts';
import type { AskPartners } from '../roaming/asked-driver.ts';
import type { SessionPlace } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import type { Postpone } from './postponed-message.ts';

type CertifyMessage = Extract<CommandMessage, { readonly kind: 'certify' }>;

/** The context of every message: the database, its sender and connection, and the time. */
export type MessageContext = {
  readonly database: Database;
  readonly charger: ChargerContext;
  readonly connectionId: string;
  /** When the connection was made, epoch ms. */
  readonly connectedAt: number;
  /** Our clock when the message came, epoch ms. */
  readonly now: number;
  /** Our clock when it is processed, ISO 8601 in UTC, where the message had to wait. */
  readonly keptAt?: string;
  /** Keeps a message for later; absent where it has waited already. */
  readonly postpone?: Postpone;
  /** Asks roaming partners about a token; absent where the message has waited already. */
  readonly askPartners?: AskPartners;
  /** Ends a connection; absent where the message has waited already. */
  readonly close?: CloseConnection;
  /** Has the charger held against its desired configuration, after so many seconds; absent where the message has waited already. */
  readonly requestConfiguration?: (
    charger: Pick<ChargerContext, 'operatorId' | 'chargerKey'>,
    seconds: number,
  ) => Promise<void>;
  /** Checks a charger's request for a certificate, and has a fit one answered; absent where the message has waited already. */
  readonly certifier?: {
    readonly check: (csr: string, applicant: Applicant) => Promise<RequestVerdict>;
    readonly certify: (request: CertifyMessage) => Promise<void>;
  };
  readonly settings: {
    /** Heartbeat interval given to chargers, in seconds. */
    readonly heartbeatSeconds: number;
    /** Days that raw readings are kept. */
    readonly retentionDays: number;
    /** Whether the deployment has an authority that certifies chargers. */
    readonly hasAuthority?: boolean;
  };
};

/** The time of receipt, ISO 8601 in UTC. */
export const receivedAt = (step: MessageContext): string => new Date(step.now).toISOString();

/** Where the session that a message is about belongs, and when the message was kept if it had to wait. */
export const sessionPlaceOf = ({
  charger: { shard, locationId },
  keptAt,
}: MessageContext): SessionPlace => omitUndefined({ shard, locationId, keptAt });
