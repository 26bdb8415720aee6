import type { Codec } from '../codec/codec.ts';
import { type Member, many, optional, required, some } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, decimal, flag, id, text, whole } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word } from '../codec/word.ts';
import { cdrTokenOf } from '../common/cdr-token.ts';
import { cdrChargingPeriod } from '../common/charging-period.ts';
import { formats, powerTypes221, standards221 } from '../common/connector-words.ts';
import { geoLocation } from '../common/geo-location.ts';
import { price221 } from '../common/price.ts';
import type { CdrLocation, PartnerCdr, SignedData } from '../model/cdr.ts';
import { authMethod221 } from './session.ts';
import { tariff221 } from './tariff.ts';
import { tokenType221 } from './token.ts';

const zone = optional('time_zone', id(255));

/** Read where a partner adds it, but no field of this version. */
const unofficialZone: Member<string | undefined, unknown> = { ...zone, write: () => true };

/** The fields of a CdrLocation of 2.2.1. */
export const cdrLocationMembers221 = {
  id: required('id', id(36)),
  name: optional('name', text(255)),
  address: required('address', text(255)),
  city: required('city', text(45)),
  postalCode: optional('postal_code', id(10)),
  state: optional('state', text(45)),
  country: required('country', id(3)),
  coordinates: required('coordinates', geoLocation('as-is')),
  evseUid: required('evse_uid', id(36)),
  evseId: required('evse_id', id(48)),
  connectorId: required('connector_id', id(36)),
  connectorStandard: required('connector_standard', word(standards221)),
  connectorFormat: required('connector_format', word(formats)),
  connectorPowerType: required('connector_power_type', word(powerTypes221)),
  timeZone: unofficialZone,
} satisfies Members<CdrLocation>;

const signedValue = record<SignedData['signedValues'][number]>({
  nature: required('nature', id(32)),
  plainData: required('plain_data', id(512)),
  signedData: required('signed_data', id(5000)),
});

/** SignedData since 2.2.1, never cut: a part of it proves nothing. */
export const signedData: Codec<SignedData> = record<SignedData>({
  encodingMethod: required('encoding_method', id(36)),
  encodingMethodVersion: optional('encoding_method_version', whole),
  publicKey: optional('public_key', id(512)),
  signedValues: some('signed_values', signedValue),
  url: optional('url', id(512)),
});

/** The fields of a CDR of 2.2.1. */
export const cdrMembers221 = {
  countryCode: required('country_code', id(2)),
  partyId: required('party_id', id(3)),
  id: required('id', id(39)),
  startDateTime: required('start_date_time', dateTime),
  endDateTime: required(['end_date_time', 'stop_date_time'], dateTime),
  sessionId: optional('session_id', id(36)),
  cdrToken: required('cdr_token', cdrTokenOf(tokenType221)),
  authMethod: required('auth_method', authMethod221),
  authorizationReference: optional('authorization_reference', id(36)),
  location: required('cdr_location', record<CdrLocation>(cdrLocationMembers221)),
  meterId: optional('meter_id', id(255)),
  currency: required('currency', id(3)),
  tariffs: many('tariffs', tariff221),
  chargingPeriods: some('charging_periods', cdrChargingPeriod),
  signedData: optional('signed_data', signedData),
  totalCost: required('total_cost', price221),
  totalFixedCost: optional('total_fixed_cost', price221),
  totalEnergy: required('total_energy', decimal()),
  totalEnergyCost: optional('total_energy_cost', price221),
  totalTime: required('total_time', decimal()),
  totalTimeCost: optional('total_time_cost', price221),
  totalParkingTime: optional('total_parking_time', decimal()),
  totalParkingCost: optional('total_parking_cost', price221),
  totalReservationCost: optional('total_reservation_cost', price221),
  remark: optional('remark', text(255)),
  invoiceReferenceId: optional('invoice_reference_id', id(39)),
  credit: optional('credit', flag),
  creditReferenceId: optional('credit_reference_id', id(39)),
  homeChargingCompensation: optional('home_charging_compensation', flag),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<PartnerCdr>;

/** Translates a CDR into 2.2.1 and back. */
export const { to: toCdr221, from: fromCdr221 } = pairOf(record<PartnerCdr>(cdrMembers221));
