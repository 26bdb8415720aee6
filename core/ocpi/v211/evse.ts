import { lacking, many, optional, required, some } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { geoLocation } from '../common/geo-location.ts';
import { displayText, image } from '../common/texts.ts';
import type { PartnerEvse } from '../model/evse.ts';
import { evseStatus, statusSchedule } from '../v221/evse.ts';
import { connector211 } from './connector.ts';

const capabilities =
  words(`CHARGING_PROFILE_CAPABLE CREDIT_CARD_PAYABLE REMOTE_START_STOP_CAPABLE RESERVABLE
  RFID_READER UNLOCK_CAPABLE`);
const parkingRestrictions = words('EV_ONLY PLUGGED DISABLED CUSTOMERS MOTORCYCLES');

/** EVSE of 2.1.1. */
export const evse211 = record<PartnerEvse>({
  uid: required('uid', id(39)),
  evseId: optional('evse_id', id(48)),
  status: required('status', evseStatus),
  statusSchedule: many('status_schedule', statusSchedule),
  capabilities: many('capabilities', word(capabilities)),
  connectors: some('connectors', connector211),
  floorLevel: optional('floor_level', text(4)),
  coordinates: optional('coordinates', geoLocation(6)),
  physicalReference: optional('physical_reference', text(16)),
  directions: many('directions', displayText),
  parkingRestrictions: many('parking_restrictions', word(parkingRestrictions)),
  images: many('images', image),
  parking: lacking([]),
  acceptedServiceProviders: lacking([]),
  lastUpdated: required('last_updated', dateTime),
});

/** Translates an EVSE into 2.1.1 and back. */
export const { to: toEvse211, from: fromEvse211 } = pairOf(evse211);
