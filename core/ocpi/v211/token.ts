import { lacking, many, ofOwner, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, flag, id, text } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import { displayText } from '../common/texts.ts';
import type { AuthorizationInfo, LocationReferences, PartnerToken } from '../model/token.ts';
import { allowedType, whitelist } from '../v221/token.ts';

/** Token of 2.1.1. */
export const token211 = record<PartnerToken>({
  countryCode: ofOwner('countryCode'),
  partyId: ofOwner('partyId'),
  uid: required('uid', id(36)),
  type: required('type', word(words('OTHER RFID'), { otherwise: 'OTHER' })),
  contractId: required(['auth_id', 'contract_id'], id(36)),
  visualNumber: optional('visual_number', id(64)),
  issuer: required('issuer', text(64)),
  groupId: lacking(),
  valid: required('valid', flag),
  whitelist: required('whitelist', whitelist),
  language: optional('language', id(2)),
  defaultProfileType: lacking(),
  energyContract: lacking(),
  lastUpdated: required('last_updated', dateTime),
});

/** LocationReferences of 2.1.1. */
const locationReferences211 = record<LocationReferences>({
  locationId: required('location_id', id(39)),
  evseUids: many('evse_uids', id(39)),
  connectorIds: many('connector_ids', id(36)),
});

/** Translates a token into 2.1.1 and back. */
export const { to: toToken211, from: fromToken211 } = pairOf(token211);

/** Translates the place that a driver asks about into 2.1.1 and back. */
export const { to: toLocationReferences211, from: fromLocationReferences211 } =
  pairOf(locationReferences211);

/** Translates an authorization into 2.1.1 and back; the token is the one that was asked about. */
export const { to: toAuthorizationInfo211, from: fromAuthorizationInfo211 } = pairOf(
  record<AuthorizationInfo>({
    allowed: required('allowed', allowedType),
    token: lacking(),
    location: optional('location', locationReferences211),
    authorizationReference: lacking(),
    info: optional('info', displayText),
  }),
);
