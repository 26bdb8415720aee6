import type { Extra } from './extra.ts';

/** A text for people in one language (ISO 639-1). */
export type DisplayText = Extra & { readonly language: string; readonly text: string };

/** A picture by its address. */
export type PartnerImage = Extra & {
  readonly url: string;
  readonly thumbnail?: string;
  readonly category: string;
  /** File type, as in `png`. */
  readonly type: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
};

/** The name that a business is known by, with its website and logo. */
export type BusinessDetails = Extra & {
  readonly name: string;
  readonly website?: string;
  readonly logo?: PartnerImage;
};

/** A point on earth: degrees as decimal text with 5 to 7 decimals. */
export type GeoLocation = Extra & { readonly latitude: string; readonly longitude: string };

/** A named point of interest of a location, such as its entrance. */
export type AdditionalGeoLocation = GeoLocation & { readonly name?: DisplayText };

/** The origin of the energy of a location or tariff. */
export type EnergyMix = Extra & {
  readonly isGreenEnergy: boolean;
  /** Percent. */
  readonly energySources: readonly (Extra & {
    readonly source: string;
    readonly percentage: string;
  })[];
  /** g/kWh. */
  readonly environImpact: readonly (Extra & {
    readonly category: string;
    readonly amount: string;
  })[];
  readonly supplierName?: string;
  readonly energyProductName?: string;
};

/** One tax of an amount (OCPI 2.3.0 TaxAmount). */
export type TaxAmount = Extra & {
  readonly name: string;
  readonly accountNumber?: string;
  /** Percent. */
  readonly percentage?: string;
  readonly amount: string;
};

/** An amount of money, decimals as text in the currency of its document. */
export type PartnerPrice = Extra & {
  readonly exclVat: string;
  /** Absent where it was not stated. */
  readonly inclVat?: string;
  /** The taxes one by one; absent where the only thing known is their sum, the difference of the two amounts. */
  readonly taxes?: readonly TaxAmount[];
};

/** The token of a driver as sessions and CDRs carry it. */
export type CdrToken = Extra & {
  readonly countryCode: string;
  readonly partyId: string;
  readonly uid: string;
  readonly type: string;
  readonly contractId: string;
};

/** A span of a session without a change of price, up to the start of the next one. */
export type ChargingPeriod = Extra & {
  readonly startDateTime: string;
  /** Volumes as decimal text: kWh, hours, A, kW or percent by `type` (CdrDimensionType). */
  readonly dimensions: readonly (Extra & { readonly type: string; readonly volume: string })[];
  readonly tariffId?: string;
};
