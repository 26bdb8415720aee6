import { lacking, many, optional, required, some } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { geoLocation } from '../common/geo-location.ts';
import { capabilities221, parkingRestrictions221 } from '../common/location-words.ts';
import { displayText, image } from '../common/texts.ts';
import type { PartnerEvse, ScheduledStatus } from '../model/evse.ts';
import { connector221 } from './connector.ts';

/** Status of an EVSE, the same in every version. */
export const evseStatus = word(
  words('AVAILABLE BLOCKED CHARGING INOPERATIVE OUTOFORDER PLANNED REMOVED RESERVED UNKNOWN'),
  { otherwise: 'UNKNOWN' },
);

/** StatusSchedule, the same in every version. */
export const statusSchedule = record<ScheduledStatus>({
  periodBegin: required('period_begin', dateTime),
  periodEnd: optional('period_end', dateTime),
  status: required('status', evseStatus),
});

/** The fields of an EVSE of 2.2.1. */
export const evseMembers221 = {
  uid: required('uid', id(36)),
  evseId: optional('evse_id', id(48)),
  status: required('status', evseStatus),
  statusSchedule: many('status_schedule', statusSchedule),
  capabilities: many('capabilities', word(capabilities221)),
  connectors: some('connectors', connector221),
  floorLevel: optional('floor_level', text(4)),
  coordinates: optional('coordinates', geoLocation('as-is')),
  physicalReference: optional('physical_reference', text(16)),
  directions: many('directions', displayText),
  parkingRestrictions: many('parking_restrictions', word(parkingRestrictions221)),
  images: many('images', image),
  parking: lacking([]),
  acceptedServiceProviders: lacking([]),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<PartnerEvse>;

/** EVSE of 2.2.1. */
export const evse221 = record<PartnerEvse>(evseMembers221);

/** Translates an EVSE into 2.2.1 and back. */
export const { to: toEvse221, from: fromEvse221 } = pairOf(evse221);
