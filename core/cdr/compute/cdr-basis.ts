import type { MeterKey } from '../../ocmf/meter-key.ts';
import type { RedeemedPromoCode } from '../../tariff/promo-code/promo-code.ts';
import type { PriceSettings } from './billing-settings.ts';
import type { PricedCorrection } from './cdr-correction.ts';
import type { CdrDecision } from './cdr-decision.ts';
import type { SessionLimits } from './session-limits.ts';
import type { ZoneRecord } from './zone-record.ts';

/** Register of a connector when the previous session ended, by that session's own stop. */
export type PreviousRegister = {
  readonly sessionId: string;
  /** Wh as the charger stated it. */
  readonly wh: number;
  /** Wh at its start, where the session that follows it begins below that, or with an unknown register. */
  readonly startWh?: number;
  /** When it ended, ISO 8601 in UTC, where the session that follows it is dated before that. */
  readonly endedAt?: string;
};

/**
 * Register of a meter at the end of the latest previous session of the same connector that was billed by
 * verified signed values, however many without any came in between.
 */
export type PreviousSigned = {
  readonly sessionId: string;
  /** The first 100 characters. */
  readonly meterSerial: string;
  /** The registered key of that value. Where records name no meter, a replaced meter has another key or a new registration. */
  readonly meterKeyId: string;
  /** Wh, up to 3 decimals. */
  readonly wh: number;
};

/** The promo code of a session: taken off its price, or not and why. */
export type CdrPromoCode =
  | ({ readonly kind: 'redeemed' } & RedeemedPromoCode)
  | {
      readonly kind: 'refused';
      /** The code that the session's token carried. */
      readonly code: string;
      /** One sentence. */
      readonly reason: string;
    };

/**
 * The facts a CDR is based on besides its session, tariff and readings: those known elsewhere when it was computed. All of
 * it stands in the evidence as it was, so that whoever verifies the CDR needs nothing else. What did not apply is absent.
 */
export type CdrBasis = {
  /** The operator's decision, if the CDR was held. */
  readonly decision?: CdrDecision;
  /** The operator's correction by which another tariff holds than at the start of the session. */
  readonly correction?: PricedCorrection;
  readonly previousRegister?: PreviousRegister;
  readonly previousSigned?: PreviousSigned;
  /**
   * Mean power in W of the previous session of the connector, where it was billed and this one takes more than a charger of
   * unknown power is expected to deliver.
   */
  readonly previousPowerW?: number;
  /**
   * When the charger was commissioned, as its operator says, or else when it was registered, ISO 8601 in UTC, where the session
   * came after that and is dated before.
   */
  readonly chargerCommissionedAt?: string;
  readonly chargerRegisteredAt?: string;
  /** The charger's last boot before the session's start came, ISO 8601 in UTC, where the session is dated before that. */
  readonly chargerBootedAt?: string;
  /**
   * A time at which the charger was connected, ISO 8601 in UTC, where the session's start is dated before that, came long after
   * it, and its stop came as it was taken, or as late as the start.
   */
  readonly chargerConnectedAt?: string;
  /** The registered keys that count for signed values of this session, as they were. */
  readonly meterKeys?: readonly MeterKey[];
  readonly promoCode?: CdrPromoCode;
  /** The operator's settings for sessions without energy and aborted ones, where this is one. */
  readonly settings?: PriceSettings;
  /** The operator's limits of length and price, where they are not the defaults and this session exceeds one or the other. */
  readonly limits?: SessionLimits;
  /** The local time of the charger around the session, where its times or its price depend on it. */
  readonly timeZoneData?: ZoneRecord;
};

/** The basis of a session of which nothing is known elsewhere. */
export const noBasis: CdrBasis = {};
