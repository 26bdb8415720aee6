import {
  lacking,
  type Member,
  many,
  ofOwner,
  optional,
  required,
  requiredOr,
} from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, flag, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { energyMix211 } from '../common/energy-mix.ts';
import { additionalGeoLocation, geoLocation } from '../common/geo-location.ts';
import { openingTimes } from '../common/opening-times.ts';
import { businessDetails, displayText, image } from '../common/texts.ts';
import type { PartnerLocation } from '../model/location.ts';
import { evse211 } from './evse.ts';

const type = requiredOr(
  'type',
  word(words('ON_STREET PARKING_GARAGE UNDERGROUND_GARAGE PARKING_LOT OTHER UNKNOWN'), {
    otherwise: 'OTHER',
  }),
  'UNKNOWN',
);

/** The type of a location, which later versions leave out where it says nothing. */
const locationType: Member<string | undefined, unknown> = {
  ...type,
  read: (parent, context) => {
    const read = type.read(parent, context);
    return read === 'OTHER' ? undefined : read;
  },
};

const facilities =
  words(`HOTEL RESTAURANT CAFE MALL SUPERMARKET SPORT RECREATION_AREA NATURE MUSEUM BUS_STOP
  TAXI_STAND TRAIN_STATION AIRPORT CARPOOL_PARKING FUEL_STATION WIFI`);

/** Location of 2.1.1. */
export const location211 = record<PartnerLocation>({
  countryCode: ofOwner('countryCode'),
  partyId: ofOwner('partyId'),
  id: required('id', id(39)),
  publish: lacking(true),
  publishAllowedTo: lacking([]),
  name: optional('name', text(255)),
  address: required('address', text(45)),
  city: required('city', text(45)),
  postalCode: requiredOr('postal_code', id(10), '#NA'),
  state: lacking(),
  country: required('country', id(3)),
  coordinates: required('coordinates', geoLocation(6)),
  relatedLocations: many('related_locations', additionalGeoLocation(6)),
  parkingType: locationType,
  evses: many('evses', evse211),
  parkingPlaces: lacking([]),
  directions: many('directions', displayText),
  operator: optional('operator', businessDetails),
  suboperator: optional('suboperator', businessDetails),
  owner: optional('owner', businessDetails),
  facilities: many('facilities', word(facilities)),
  timeZone: optional('time_zone', id(255)),
  openingTimes: optional('opening_times', openingTimes),
  chargingWhenClosed: optional('charging_when_closed', flag),
  images: many('images', image),
  energyMix: optional('energy_mix', energyMix211),
  helpPhone: lacking(),
  lastUpdated: required('last_updated', dateTime),
});

/** Translates a location into 2.1.1 and back; an unpublished one is not sent, because this version would show it to all. */
export const { to: toLocation211, from: fromLocation211 } = pairOf(location211, ({ publish }) =>
  publish
    ? undefined
    : 'The location is not published, and this version would show it to everyone.',
);
