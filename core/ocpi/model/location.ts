import type { PartnerEvse } from './evse.ts';
import type { Extra } from './extra.ts';
import type { Party } from './party.ts';
import type {
  AdditionalGeoLocation,
  BusinessDetails,
  DisplayText,
  EnergyMix,
  GeoLocation,
  PartnerImage,
} from './shared.ts';

/** A token, or kind of tokens, to whose holder an unpublished location may be shown. */
export type PublishToken = Extra & {
  readonly uid?: string;
  readonly type?: string;
  readonly visualNumber?: string;
  readonly issuer?: string;
  readonly groupId?: string;
};

/** Hours of a weekday, local time of the location: 1 is Monday. */
export type RegularHours = Extra & {
  readonly weekday: number;
  readonly periodBegin: string;
  readonly periodEnd: string;
};

/** A span of time in which a location is open, or closed, other than regularly. */
export type ExceptionalPeriod = Extra & {
  readonly periodBegin: string;
  readonly periodEnd: string;
};

/** When a location is open. */
export type OpeningTimes = Extra & {
  readonly twentyfourseven: boolean;
  readonly regularHours: readonly RegularHours[];
  readonly exceptionalOpenings: readonly ExceptionalPeriod[];
  readonly exceptionalClosings: readonly ExceptionalPeriod[];
};

/** A parking place of a location (2.3.0): kilograms, metres, minutes. */
export type ParkingPlace = Extra & {
  readonly id: string;
  readonly physicalReference?: string;
  readonly vehicleTypes: readonly string[];
  readonly maxVehicleWeight?: string;
  readonly maxVehicleHeight?: string;
  readonly maxVehicleLength?: string;
  readonly maxVehicleWidth?: string;
  readonly parkingSpaceLength?: string;
  readonly parkingSpaceWidth?: string;
  readonly dangerousGoodsAllowed?: boolean;
  readonly direction?: string;
  readonly driveThrough?: boolean;
  readonly restrictedToType: boolean;
  readonly reservationRequired: boolean;
  readonly timeLimit?: string;
  readonly roofed?: boolean;
  readonly images: readonly PartnerImage[];
  readonly lighting?: boolean;
  readonly refrigerationOutlet?: boolean;
  readonly standards: readonly string[];
  readonly apdsReference?: string;
};

/** A site of a partner with its EVSEs. Lists are empty where nothing was stated. */
export type PartnerLocation = Party &
  Extra & {
    readonly id: string;
    /** False: shown to nobody but the holders of `publishAllowedTo`. */
    readonly publish: boolean;
    readonly publishAllowedTo: readonly PublishToken[];
    readonly name?: string;
    readonly address: string;
    readonly city: string;
    readonly postalCode?: string;
    readonly state?: string;
    /** ISO 3166 alpha-3. */
    readonly country: string;
    readonly coordinates: GeoLocation;
    readonly relatedLocations: readonly AdditionalGeoLocation[];
    readonly parkingType?: string;
    readonly evses: readonly PartnerEvse[];
    readonly parkingPlaces: readonly ParkingPlace[];
    readonly directions: readonly DisplayText[];
    readonly operator?: BusinessDetails;
    readonly suboperator?: BusinessDetails;
    readonly owner?: BusinessDetails;
    readonly facilities: readonly string[];
    /** IANA; absent where a 2.1.1 partner does not state it. */
    readonly timeZone?: string;
    readonly openingTimes?: OpeningTimes;
    readonly chargingWhenClosed?: boolean;
    readonly images: readonly PartnerImage[];
    readonly energyMix?: EnergyMix;
    readonly helpPhone?: string;
    readonly lastUpdated: string;
  };
