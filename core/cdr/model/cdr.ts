import type { Anomaly } from '../../metering/model/anomaly.ts';
import type { EnergyCandidate, MeteringQuality } from '../../metering/model/metered.ts';
import type { Session } from '../../session/session.ts';
import type { Money, Price, PriceLine, PricePeriod } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import type { CdrBasis } from '../compute/cdr-basis.ts';
import type { CdrCorrection } from '../compute/cdr-correction.ts';
import type { SignedEvidence } from '../signed/signed-evidence.ts';

/** The meter at one end of the session, in the units of the contract. */
export type CdrMeterEnd = { readonly wh: number; readonly at: string; readonly signed?: string };

/** The facts of a session that a CDR does not show otherwise. */
export type CdrSessionFacts = Pick<
  Session,
  | 'transactionId'
  | 'protocol'
  | 'start'
  | 'stop'
  | 'stopRegisters'
  | 'tariffId'
  | 'maxPowerW'
  | 'previousSessionId'
  | 'anomalies'
>;

/** An energy that a held session can have had, and what it would cost. */
export type CdrCandidate = {
  /** Which evidence shows it. */
  readonly by: EnergyCandidate['by'];
  /** Up to 6 decimals, exact. */
  readonly energyKwh: number;
  /** One sentence. */
  readonly reason: string;
  /** The price of that energy, by the CDR's tariff and without a promo code; null without a tariff. */
  readonly total: Money | null;
  /** Present where the decision to accept bills this energy. */
  readonly accepted?: true;
};

/** The sealed content: everything about the bill, in the contract's words. Its canonical JSON is hashed. */
export type CdrContent = {
  readonly cdrId: string;
  readonly sessionId: string;
  readonly operatorId: string;
  readonly chargerId: string;
  readonly evseId: number;
  readonly connectorId: number;
  readonly tokenId: string | null;
  readonly accountId: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly chargingSeconds: number;
  readonly idleSeconds: number;
  /** While the connector was free, reserved or out of order: neither charging nor idle time. Absent: none. */
  readonly unusedSeconds?: number;
  /** Up to 6 decimals, exact. */
  readonly energyKwh: number;
  readonly meterStart: CdrMeterEnd | null;
  readonly meterStop: CdrMeterEnd | null;
  /** The tariff as it was at the start; null when the charger had none, and then the CDR is held. */
  readonly tariff: Tariff | null;
  readonly timeZone: string;
  readonly periods: readonly PricePeriod[];
  readonly lines: readonly PriceLine[];
  /** Null while the CDR is held: a held CDR states no price. */
  readonly total: Money | null;
  readonly unrounded: { readonly exclVat: string; readonly inclVat: string } | null;
  /** Price by the tariff alone; only if a promo code reduced it. */
  readonly beforePromoCode?: Pick<Price, 'total' | 'unrounded'>;
  readonly anomalies: readonly Anomaly[];
  /** Energy by each kind of evidence, best first, for the decision; only while the CDR is held. */
  readonly candidates?: readonly CdrCandidate[];
  /** The CDR whose total this one negates; everything else is copied from it. */
  readonly creditOf: string | null;
  /** Of a credit that an operator ordered: why, by whom, and what is billed instead. Absent where late readings are the reason. */
  readonly correction?: CdrCorrection;
  /** The CDR that this one replaces because later readings or another tariff changed the bill; absent from a session's first. */
  readonly replaces?: string;
  /** The basis of the result: the number of readings, the hash over all of them, and the versions of the rules. */
  readonly evidence: SignedEvidence & {
    readonly readings: number;
    /** SHA-256, hex, of the canonical readings in order of their keys. */
    readonly readingsHash: string;
    readonly quality: MeteringQuality;
    /** The facts from the charger's messages and its registration, so that readings and CDR are all a verifier needs. */
    readonly session: CdrSessionFacts;
    /** Facts known from elsewhere when the CDR was computed. */
    readonly basis: CdrBasis;
    readonly rules: { readonly metering: number; readonly pricing: number; readonly cdr: number };
  };
};

/** The seal: the CDR's place in its charger's chain, its hash over the previous hash, and our signature on it. */
export type CdrSeal = {
  /** 1, 2, 3, … for each charger, without gaps. */
  readonly sequence: number;
  /** Hash of the charger's previous CDR, hex; 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256 of previousHash, the content's own SHA-256, the sequence and the key's id, hex. */
  readonly hash: string;
  /** ECDSA P-256 over that hash as the digest (see sealedText), DER, base64. */
  readonly signature: string;
  /** Which key signed; part of what was hashed and signed. */
  readonly keyId: string;
  /** The key's public half, SPKI DER in base64, where it is included; whoever distrusts the CDR asks the operator for it. */
  readonly publicKey?: string;
};

/**
 * A charge detail record: content and, once sealed, its seal. Whether it was credited since is not part of what was
 * sealed, which never changes.
 */
export type Cdr = CdrContent & {
  readonly state: 'sealed' | 'held' | 'credited';
  readonly seal: CdrSeal | null;
  /** The CDR that took the total of this one back; present where the state is `credited`. */
  readonly creditedBy?: string;
  /** Where the driver finds the receipt of its session, if a link was made: no part of what was sealed either. */
  readonly receiptUrl?: string;
};
