import type { CdrContent } from '../cdr/model/cdr.ts';
import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { ConnectorStatus } from '../charger/connector-status.ts';
import type { CommandState } from '../command/command-state.ts';
import type { Anomaly } from '../metering/model/anomaly.ts';
import type { Protocol } from '../ocpp/protocol.ts';
import type { Bill } from '../payment/bill.ts';
import type { Session } from '../session/session.ts';
import type { Money } from '../tariff/model/price.ts';
import type { MilliWattHours } from '../units/energy.ts';
import type { EventData } from './event.ts';

/** A charger's latest connection. Times are ours, ISO 8601 in UTC. */
export type ConnectionImage = {
  readonly kind: 'connection';
  readonly chargerKey: string;
  readonly connectionId: string;
  readonly protocol: Protocol;
  readonly connectedAt: string;
  /** Absent while it is open. */
  readonly disconnectedAt?: string;
  /** Since when it is offline, and when that was noted; absent until then. */
  readonly offlineSince?: string;
  readonly offlineAt?: string;
};

/** A connector as it reported itself last; without a status before it did. */
export type ConnectorImage = ConnectorRef & {
  readonly kind: 'connector';
  readonly chargerKey: string;
  readonly status?: ConnectorStatus;
  readonly errorCode?: string;
  readonly vendorErrorCode?: string;
  readonly info?: string;
  /** The charger's time, ISO 8601 in UTC. */
  readonly statusAt?: string;
  /** Our time, ISO 8601 in UTC. */
  readonly statusReceivedAt?: string;
};

/** A session with the anomalies of its CDR. */
export type SessionImage = {
  readonly kind: 'session';
  readonly session: Session;
  readonly anomalies: readonly Anomaly[];
};

/** The running view of a session. */
export type RunningImage = {
  readonly kind: 'running';
  readonly sessionId: string;
  readonly energy: MilliWattHours;
  /** mW. */
  readonly power?: bigint;
  /** Percent, as the charger wrote it. */
  readonly stateOfCharge?: string;
  readonly cost?: Money;
  readonly updatedAt: string;
};

/** A CDR that was written: sealed, which includes one that was credited since, or held. */
export type CdrImage = {
  readonly kind: 'cdr';
  readonly isHeld: boolean;
  readonly content: CdrContent;
};

/** A command that an operator gave. */
export type CommandImage = {
  readonly kind: 'command';
  readonly chargerKey: string;
  readonly commandId: string;
  readonly type: string;
  readonly state: CommandState;
  /** True where nobody ordered it: the desired configuration of the charger did. */
  readonly isUnordered?: true;
  readonly sessionId?: string;
  readonly error?: string;
  /** Our time, ISO 8601 in UTC; absent while the command is under way. */
  readonly finishedAt?: string;
};

/** A firmware campaign. */
export type CampaignImage = EventData['campaign.state_changed'] & {
  readonly kind: 'campaign';
  readonly operatorId: string;
};

/** The bill of a session. */
export type BillImage = { readonly kind: 'bill'; readonly bill: Bill };

/** That an account reached a limit of a month. */
export type LimitReachedImage = EventData['account.limit_reached'] & {
  readonly kind: 'limit-reached';
  readonly operatorId: string;
  /** Our time, ISO 8601 in UTC. */
  readonly at: string;
};

/** A webhook of an operator. */
export type WebhookImage = {
  readonly kind: 'webhook';
  readonly operatorId: string;
  readonly webhookId: string;
  readonly url: string;
  /** Present where deliveries ended because of the receiver, and why. */
  readonly disabled?: { readonly reason: string; readonly at: string };
  /** When its operator asked for a test last. */
  readonly testedAt?: string;
};

/** Something that is stored, as far as events are derived from its changes. */
export type StateImage =
  | ConnectionImage
  | ConnectorImage
  | SessionImage
  | RunningImage
  | CdrImage
  | CommandImage
  | CampaignImage
  | BillImage
  | LimitReachedImage
  | WebhookImage;
