import type { LimitKind } from '../account/account.ts';
import type { Campaign } from '../firmware/campaign.ts';
import type { Anomaly } from '../metering/model/anomaly.ts';
import type { AlertKind } from '../monitoring/alerts.ts';
import type { SessionFailure } from '../monitoring/session-failure.ts';
import type { Money } from '../tariff/model/price.ts';

/** Every type of event, in the order in which charging goes. */
export const eventTypes = [
  'charger.connected',
  'charger.disconnected',
  'charger.offline',
  'charger.online',
  'charger.status',
  'charger.fault',
  'charger.alert',
  'session.started',
  'session.updated',
  'session.ended',
  'session.anomaly',
  'session.failed',
  'cdr.created',
  'cdr.held',
  'command.finished',
  'campaign.state_changed',
  'payment.failed',
  'account.limit_reached',
  'webhook.disabled',
  'webhook.test',
] as const;

/** The type of an event: its subject, and what became of it. */
export type EventType = (typeof eventTypes)[number];

/** A connector of a charger, as events name it. */
type At = { readonly evseId: number; readonly connectorId: number };

/** The facts of a session that each of its events repeats. */
export type SessionFacts = At & {
  readonly sessionId: string;
  readonly transactionId: string;
  readonly tokenId: string | null;
  readonly accountId: string | null;
  readonly state: 'active' | 'ended' | 'void';
  /** The charger's time, ISO 8601. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly stopReason: string | null;
  readonly tariffId: string | null;
};

/** The state of a running session's meter. */
export type Progress = {
  /** Up to 6 decimals. */
  readonly energyKwh: number;
  readonly powerKw: number | null;
  /** Percent. */
  readonly stateOfCharge: number | null;
  readonly cost: Money | null;
  /** Our time, ISO 8601 in UTC. */
  readonly updatedAt: string;
};

/** The subject matter of an event, by its type. Everything but those of campaigns, accounts and webhooks concerns one charger. */
export type EventData = {
  readonly 'charger.connected': { readonly ocppVersion: string; readonly connectedAt: string };
  readonly 'charger.disconnected': {
    readonly connectedAt: string;
    readonly disconnectedAt: string;
  };
  readonly 'charger.offline': {
    /** When its connection ended, ISO 8601 in UTC. */
    readonly since: string;
  };
  readonly 'charger.online': {
    /** As in its `charger.offline`. */
    readonly since: string;
    readonly connectedAt: string;
    /** Whole seconds from one to the other. */
    readonly durationSeconds: number;
  };
  readonly 'charger.status': At & {
    readonly status: string;
    readonly errorCode: string | null;
    readonly statusAt: string | null;
  };
  readonly 'charger.fault': At & {
    readonly status: string;
    readonly errorCode: string | null;
    readonly vendorErrorCode: string | null;
    readonly info: string | null;
    readonly statusAt: string | null;
  };
  readonly 'charger.alert': {
    readonly kind: AlertKind;
    /** ISO 8601 in UTC. */
    readonly since: string;
    /** Of a session; null where it is about the charger as a whole. */
    readonly evseId: number | null;
    readonly connectorId: number | null;
    readonly sessionId: string | null;
  };
  readonly 'session.started': SessionFacts;
  readonly 'session.updated': SessionFacts | Progress;
  readonly 'session.ended': SessionFacts;
  readonly 'session.anomaly': SessionFacts & { readonly anomaly: Anomaly };
  readonly 'session.failed': CdrFacts & {
    readonly failure: SessionFailure;
    readonly stopReason: string | null;
  };
  readonly 'cdr.created': CdrFacts;
  readonly 'cdr.held': CdrFacts & { readonly anomalies: readonly Anomaly[] };
  readonly 'command.finished': {
    readonly commandId: string;
    readonly type: string;
    readonly state: string;
    readonly sessionId: string | null;
    readonly error: string | null;
  };
  readonly 'campaign.state_changed': {
    readonly campaignId: string;
    readonly firmwareId: string;
    readonly version: string;
    readonly state: Campaign['state'];
    /** Chargers: all of the campaign, and those with which it has ended. */
    readonly total: number;
    readonly installed: number;
    readonly failed: number;
    readonly skipped: number;
  };
  readonly 'payment.failed': {
    /** `failed`: it could not be taken; `refund-failed`: it was to be given back, and came back. */
    readonly kind: 'failed' | 'refund-failed';
    readonly reference: string;
    /** With VAT: a decimal with 4 decimals. */
    readonly amount: string;
    readonly currency: string;
    readonly method: string | null;
  };
  readonly 'account.limit_reached': {
    readonly accountId: string;
    /** `YYYY-MM`. */
    readonly month: string;
    readonly limit: LimitKind;
    /** The limit as it was: kWh, or money with VAT. A decimal. */
    readonly limitValue: string;
    /** The use by then; money with VAT, in the currency of the account. */
    readonly energyKwh: number;
    readonly inclVat: string;
    readonly currency: string;
  };
  readonly 'webhook.disabled': {
    readonly webhookId: string;
    readonly url: string;
    readonly reason: string;
  };
  readonly 'webhook.test': { readonly webhookId: string; readonly message: string };
};

/** The facts of a CDR that its events show; the whole of it is at `GET /cdrs/{cdrId}`. */
export type CdrFacts = At & {
  readonly cdrId: string;
  readonly sessionId: string;
  readonly tokenId: string | null;
  readonly accountId: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly energyKwh: number;
  readonly total: Money | null;
  readonly creditOf: string | null;
  readonly replaces: string | null;
};

/** The thing an event belongs to: it shows whose event it is, and of which charger. */
export type Subject =
  | { readonly kind: 'charger'; readonly chargerKey: string }
  /** Of a session that only its id is known of: its facts are to be added. */
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'operator'; readonly operatorId: string };

/** An event before it has its place in the log of its operator. */
export type EventDraft = {
  readonly [Type in EventType]: {
    readonly type: Type;
    readonly subject: Subject;
    /** When it happened by our clock, ISO 8601 in UTC. */
    readonly at: string;
    readonly data: EventData[Type];
  };
}[EventType];

/** An event as it is logged and delivered. */
export type Event = {
  readonly type: EventType;
  /** Its place in the operator's log: a later event has a greater id, as text. */
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly operatorId: string;
  readonly data: Readonly<Record<string, unknown>>;
};
