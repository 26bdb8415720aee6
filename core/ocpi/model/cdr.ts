import type { Extra } from './extra.ts';
import type { Party } from './party.ts';
import type { CdrToken, ChargingPeriod, GeoLocation, PartnerPrice } from './shared.ts';
import type { PartnerTariff } from './tariff.ts';

/** The place of a CDR as it was when the session began. */
export type CdrLocation = Extra & {
  readonly id: string;
  readonly name?: string;
  readonly address: string;
  readonly city: string;
  readonly postalCode?: string;
  readonly state?: string;
  /** ISO 3166 alpha-3. */
  readonly country: string;
  readonly coordinates: GeoLocation;
  readonly evseUid: string;
  readonly evseId: string;
  readonly connectorId: string;
  readonly connectorStandard: string;
  readonly connectorFormat: string;
  readonly connectorPowerType: string;
  /** IANA; only 2.1.1 has a place for it. */
  readonly timeZone?: string;
};

/** Signed meter values with the key to check them, byte for byte as the meter gave them. */
export type SignedData = Extra & {
  readonly encodingMethod: string;
  readonly encodingMethodVersion?: number;
  readonly publicKey?: string;
  readonly signedValues: readonly (Extra & {
    readonly nature: string;
    readonly plainData: string;
    readonly signedData: string;
  })[];
  readonly url?: string;
};

/** The charge detail record of a session: the bill between two parties. Energy in kWh, times in hours, as decimal text. */
export type PartnerCdr = Party &
  Extra & {
    readonly id: string;
    readonly startDateTime: string;
    readonly endDateTime: string;
    readonly sessionId?: string;
    readonly cdrToken: CdrToken;
    readonly authMethod: string;
    readonly authorizationReference?: string;
    readonly location: CdrLocation;
    readonly meterId?: string;
    readonly currency: string;
    readonly tariffs: readonly PartnerTariff[];
    readonly chargingPeriods: readonly ChargingPeriod[];
    readonly signedData?: SignedData;
    readonly totalCost: PartnerPrice;
    readonly totalFixedCost?: PartnerPrice;
    readonly totalEnergy: string;
    readonly totalEnergyCost?: PartnerPrice;
    readonly totalTime: string;
    readonly totalTimeCost?: PartnerPrice;
    readonly totalParkingTime?: string;
    readonly totalParkingCost?: PartnerPrice;
    readonly totalReservationCost?: PartnerPrice;
    readonly remark?: string;
    readonly invoiceReferenceId?: string;
    /** True: `totalCost` is negated and takes back `creditReferenceId`. */
    readonly credit?: boolean;
    readonly creditReferenceId?: string;
    readonly homeChargingCompensation?: boolean;
    readonly lastUpdated: string;
  };
