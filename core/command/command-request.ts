import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { Authorization } from '../ocpp/answer.ts';
import type { Tariff } from '../tariff/model/tariff.ts';
import type { CertificateHash, CertificateUse } from './certificate.ts';
import type { ChargingProfile, ProfilePurpose } from './charging-profile.ts';
import type { VerbatimType } from './verbatim-type.ts';

/** The messages that a charger can be asked to send. */
export type TriggeredMessage =
  | 'boot'
  | 'diagnostics-status'
  | 'firmware-status'
  | 'heartbeat'
  | 'log-status'
  | 'meter-values'
  | 'publish-firmware-status'
  | 'sign-certificate'
  | 'sign-combined-certificate'
  | 'sign-v2g-certificate'
  | 'status'
  | 'transaction';

/** A token of the list by which a charger decides while it is offline; one without a word on it is taken off the list. */
export type ListedToken = { readonly tokenId: string; readonly authorization?: Authorization };

/** How often, and how many seconds apart, the charger tries to fetch or send a file. */
type Attempts = { readonly retries?: number; readonly retrySeconds?: number };

type Charging =
  | {
      readonly type: 'start';
      readonly tokenId: string;
      /** Any connector where absent. */
      readonly connector?: ConnectorRef;
      readonly profile?: ChargingProfile;
    }
  | { readonly type: 'stop'; readonly transactionId: string }
  | { readonly type: 'unlock'; readonly connector: ConnectorRef }
  | {
      readonly type: 'reserve';
      readonly reservationId: number;
      readonly connector: ConnectorRef;
      /** Any connector of this type, in the words of OCPP 2, as in `cCCS2`; OCPP 1.6 has no such word. */
      readonly connectorType?: string;
      readonly tokenId: string;
      /** The token's group, of which any token may use the reservation. */
      readonly parentTokenId?: string;
      /** ISO 8601. */
      readonly expiresAt: string;
    }
  | { readonly type: 'cancel-reservation'; readonly reservationId: number };

type Control =
  | {
      readonly type: 'reset';
      readonly kind: 'soft' | 'hard';
      /** The whole charger where absent. */
      readonly evseId?: number;
    }
  | {
      readonly type: 'availability';
      /** The whole charger where absent. */
      readonly connector?: ConnectorRef;
      readonly available: boolean;
    }
  | {
      readonly type: 'trigger';
      readonly message: TriggeredMessage;
      readonly connector?: ConnectorRef;
    }
  | { readonly type: 'get-configuration'; readonly keys?: readonly string[] }
  | { readonly type: 'set-configuration'; readonly key: string; readonly value: string };

type Tokens =
  | { readonly type: 'clear-cache' }
  | { readonly type: 'local-list-version' }
  | {
      readonly type: 'local-list';
      readonly version: number;
      /** True to replace the whole list, false to change the tokens that are named. */
      readonly full: boolean;
      readonly tokens?: readonly ListedToken[];
    };

type Power =
  | {
      readonly type: 'set-charging-profile';
      readonly connector: ConnectorRef;
      readonly profile: ChargingProfile;
    }
  | {
      readonly type: 'clear-charging-profile';
      readonly profileId?: number;
      readonly connector?: ConnectorRef;
      readonly purpose?: ProfilePurpose;
      readonly stackLevel?: number;
    }
  | {
      readonly type: 'composite-schedule';
      readonly connector: ConnectorRef;
      readonly durationSeconds: number;
      readonly unit?: 'A' | 'W';
    };

type Upkeep =
  | (Attempts & {
      readonly type: 'update-firmware';
      readonly url: string;
      /** ISO 8601. */
      readonly retrieveAt: string;
      /** Certificate and signature of a signed firmware; the charger refuses one that was changed. */
      readonly signed?: {
        readonly certificate: string;
        readonly signature: string;
        readonly requestId: number;
        /** ISO 8601. */
        readonly installAt?: string;
      };
    })
  | (Attempts & {
      readonly type: 'get-logs';
      readonly kind: 'diagnostics' | 'security';
      /** Where the charger puts the file. */
      readonly url: string;
      /** Under which we keep a file that is left here; the charger does not get it. Absent where it goes elsewhere. */
      readonly logId?: string;
      /** Numbers the upload. OCPP 1.6 knows it only with its security extension, and security logs only with it. */
      readonly requestId?: number;
      /** ISO 8601. */
      readonly from?: string;
      readonly to?: string;
    })
  | {
      readonly type: 'data-transfer';
      readonly vendorId: string;
      readonly messageId?: string;
      readonly data?: string;
    };

type Certificates =
  | { readonly type: 'list-certificates'; readonly use: CertificateUse }
  | {
      readonly type: 'install-certificate';
      readonly use: CertificateUse;
      /** PEM. */
      readonly certificate: string;
    }
  | { readonly type: 'delete-certificate'; readonly certificate: CertificateHash }
  | {
      /** Answers the charger's own request for a certificate. */
      readonly type: 'deliver-certificate';
      /** PEM, the charger's certificate first. */
      readonly chain: string;
      /** Its purpose, in OCPP 2.0.1 and 2.1; to identify the charger where absent. */
      readonly use?: 'charger' | 'v2g';
      /** The number of the charger's request, where it has one (OCPP 2.1). */
      readonly requestId?: number;
    };

/**
 * A message of OCPP 2.0.1 or 2.1 in the words of that version. A number that it needs and does not have is given to it, and so is
 * the tariff of one that is about a tariff of ours.
 */
type Verbatim = {
  readonly [Type in VerbatimType]: {
    readonly type: Type;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly tariff?: Tariff;
  };
}[VerbatimType];

/** A request of an operator to a charger, in one vocabulary for every OCPP version. */
export type CommandRequest = Charging | Control | Tokens | Power | Upkeep | Certificates | Verbatim;

/** The name of a request. */
export type CommandType = CommandRequest['type'];

/** The request of a name. */
export type CommandOf<Type extends CommandType> = Extract<CommandRequest, { readonly type: Type }>;
