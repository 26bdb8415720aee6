import type { ConnectorRef } from '../charger/connector-ref.ts';
import type { PlaceTariffs } from '../charger/place-tariffs.ts';
import type { Anomaly } from '../metering/model/anomaly.ts';
import type { PriceList } from './price-list.ts';
import type { Source } from './source.ts';
import type { TransactionPart } from './transaction-part.ts';

/** A session runs, has ended, or was declared void by the operator. */
export type SessionState = 'active' | 'ended' | 'void';

/** How a session began: what the charger reported, the authorisation, and what was fixed at that moment. */
export type SessionStart = {
  /** The charger's clock, ISO 8601 as sent. */
  readonly startedAt: string;
  /** Our clock, ISO 8601. */
  readonly receivedAt: string;
  /** The register at the start in Wh, where the charger gave one. */
  readonly meterStart?: number;
  /** Present where its number or its reason says that its transaction had begun before. */
  readonly isContinued?: true;
  /** Empty while nobody has presented one, which from OCPP 2.0.1 on may be after the start. */
  readonly tokenId: string;
  /** When the token was presented, by the charger's clock in UTC, where the start itself named none. */
  readonly tokenAt?: string;
  readonly accountId?: string;
  /** The token status in our answer to the charger: `Accepted`, `Blocked`, `Expired`, `Invalid`, `ConcurrentTx`; `None` without a token. */
  readonly authorization: string;
  /** The promo code that the token carried, to be redeemed when the session is billed. */
  readonly promoCode?: string;
  /** The tariffs that the driver pays instead of those of the place, as the price list of the token's partner had them. */
  readonly tariffIds?: PriceList;
};

/** Who ended a session by hand, by an API key that had this name then, and why. */
export type EndedByHand = {
  readonly reason: string;
  readonly apiKeyId: string;
  readonly name: string;
};

/** How a session ended. */
export type SessionStop = {
  readonly endedAt: string;
  readonly receivedAt: string;
  readonly meterStop?: number;
  /** The charger's reason (`Local`, `EVDisconnected`, …) or ours (`Superseded`, `Abandoned`, `StopMissing`, `EndedByOperator`, `Unreadable`). */
  readonly reason: string;
  readonly tokenId?: string;
  /** Present where an operator ended it by hand. */
  readonly byHand?: EndedByHand;
};

/** The lowest and the highest register, in Wh, of all stops of a session. */
export type StopRegisters = { readonly lowest: number; readonly highest: number };

/** A charging session as it is stored: facts only, nothing that can be computed from readings. */
export type Session = ConnectorRef & {
  readonly sessionId: string;
  readonly operatorId: string;
  readonly chargerId: string;
  /** The transaction's id on the wire, as text in every OCPP version. */
  readonly transactionId: string;
  /** The OCPP version of its charger, or that it was pushed. */
  readonly protocol: Source;
  readonly state: SessionState;
  /** Absent when a stop came without its start. */
  readonly start?: SessionStart;
  readonly stop?: SessionStop;
  /** Present where several different stops came, and one of them states a register. */
  readonly stopRegisters?: StopRegisters;
  /** The charger's tariff at the start; absent when it had none. Its version follows from the start (see tariff in force). */
  readonly tariffId?: string;
  /** The tariffs at the start by connector, where the start does not say on which of several it is. */
  readonly tariffs?: PlaceTariffs;
  /** IANA zone of the charger, for local tariff times. */
  readonly timeZone: string;
  /** Registered maximum power in W, the bound for plausible energy; absent when the operator registered none. */
  readonly maxPowerW?: number;
  /** The session that was still open on this connector when this one started. */
  readonly previousSessionId?: string;
  /** The number of the command that it was started by, where the charger named one. */
  readonly remoteStartId?: number;
  /** The reservation that it used, where the charger named one. */
  readonly reservationId?: number;
  /** Present where its charger shows what it costs while it runs, as its operator wanted when it began (OCPP 2.0.1 use case I02). */
  readonly showsRunningCost?: true;
  /** Its part of what the charger said under the id of its transaction, where that gave the id to several. */
  readonly part?: TransactionPart;
  /** Anomalies found while events arrived; those of the readings are in the CDR. */
  readonly anomalies: readonly Anomaly[];
  readonly cdrId?: string;
};
