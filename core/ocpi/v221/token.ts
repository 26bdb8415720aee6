import { lacking, many, optional, required } from '../codec/member.ts';
import { type Members, record } from '../codec/record.ts';
import { dateTime, flag, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { displayText } from '../common/texts.ts';
import type {
  AuthorizationInfo,
  EnergyContract,
  LocationReferences,
  PartnerToken,
} from '../model/token.ts';

/** TokenType of 2.2.1. */
export const tokenType221 = word(words('AD_HOC_USER APP_USER OTHER RFID'), { otherwise: 'OTHER' });

/** WhitelistType, the same in every version: what nobody knows must be asked for each time. */
export const whitelist = word(words('ALWAYS ALLOWED ALLOWED_OFFLINE NEVER'), {
  otherwise: 'NEVER',
});

/** ProfileType of a driver's preferences. */
export const profileType = word(words('CHEAP FAST GREEN REGULAR'));

const energyContract = record<EnergyContract>({
  supplierName: required('supplier_name', text(64)),
  contractId: optional('contract_id', id(64)),
});

/** The fields of a Token of 2.2.1. */
export const tokenMembers221 = {
  countryCode: required('country_code', id(2)),
  partyId: required('party_id', id(3)),
  uid: required('uid', id(36)),
  type: required('type', tokenType221),
  contractId: required('contract_id', id(36)),
  visualNumber: optional('visual_number', id(64)),
  issuer: required('issuer', text(64)),
  groupId: optional('group_id', id(36)),
  valid: required('valid', flag),
  whitelist: required('whitelist', whitelist),
  language: optional('language', id(2)),
  defaultProfileType: optional('default_profile_type', profileType),
  energyContract: optional('energy_contract', energyContract),
  lastUpdated: required('last_updated', dateTime),
} satisfies Members<PartnerToken>;

/** Token of 2.2.1. */
export const token221 = record<PartnerToken>(tokenMembers221);

/** LocationReferences since 2.2.1. */
export const locationReferences = record<LocationReferences>({
  locationId: required('location_id', id(36)),
  evseUids: many('evse_uids', id(36)),
  connectorIds: lacking<readonly string[]>([]),
});

/** AllowedType; an answer that nobody knows allows nothing. */
export const allowedType = word(words('ALLOWED BLOCKED EXPIRED NO_CREDIT NOT_ALLOWED'), {
  otherwise: 'NOT_ALLOWED',
});

/** The fields of an AuthorizationInfo of 2.2.1. */
export const authorizationMembers221 = {
  allowed: required('allowed', allowedType),
  token: required('token', token221),
  location: optional('location', locationReferences),
  authorizationReference: optional('authorization_reference', id(36)),
  info: optional('info', displayText),
} satisfies Members<AuthorizationInfo>;

/** Translates a token into 2.2.1 and back. */
export const { to: toToken221, from: fromToken221 } = pairOf(token221);

/** Translates the place that a driver asks about into 2.2.1 and back. */
export const { to: toLocationReferences221, from: fromLocationReferences221 } =
  pairOf(locationReferences);

/** Translates an authorization into 2.2.1 and back. */
export const { to: toAuthorizationInfo221, from: fromAuthorizationInfo221 } = pairOf(
  record<AuthorizationInfo>(authorizationMembers221),
);
