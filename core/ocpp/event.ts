import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { ConnectorStatus } from '../charger/connector-status.ts';

/** A charger's description of itself at boot. Empty or missing properties are absent; nothing is truncated. */
type Booted = {
  readonly kind: 'booted';
  readonly vendor?: string;
  readonly model?: string;
  readonly serialNumber?: string;
  readonly firmwareVersion?: string;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly meterType?: string;
  readonly meterSerialNumber?: string;
};

/** A connector is in a state. */
type StatusReported = ConnectorRef & {
  readonly kind: 'statusReported';
  readonly status: ConnectorStatus;
  /** `NoError` when all is well. */
  readonly errorCode: string;
  readonly timestamp?: string;
  readonly info?: string;
  readonly vendorId?: string;
  readonly vendorErrorCode?: string;
};

/** Somebody wants to charge, or to stop. */
type TokenPresented = {
  readonly kind: 'tokenPresented';
  readonly tokenId: string;
  /** The session that the token is for, where one runs: it may have begun before anybody presented a token. */
  readonly session?: {
    readonly transactionId: string;
    readonly timestamp?: string;
    /** Present where the session ends with the very message. */
    readonly hasEnded?: true;
  };
  /** True if a contract certificate came along, which nobody has checked. */
  readonly hasCertificate?: true;
};

/**
 * A session began. In OCPP 1.6 the token may be empty, where the charger sent none. From 2.x on a session may begin before it
 * has a token, and before its place is known: then the token is absent, and the place is the whole charger.
 */
type SessionStarted = ConnectorRef & {
  readonly kind: 'sessionStarted';
  /** The id that the charger gave to its transaction; absent in OCPP 1.6, where we give it. */
  readonly transactionId?: string;
  readonly tokenId?: string;
  /** The register in whole Wh; absent when the charger gave none. */
  readonly meterStart?: number;
  readonly timestamp?: string;
  readonly reservationId?: number;
  /** The number of our request to start it (see requestNumber); absent in OCPP 1.6, which does not know it. */
  readonly remoteStartId?: number;
  /** True if its own number or its reason says that it is not the first message of its transaction. */
  readonly isContinued?: true;
};

/** Values were measured; the values themselves are in `raw` (see decodeMessage). */
type MetersReported = ConnectorRef & {
  readonly kind: 'metered';
  /** Absent when the charger named no transaction, or a placeholder for none (0, -1). */
  readonly transactionId?: string;
  /** When the first of the values was measured. */
  readonly timestamp?: string;
};

/**
 * A numbered message of a running session, with what was measured and the state of charging; both are in `raw` (see
 * decodeMessage). Its place is the whole charger where it names none.
 */
type SessionReported = ConnectorRef & {
  readonly kind: 'sessionReported';
  readonly transactionId: string;
  readonly timestamp?: string;
  /** False where it only brings what was measured. */
  readonly mayChangeState: boolean;
};

/** A session ended; transactionData is in `raw` (see decodeMessage). */
type SessionStopped = {
  readonly kind: 'sessionStopped';
  /** Where it was; absent in OCPP 1.6, whose stop does not say, and where the charger does not say. */
  readonly place?: ConnectorRef;
  /** Absent when the charger named no transaction, or a placeholder for none (0, -1). */
  readonly transactionId?: string;
  readonly tokenId?: string;
  /** The register in whole Wh; absent when the charger gave none. */
  readonly meterStop?: number;
  readonly timestamp?: string;
  /** `Local` when the charger gave none, as the standard says. */
  readonly reason: string;
};

/** Something that only a vendor understands. */
type DataTransferred = {
  readonly kind: 'dataTransferred';
  readonly vendorId: string;
  readonly vendorMessageId?: string;
  readonly data?: string;
};

/** How the upload of diagnostics or of a log goes. */
type DiagnosticsReported = {
  readonly kind: 'diagnosticsReported';
  readonly status: string;
  /** The request it answers; only the log of the security extension has one. */
  readonly requestId?: number;
};

/** How a firmware update goes. */
type FirmwareReported = {
  readonly kind: 'firmwareReported';
  readonly status: string;
  /** The request it answers; only the signed update of the security extension has one. */
  readonly requestId?: number;
};

