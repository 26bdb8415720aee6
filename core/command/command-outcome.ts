import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { RefusalReason } from '../ocpp/rpc/refusal-reason.ts';
import type { CertificateHash } from './certificate.ts';
import type { ChargingSchedule } from './charging-profile.ts';

/** One setting of a charger. */
export type ConfigurationKey = {
  readonly key: string;
  /** Absent where the charger does not say it. */
  readonly isReadOnly?: boolean;
  /** Absent for a setting that is known and not set. */
  readonly value?: string;
  /** Of a value that is kept without its secret: tells it from others ({@link secretMark}). */
  readonly mark?: string;
};

/** The content of a charger's answer beyond yes or no. */
export type OutcomeData =
  | {
      readonly kind: 'configuration';
      readonly keys: readonly ConfigurationKey[];
      readonly unknownKeys: readonly string[];
    }
  | { readonly kind: 'local-list-version'; readonly version: number }
  | {
      readonly kind: 'composite-schedule';
      readonly connector?: ConnectorRef;
      /** ISO 8601. */
      readonly startsAt?: string;
      readonly schedule?: ChargingSchedule;
    }
  | { readonly kind: 'file'; readonly fileName?: string }
  | { readonly kind: 'certificates'; readonly certificates: readonly CertificateHash[] }
  | { readonly kind: 'vendor-data'; readonly data?: string }
  | { readonly kind: 'transaction'; readonly transactionId: string }
  | {
      /** The answer in the words of OCPP 2.0.1 or 2.1. */
      readonly kind: 'answer';
      readonly fields: Readonly<Record<string, unknown>>;
    };

/** Why a charger does not do what it was asked for. */
export type RejectedReason =
  | 'rejected'
  | 'not-supported'
  | 'occupied'
  | 'faulted'
  | 'unavailable'
  | 'not-found'
  | 'failed'
  | 'version-mismatch'
  | 'duplicate'
  | 'invalid-certificate'
  | 'other';

/** The outcome of a request to a charger, free of the OCPP version. */
export type CommandOutcome =
  | {
      readonly kind: 'accepted';
      /** Done once a session has ended, once the charger has started again, or in place of an earlier request. */
      readonly remark?: 'scheduled' | 'reboot-required' | 'earlier-cancelled';
      readonly data?: OutcomeData;
    }
  | {
      readonly kind: 'rejected';
      readonly reason: RejectedReason;
      /** The word of the charger. */
      readonly word: string;
      readonly data?: OutcomeData;
    }
  | {
      /** The charger answered with an error. */
      readonly kind: 'failed';
      readonly reason: RefusalReason;
      readonly code: string;
      readonly description: string;
    }
  | {
      /** The charger answered something that cannot be read; why, in one clear sentence. */
      readonly kind: 'unreadable';
      readonly description: string;
    };
