import { optional, required } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { degrees } from '../codec/scalars.ts';
import type { AdditionalGeoLocation, GeoLocation } from '../model/shared.ts';
import { displayText } from './texts.ts';

const membersOf = (places: 'as-is' | 6) =>
  ({
    latitude: required('latitude', degrees(10, places)),
    longitude: required('longitude', degrees(11, places)),
  }) satisfies Members<GeoLocation>;

/** GeoLocation: `places` decimals are sent, 6 in 2.1.1. */
export const geoLocation = (places: 'as-is' | 6) => record<GeoLocation>(membersOf(places));

/** AdditionalGeoLocation: a point with a name. */
export const additionalGeoLocation = (places: 'as-is' | 6) =>
  record<AdditionalGeoLocation>({
    ...membersOf(places),
    name: optional('name', displayText),
  });
