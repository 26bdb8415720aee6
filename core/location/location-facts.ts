import type { OpeningTimes } from '../ocpi/model/location.ts';
import type { Party } from '../ocpi/model/party.ts';
import type { BusinessDetails, DisplayText } from '../ocpi/model/shared.ts';

/** The facts of a location that its operator may change, in the terms of OCPI. */
export type LocationFacts = {
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly postalCode?: string;
  readonly state?: string;
  /** ISO 3166-1 alpha-3. */
  readonly country: string;
  /** Decimal degrees, WGS 84. */
  readonly coordinates: { readonly latitude: string; readonly longitude: string };
  /** IANA name. */
  readonly timeZone: string;
  /** ParkingType of OCPI 2.2.1. */
  readonly parkingType?: string;
  /** Local times of the location; absent where nobody stated them. */
  readonly openingTimes?: OpeningTimes;
  /** Whether vehicles may charge while it is closed. */
  readonly chargingWhenClosed?: boolean;
  /** Facility of OCPI 2.2.1. */
  readonly facilities?: readonly string[];
  /** How to find the chargers, a text for each language. */
  readonly directions?: readonly DisplayText[];
  /** Who runs the chargers, where that is not the party that publishes them. */
  readonly operator?: BusinessDetails;
  readonly suboperator?: BusinessDetails;
  readonly owner?: BusinessDetails;
  /** Telephone number for drivers (OCPI 2.3.0). */
  readonly helpPhone?: string;
  /** The tariff of its chargers that have none of their own. */
  readonly tariffId?: string;
  /** The party of ours that it is of for roaming partners; absent: the first. */
  readonly party?: Party;
  /** Whether roaming partners may see it. */
  readonly publish: boolean;
};