/** Something that touches the charger's security happened. */
type SecurityReported = {
  readonly kind: 'securityReported';
  readonly type: string;
  readonly timestamp?: string;
  readonly details?: string;
};

/** Something that an operator may want to know, and nothing else follows from: it is in `raw`. */
type Informed = { readonly kind: 'informed' };

/** How much energy the vehicle wants, and by when: it is in `raw`. */
type NeedsReported = { readonly kind: 'needsReported' };

/** How the vehicle is going to charge: it is in `raw`. */
type ScheduleReported = { readonly kind: 'scheduleReported' };

/** A vehicle asks for a contract certificate (ISO 15118): its request is in `raw`. */
type ContractRequested = { readonly kind: 'contractRequested' };

/** The charger asks whether a certificate was revoked: which one is in `raw`. */
type RevocationAsked = { readonly kind: 'revocationAsked' };

/** The charger asks for the limits of a dynamic charging profile. */
type ScheduleAsked = { readonly kind: 'scheduleAsked'; readonly profileId: number };

/** The charger is going to stream the values of a monitor: which, is in `raw`. */
type StreamOpened = { readonly kind: 'streamOpened' };

/** An ad hoc payment was settled, or came to nothing. */
type PaymentSettled = {
  readonly kind: 'paymentSettled';
  /** Absent where the payment ended before a transaction began. */
  readonly transactionId?: string;
  readonly isSettled: boolean;
  /** True if the charger or its terminal made a receipt itself. */
  readonly hasReceipt: boolean;
  readonly status: string;
  /** The amount that was settled, or was to be, with VAT, a decimal; absent where it is no number that money has. */
  readonly amount?: string;
  readonly timestamp?: string;
};

/** The charger asks whether a VAT number is valid, for the invoice of an ad hoc payment. */
type VatNumberAsked = {
  readonly kind: 'vatNumberAsked';
  readonly vatNumber: string;
  readonly evseId?: number;
};

/** A certificate of a chain as a charger names it, and where its status is to be looked up; both go back with the answer. */
export type AskedCertificate = { readonly certificateHashData: object; readonly source: string };

/** The charger asks which certificates of a chain were revoked. */
type ChainStatusAsked = {
  readonly kind: 'chainStatusAsked';
  readonly certificates: readonly AskedCertificate[];
};

/** The charger asks for a certificate. */
type CertificateRequested = {
  readonly kind: 'certificateRequested';
  /** PKCS #10 in PEM. */
  readonly csr: string;
  /** Its purpose: to identify the charger to us, or towards vehicles; absent where the charger does not say. */
  readonly use?: 'charger' | 'v2g';
  /** The number of the request, which comes back with the certificate (OCPP 2.1). */
  readonly requestId?: number;
};

/**
 * A message about a transaction that no tolerance can read; `raw` is kept as evidence. Its connector is the whole charger
 * where not even that can be read.
 */
type Unusable = ConnectorRef & {
  readonly kind: 'unusable';
  /** The kind of message it was meant to be. */
  readonly about: 'sessionStarted' | 'metered' | 'sessionStopped';
  /** Why it cannot be read, one clear sentence. */
  readonly reason: string;
  /** The transaction, where at least that can be read. */
  readonly transactionId?: string;
};

type AnyEvent =
  | Booted
  | { readonly kind: 'heartbeat' }
  | StatusReported
  | TokenPresented
  | SessionStarted
  | MetersReported
  | SessionReported
  | SessionStopped
  | DataTransferred
  | DiagnosticsReported
  | FirmwareReported
  | SecurityReported
  | CertificateRequested
  | Informed
  | NeedsReported
  | ScheduleReported
  | ContractRequested
  | RevocationAsked
  | ScheduleAsked
  | StreamOpened
  | PaymentSettled
  | VatNumberAsked
  | ChainStatusAsked
  | Unusable;

/**
 * An event reported by a charger, independent of the OCPP version. Timestamps are as the charger wrote them (see parseInstant);
 * one that it did not send is absent.
 */
export type OcppEvent = AnyEvent & {
  /** The payload exactly as it came, a piece of the frame's text. */
  readonly raw: string;
};

/** The name of an event. */
export type EventKind = OcppEvent['kind'];

/** The event of a name. */
export type EventOf<Kind extends EventKind> = Extract<OcppEvent, { readonly kind: Kind }>;
