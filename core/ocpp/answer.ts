import type { AskedCertificate, EventKind } from './event.ts';

/** Our answer about a token. */
export type Authorization = {
  readonly status: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';
  /** ISO 8601; until when the charger may remember the answer. */
  readonly expiryDate?: string;
  /** The token's group. */
  readonly parentTokenId?: string;
};

/** Nothing to say but that the message has arrived. */
type Acknowledged = { readonly [nothing: string]: never };

/** The energy and the cost of a running session so far. */
export type RunningCost = {
  /** kWh, a decimal. */
  readonly energyKwh: string;
  /** Including VAT, a decimal. */
  readonly totalCost: string;
  /** ISO 4217. */
  readonly currency: string;
};

/** The most that a session may come to, which its charger keeps itself; what is absent has no limit. */
export type TransactionLimit = {
  /** With VAT in the currency of the tariff, a decimal. */
  readonly maxCost?: string;
  readonly maxEnergyWh?: number;
};

/** The answer to each kind of event. Times are ISO 8601 in UTC. */
export type Answers = {
  readonly booted: {
    readonly status: 'Accepted' | 'Pending' | 'Rejected';
    readonly currentTime: string;
    /** Seconds between heartbeats. */
    readonly intervalSeconds: number;
  };
  readonly heartbeat: { readonly currentTime: string };
  readonly statusReported: Acknowledged;
  readonly tokenPresented: {
    readonly authorization: Authorization;
    /** True if a certificate came along that nobody could check. */
    readonly isCertificateUnchecked?: true;
    /** How far the session is that the token is for, where that is known. */
    readonly running?: RunningCost;
    /** The limit of that session, where it has one and its charger can keep it. */
    readonly limit?: TransactionLimit;
  };
  readonly sessionStarted: {
    /** In OCPP 1.6 a whole number of 31 bits, as text. */
    readonly transactionId: string;
    /** Absent where the session has no token yet. */
    readonly authorization?: Authorization;
    /** Its limit, where it has one and its charger can keep it. */
    readonly limit?: TransactionLimit;
  };
  readonly metered: Acknowledged;
  readonly sessionReported: {
    /** How far the session is; absent where its charger does not show it. */
    readonly running?: RunningCost;
  };
  readonly sessionStopped: {
    /** Absent where the stop names no token. */
    readonly authorization?: Authorization;
    /** The final cost of the session including VAT, a decimal; absent where its CDR is not sealed yet. */
    readonly totalCost?: string;
  };
  readonly dataTransferred: {
    readonly status: 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId';
    readonly data?: string;
  };
  readonly diagnosticsReported: Acknowledged;
  readonly firmwareReported: Acknowledged;
  readonly securityReported: Acknowledged;
  readonly informed: Acknowledged;
  readonly needsReported: { readonly status: 'Accepted' | 'Rejected' | 'Processing' };
  readonly scheduleReported: { readonly status: 'Accepted' | 'Rejected' };
  readonly contractRequested: { readonly status: 'Failed' };
  readonly revocationAsked: { readonly status: 'Failed' };
  readonly scheduleAsked: {
    readonly status: 'Accepted' | 'Rejected';
    /** The limits in the words of OCPP 2.1, where they are known. */
    readonly scheduleUpdate?: object;
  };
  readonly streamOpened: { readonly status: 'Accepted' };
  readonly paymentSettled: {
    /** The id of the CDR, which is the receipt of the session; absent where there is none. */
    readonly receiptId?: string;
  };
  /** Repeats what was asked. */
  readonly vatNumberAsked: {
    readonly status: 'Accepted' | 'Rejected';
    readonly vatNumber: string;
    readonly evseId?: number;
    /** The reason of the status: a word of at most 20 characters, and a sentence. */
    readonly reason: { readonly code: string; readonly text: string };
  };
  readonly chainStatusAsked: {
    readonly status: 'Failed';
    readonly certificates: readonly AskedCertificate[];
    /** When it is worth asking again. */
    readonly nextUpdate: string;
  };
  readonly certificateRequested: {
    readonly status: 'Accepted' | 'Rejected';
    /** The reason of a refusal: a word of at most 20 characters, and a sentence of at most 512. */
    readonly reason?: { readonly code: string; readonly text: string };
  };
  readonly unusable: Acknowledged;
};

/** The answer to one event of a CALL. */
export type GivenAnswer = {
  readonly [Kind in EventKind]: { readonly kind: Kind; readonly answer: Answers[Kind] };
}[EventKind];

/** One function for each event that writes its answer as a payload of one OCPP version. */
export type AnswerWriters<Action extends string> = {
  readonly [Kind in EventKind]: (answer: Answers[Kind], action: Action) => object;
};
