import type { GivenList } from '../../core/configuration/local-list.ts';

/** A message to the sender of commands. */
export type CommandMessage =
  | {
      /** A command was made; it is sent at once where nothing is in its way. */
      readonly kind: 'made';
      readonly chargerKey: string;
      readonly sequence: string;
      /** Empty where the command has to be read. */
      readonly frame: string;
      /** Absent where the charger was offline. */
      readonly connectionId?: string;
      /** When it becomes pointless to send it, ISO 8601 in UTC; absent from older messages. */
      readonly expiresAt?: string;
    }
  | {
      /** The next one may be sent: the charger has connected or answered, or a pause is over. */
      readonly kind: 'next';
      readonly chargerKey: string;
      /** When the first message of those that ask for the same was given up, ISO 8601 in UTC. */
      readonly since?: string;
    }
  /** The life of a command is over: it ends where it still waits. */
  | { readonly kind: 'expire'; readonly chargerKey: string; readonly sequence: string }
  | {
      /** The time to answer is over. */
      readonly kind: 'deadline';
      readonly chargerKey: string;
      readonly sequence: string;
      readonly sentAt: string;
    }
  | {
      /** The charger should be held against its desired configuration. */
      readonly kind: 'configure';
      readonly operatorId: string;
      readonly chargerKey: string;
      /** Only where something that it was given was not taken. */
      readonly isRetry?: boolean;
      /** The change of what is wanted of this charger that is being written, ISO 8601 in UTC: the message comes before it. */
      readonly changedAt?: string;
    }
  | {
      /** The charger may have answered what its settings are. */
      readonly kind: 'compare';
      readonly operatorId: string;
      readonly chargerKey: string;
      /** The commands that asked for them. */
      readonly sequences: readonly string[];
      /** Looks so far. */
      readonly looks: number;
    }
  | {
      /** The charger may have taken its local list. */
      readonly kind: 'confirm';
      readonly operatorId: string;
      readonly chargerKey: string;
      /** The commands that sent it, and those that had asked before. */
      readonly sequences: readonly string[];
      readonly questions: readonly string[];
      readonly given: GivenList;
      readonly isFull: boolean;
      /** Looks so far. */
      readonly looks: number;
    }
  | {
      /** The charger asked for a certificate, and its request was found fit. */
      readonly kind: 'certify';
      readonly operatorId: string;
      readonly chargerKey: string;
      readonly csr: string;
      /** Our clock, ISO 8601 in UTC. */
      readonly askedAt: string;
      /** As the charger said them: they come back with the certificate. */
      readonly use?: 'charger';
      readonly requestId?: number;
    }
  | {
      /** The certificate of the charger ends soon. */
      readonly kind: 'renew';
      readonly chargerKey: string;
      /** When that was found, ISO 8601 in UTC. */
      readonly foundAt: string;
    }
  | {
      /** The charger may not have taken its new password. */
      readonly kind: 'password';
      readonly chargerKey: string;
      /** When that was found, ISO 8601 in UTC. */
      readonly foundAt: string;
    }
  | {
      /** The cost of a session has changed, and its charger shows it. */
      readonly kind: 'cost';
      readonly chargerKey: string;
      readonly sessionId: string;
      /** When that was found, ISO 8601 in UTC. */
      readonly foundAt: string;
    }
  | {
      /** The connection of the charger has ended, and its operator wants to hear if it is offline for so many minutes. */
      readonly kind: 'offline';
      readonly chargerKey: string;
      readonly connectionId: string;
      /** ISO 8601 in UTC. */
      readonly disconnectedAt: string;
      readonly minutes: number;
    }
  /** The authority of chargers should have its certificate. */
  | { readonly kind: 'authority'; readonly keyId: string }
  | {
      /** It is time to look at the chargers of a firmware campaign. */
      readonly kind: 'campaign';
      readonly operatorId: string;
      readonly campaignId: string;
      /** Counts the looks. */
      readonly look: number;
      /** When the first message about this look was given up, ISO 8601 in UTC. */
      readonly since?: string;
    };

/** Sends a message to the sender of commands, to arrive after so many seconds (0 to 900). */
export type SendCommandMessage = (message: CommandMessage, delaySeconds?: number) => Promise<void>;

/** Reads a message; throws where it is not one of ours. */
export function commandMessageFrom(body: string): CommandMessage {
  const message = JSON.parse(body) as CommandMessage;
  const { chargerKey, campaignId, keyId } = (message ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof (chargerKey ?? campaignId ?? keyId) !== 'string')
    throw new Error('No charger is named');
  return message;
}
