import fc from 'fast-check';
import type { PartnerObjects } from '../../../../core/ocpi/translators.ts';
import { cdrs, sessions, tariffs } from './bills.ts';
import { businesses, connectors, displayTexts, evses, locations } from './locations.ts';
import {
  decimals,
  ids,
  knownWords,
  lists,
  moments,
  objectOf,
  party,
  texts,
  wordsOf,
} from './values.ts';

const responseUrl = fc.constant('https://example.org/ocpi/commands/1');

const tokens = objectOf(
  {
    ...party,
    uid: ids(36),
    type: wordsOf('RFID APP_USER AD_HOC_USER OTHER EMAID'),
    contractId: ids(36),
    issuer: texts(70),
    valid: fc.boolean(),
    whitelist: wordsOf('ALWAYS ALLOWED ALLOWED_OFFLINE NEVER'),
    lastUpdated: moments,
  },
  {
    visualNumber: ids(64),
    groupId: ids(36),
    language: fc.constant('de'),
    defaultProfileType: knownWords('CHEAP GREEN'),
    energyContract: objectOf({ supplierName: texts(70) }, { contractId: ids(64) }),
  },
);

const locationReferences = objectOf({
  locationId: ids(36),
  evseUids: fc.uniqueArray(ids(36), { maxLength: 2 }),
  connectorIds: fc.uniqueArray(ids(36), { maxLength: 2 }),
});

const profiles = objectOf(
  {
    chargingRateUnit: knownWords('W A'),
    periods: lists(objectOf({ startPeriod: fc.nat(90_000), limit: fc.nat(32).map(String) })),
  },
  { startDateTime: moments, duration: fc.nat(90_000), minChargingRate: fc.nat(32).map(String) },
);

const activeProfiles = objectOf({ startDateTime: moments, chargingProfile: profiles });

/** Any object of each kind, in our form. */
export const anyObject: {
  readonly [Kind in keyof PartnerObjects]: fc.Arbitrary<PartnerObjects[Kind]>;
} = {
  location: locations,
  evse: evses,
  connector: connectors,
  session: sessions,
  cdr: cdrs,
  tariff: tariffs,
  token: tokens,
  locationReferences,
  authorizationInfo: objectOf(
    { allowed: wordsOf('ALLOWED BLOCKED NOT_ALLOWED'), token: tokens },
    { location: locationReferences, authorizationReference: ids(36), info: displayTexts },
  ),
  startSession: objectOf(
    { responseUrl, token: tokens, locationId: ids(36) },
    { evseUid: ids(36), connectorId: ids(36), authorizationReference: ids(36) },
  ),
  stopSession: objectOf({ responseUrl, sessionId: ids(36) }),
  reserveNow: objectOf(
    {
      responseUrl,
      token: tokens,
      expiryDate: moments,
      reservationId: fc.oneof(ids(36), fc.nat(99_999).map(String)),
      locationId: ids(36),
    },
    { evseUid: ids(36), authorizationReference: ids(36) },
  ),
  cancelReservation: objectOf({ responseUrl, reservationId: ids(36) }),
  unlockConnector: objectOf({
    responseUrl,
    locationId: ids(36),
    evseUid: ids(36),
    connectorId: ids(36),
  }),
  commandResponse: objectOf({
    result: wordsOf('NOT_SUPPORTED REJECTED ACCEPTED UNKNOWN_SESSION'),
    timeout: fc.nat(600),
    message: lists(displayTexts),
  }),
  commandResult: objectOf({
    result: wordsOf('ACCEPTED EVSE_OCCUPIED FAILED TIMEOUT UNKNOWN_RESERVATION'),
    message: lists(displayTexts),
  }),
  setChargingProfile: objectOf({ chargingProfile: profiles, responseUrl }),
  activeChargingProfile: activeProfiles,
  chargingProfileResponse: objectOf({
    result: wordsOf('ACCEPTED NOT_SUPPORTED TOO_OFTEN'),
    timeout: fc.nat(600),
  }),
  chargingProfileResult: objectOf(
    { result: wordsOf('ACCEPTED REJECTED UNKNOWN') },
    { profile: activeProfiles },
  ),
  chargingPreferences: objectOf(
    { profileType: knownWords('CHEAP FAST GREEN REGULAR') },
    { departureTime: moments, energyNeed: decimals(), dischargeAllowed: fc.boolean() },
  ),
  clientInfo: objectOf({
    ...party,
    role: wordsOf('CPO EMSP HUB NSP'),
    status: knownWords('CONNECTED OFFLINE PLANNED SUSPENDED'),
    lastUpdated: moments,
  }),
  invoiceRecord: objectOf({
    ...party,
    id: ids(36),
    invoiceId: ids(255),
    cdrIds: fc.array(ids(36), { minLength: 1, maxLength: 3 }),
    lastUpdated: moments,
  }),
  credentials: objectOf(
    {
      token: ids(64),
      url: fc.constant('https://example.org/ocpi/versions'),
      roles: lists(
        objectOf({ ...party, role: wordsOf('CPO EMSP HUB'), businessDetails: businesses }),
        1,
      ),
    },
    { hubPartyId: fc.constant('DEHUB') },
  ),
};
