import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { Anomaly } from '../metering/model/anomaly.ts';
import type { PresentedToken } from './present-token.ts';
import type { EndedByHand, Session, SessionStart, SessionStop } from './session.ts';
import type { TransactionPart } from './transaction-part.ts';

/** Which session an event belongs to, as far as the event's message says. */
export type SessionIdentity = Pick<
  Session,
  | 'sessionId'
  | 'operatorId'
  | 'chargerId'
  | 'evseId'
  | 'connectorId'
  | 'transactionId'
  | 'protocol'
  | 'timeZone'
  | 'maxPowerW'
>;

/** The charger began a transaction. `fixed` is what holds for the session from that moment on. */
export type SessionStarted = {
  readonly kind: 'started';
  readonly identity: SessionIdentity;
  readonly start: SessionStart;
  readonly fixed: Pick<
    Session,
    | 'tariffId'
    | 'tariffs'
    | 'previousSessionId'
    | 'remoteStartId'
    | 'reservationId'
    | 'showsRunningCost'
    | 'part'
  >;
  /** Anomalies of the start itself. */
  readonly anomalies?: readonly Anomaly[];
};

/** The charger ended a transaction. An end alone names no connector in OCPP 1.6: it is then the whole charger's. */
export type SessionStopped = {
  readonly kind: 'stopped';
  readonly identity: SessionIdentity;
  readonly stop: SessionStop;
  /** The charger's tariff, which holds as long as the start is missing. */
  readonly fixed?: Pick<Session, 'tariffId'>;
};

/** Another session began on the connector while this one was open. */
export type SessionSuperseded = {
  readonly kind: 'superseded';
  /** The session that took over. */
  readonly by: string;
  /** ISO 8601: the last reading of this session, or else the start of the other one. */
  readonly endedAt: string;
  /** Our clock, ISO 8601. */
  readonly receivedAt: string;
};

/** There was no sign of the session for so long that it must have ended. */
export type SessionAbandoned = {
  readonly kind: 'abandoned';
  /** ISO 8601: the last reading of the session, or else its start. */
  readonly endedAt: string;
  /** Our clock, ISO 8601. */
  readonly receivedAt: string;
};

/** The connector was available, or in another session, for so long that the stop of this one is missing. */
export type SessionStopMissing = {
  readonly kind: 'stopMissing';
  /** ISO 8601: the last reading of the session, or else its start. */
  readonly endedAt: string;
  /** Our clock, ISO 8601. */
  readonly receivedAt: string;
};

/** An operator ended the session by hand, since its charger will not. */
export type SessionEndedByOperator = {
  readonly kind: 'endedByOperator';
  /** ISO 8601: as the operator said, or else the last reading of the session, or its start. */
  readonly endedAt: string;
  /** Our clock, ISO 8601. */
  readonly receivedAt: string;
  readonly byHand: EndedByHand;
};

/** A token was presented for a session that may have begun without one. */
export type SessionTokenPresented = {
  readonly kind: 'tokenPresented';
  readonly token: PresentedToken;
};

/** The place of a session became known that had begun without one. */
export type SessionPlaced = {
  readonly kind: 'placed';
  readonly place: ConnectorRef;
  readonly previousSessionId?: string;
};

/** The id of a session's transaction is also that of another one: what is not in its part was not about it. */
export type SessionDivided = {
  readonly kind: 'divided';
  readonly part: TransactionPart;
};

/** Something that happens to a session. */
export type SessionEvent =
  | SessionStarted
  | SessionStopped
  | SessionSuperseded
  | SessionAbandoned
  | SessionStopMissing
  | SessionEndedByOperator
  | SessionTokenPresented
  | SessionPlaced
  | SessionDivided;

/** The reason we give to a session that another one ended. */
export const supersededReason = 'Superseded';

/** The reason we give to a session whose stop did not arrive although its connector is free. */
export const stopMissingReason = 'StopMissing';

/** The reason we give to a session that an operator ended by hand. */
export const endedByOperatorReason = 'EndedByOperator';

/** The reason we give to a session whose stop cannot be read. */
export const unreadableReason = 'Unreadable';

/** The reason we give to a session that nobody ended. */
export const abandonedReason = 'Abandoned';
