import fc from 'fast-check';
import type { PartnerConnector } from '../../../../core/ocpi/model/connector.ts';
import type { PartnerEvse } from '../../../../core/ocpi/model/evse.ts';
import type { PartnerLocation } from '../../../../core/ocpi/model/location.ts';
import {
  decimals,
  distinct,
  ids,
  knownWords,
  lists,
  moments,
  objectOf,
  party,
  texts,
  wordsOf,
} from './values.ts';

export const displayTexts = objectOf({
  language: fc.constantFrom('de', 'en', 'nl'),
  text: texts(520),
});

const urls = fc.constantFrom('https://example.org/a.png', 'https://example.org/b?x=1');
const images = objectOf(
  {
    url: urls,
    category: wordsOf('CHARGER ENTRANCE LOCATION OTHER OWNER'),
    type: fc.constantFrom('png', 'svg'),
  },
  { thumbnail: urls, width: fc.nat(5000), height: fc.nat(5000) },
);
export const businesses = objectOf({ name: texts(110) }, { website: urls, logo: images });

const degrees = (whole: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.integer({ min: -whole, max: whole }),
      fc.stringMatching(/^[0-9]{5}$/),
      fc.constantFrom('', '1', '07'),
    )
    .map(([degree, five, more]) => `${degree}.${five}${more}`);
export const coordinates = objectOf({ latitude: degrees(89), longitude: degrees(179) });

const standards = knownWords(
  'IEC_62196_T2 IEC_62196_T2_COMBO CHADEMO IEC_60309_2_single_16 GBT_DC NEMA_5_20 SAE_J3400 MCS',
);

export const connectors: fc.Arbitrary<PartnerConnector> = objectOf(
  {
    id: ids(36),
    standard: standards,
    format: knownWords('SOCKET CABLE'),
    powerType: knownWords('AC_1_PHASE AC_2_PHASE AC_2_PHASE_SPLIT AC_3_PHASE DC'),
    maxVoltage: fc.constantFrom('230', '400', '229.5'),
    maxAmperage: fc.constantFrom('16', '32', '500'),
    tariffIds: fc.uniqueArray(ids(36), { maxLength: 2 }),
    capabilities: fc.subarray(['ISO_15118_2_PLUG_AND_CHARGE', 'ISO_15118_20_PLUG_AND_CHARGE']),
    lastUpdated: moments,
  },
  { maxElectricPower: fc.nat(400_000).map(String), termsAndConditions: urls },
);

export const evses: fc.Arbitrary<PartnerEvse> = objectOf(
  {
    uid: ids(36),
    status: wordsOf('AVAILABLE BLOCKED CHARGING INOPERATIVE OUTOFORDER REMOVED RESERVED UNKNOWN'),
    statusSchedule: lists(
      objectOf(
        { periodBegin: moments, status: knownWords('PLANNED REMOVED') },
        { periodEnd: moments },
      ),
    ),
    capabilities: fc.subarray(['RFID_READER', 'RESERVABLE', 'DEBIT_CARD_PAYABLE', 'ANYTHING']),
    connectors: distinct(connectors, ({ id }) => id, 1),
    directions: lists(displayTexts),
    parkingRestrictions: fc.subarray(['EV_ONLY', 'TAXIS', 'CUSTOMERS']),
    images: lists(images),
    parking: distinct(
      objectOf({ parkingId: ids(36) }, { evsePosition: knownWords('LEFT CENTER') }),
      ({ parkingId }) => parkingId,
    ),
    acceptedServiceProviders: fc.uniqueArray(ids(50), { maxLength: 2 }),
    lastUpdated: moments,
  },
  {
    evseId: ids(48),
    floorLevel: texts(6),
    coordinates,
    physicalReference: texts(18),
  },
);

const openingTimes = objectOf({
  twentyfourseven: fc.boolean(),
  regularHours: lists(
    objectOf({
      weekday: fc.integer({ min: 1, max: 7 }),
      periodBegin: fc.constantFrom('08:00', '00:00'),
      periodEnd: fc.constantFrom('20:00', '23:59'),
    }),
  ),
  exceptionalOpenings: lists(objectOf({ periodBegin: moments, periodEnd: moments })),
  exceptionalClosings: lists(objectOf({ periodBegin: moments, periodEnd: moments })),
});

export const energyMixes = objectOf(
  {
    isGreenEnergy: fc.boolean(),
    energySources: distinct(
      objectOf({ source: wordsOf('SOLAR WIND GAS'), percentage: decimals() }),
      ({ source }) => source,
    ),
    environImpact: distinct(
      objectOf({ category: wordsOf('NUCLEAR_WASTE CARBON_DIOXIDE'), amount: decimals() }),
      ({ category }) => category,
    ),
  },
  { supplierName: texts(70), energyProductName: texts(70) },
);

const parkingPlaces = objectOf(
  {
    id: ids(36),
    vehicleTypes: fc.subarray(['VAN', 'BUS', 'MOTORCYCLE'], { minLength: 1 }),
    restrictedToType: fc.boolean(),
    reservationRequired: fc.boolean(),
    images: lists(images),
    standards: fc.subarray(['DIN 18040', 'BS8300']),
  },
  {
    physicalReference: texts(14),
    maxVehicleHeight: decimals(),
    dangerousGoodsAllowed: fc.boolean(),
    direction: knownWords('PARALLEL ANGLE'),
    roofed: fc.boolean(),
    timeLimit: decimals(),
    apdsReference: ids(40),
  },
);

export const locations: fc.Arbitrary<PartnerLocation> = objectOf(
  {
    ...party,
    id: ids(36),
    publish: fc.oneof(
      { weight: 5, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    publishAllowedTo: lists(
      objectOf({}, { uid: ids(36), type: knownWords('RFID APP_USER EMAID') }),
    ),
    address: texts(60),
    city: texts(50),
    country: fc.constantFrom('DEU', 'NLD'),
    coordinates,
    relatedLocations: lists(
      fc
        .tuple(coordinates, fc.option(displayTexts, { nil: undefined }))
        .map(([point, name]) => ({ ...point, ...(name === undefined ? {} : { name }) })),
    ),
    evses: distinct(evses, ({ uid }) => uid),
    parkingPlaces: distinct(parkingPlaces, ({ id }) => id),
    directions: lists(displayTexts),
    facilities: fc.subarray(['HOTEL', 'WIFI', 'BIKE_SHARING', 'SAUNA']),
    timeZone: fc.constantFrom('Europe/Berlin', 'Europe/Amsterdam'),
    images: lists(images),
    lastUpdated: moments,
  },
  {
    name: texts(60),
    postalCode: ids(12),
    state: texts(50),
    parkingType: wordsOf('ON_STREET PARKING_LOT ALONG_MOTORWAY ON_DRIVEWAY'),
    operator: businesses,
    suboperator: businesses,
    owner: businesses,
    openingTimes,
    chargingWhenClosed: fc.boolean(),
    energyMix: energyMixes,
    helpPhone: fc.constant('+49 30 123456'),
  },
);
