import type { PartnerConnector } from './connector.ts';
import type { Extra } from './extra.ts';
import type { DisplayText, GeoLocation, PartnerImage } from './shared.ts';

/** A status that an EVSE is going to have. */
export type ScheduledStatus = Extra & {
  readonly periodBegin: string;
  readonly periodEnd?: string;
  readonly status: string;
};

/** Place of an EVSE at a parking place of its location (2.3.0). */
export type EvseParking = Extra & {
  readonly parkingId: string;
  readonly evsePosition?: string;
};

/** A place of a partner where one vehicle can charge at a time. */
export type PartnerEvse = Extra & {
  readonly uid: string;
  /** The eMI3 id that people see; absent where it has none or was removed. */
  readonly evseId?: string;
  readonly status: string;
  readonly statusSchedule: readonly ScheduledStatus[];
  readonly capabilities: readonly string[];
  readonly connectors: readonly PartnerConnector[];
  readonly floorLevel?: string;
  readonly coordinates?: GeoLocation;
  readonly physicalReference?: string;
  readonly directions: readonly DisplayText[];
  readonly parkingRestrictions: readonly string[];
  readonly images: readonly PartnerImage[];
  readonly parking: readonly EvseParking[];
  readonly acceptedServiceProviders: readonly string[];
  readonly lastUpdated: string;
};
