import { lacking, many, optional, required } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, flag, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word } from '../codec/word.ts';
import { energyMix221 } from '../common/energy-mix.ts';
import { additionalGeoLocation, geoLocation } from '../common/geo-location.ts';
import { facilities221, parkingTypes221 } from '../common/location-words.ts';
import { openingTimes } from '../common/opening-times.ts';
import { businessDetails, displayText, image } from '../common/texts.ts';
import type { PartnerLocation, PublishToken } from '../model/location.ts';
import { evse221 } from './evse.ts';
import { tokenType221 } from './token.ts';

const publishTokenOf = (type: typeof tokenType221) =>
  record<PublishToken>({
    uid: optional('uid', id(36)),
    type: optional('type', type),
    visualNumber: optional('visual_number', id(64)),
    issuer: optional('issuer', id(64)),
    groupId: optional('group_id', id(36)),
  });

/** The fields of a Location of 2.2.1. */
export const locationMembers221 = {
  countryCode: required('country_code', id(2)),
  partyId: required('party_id', id(3)),
  id: required('id', id(36)),
  publish: required('publish', flag),
  publishAllowedTo: many('publish_allowed_to', publishTokenOf(tokenType221)),
  name: optional('name', text(255)),
  address: required('address', text(255)),
  city: required('city', text(45)),
  postalCode: optional('postal_code', id(10)),
  state: optional('state', text(45)),
  country: required('country', id(3)),
  coordinates: required('coordinates', geoLocation('as-is')),
  relatedLocations: many('related_locations', additionalGeoLocation('as-is')),
  parkingType: optional('parking_type', word(parkingTypes221)),
  evses: many('evses', evse221),
  parkingPlaces: lacking([]),
  directions: many('directions', displayText),
  operator: optional('operator', businessDetails),
  suboperator: optional('suboperator', businessDetails),
  owner: optional('owner', businessDetails),
  facilities: many('facilities', word(facilities221)),
  timeZone: required('time_zone', id(255)),
  openingTimes: optional('opening_times', openingTimes),
  chargingWhenClosed: optional('charging_when_closed', flag),
  images: many('images', image),
  energyMix: optional('energy_mix', energyMix221),
  helpPhone: lacking(),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<PartnerLocation>;

/** Location of 2.2.1. */
export const location221 = record<PartnerLocation>(locationMembers221);

/** Translates a location into 2.2.1 and back. */
export const { to: toLocation221, from: fromLocation221 } = pairOf(location221);
