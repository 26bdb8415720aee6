import fc from 'fast-check';
import type { PartnerCdr } from '../../../../core/ocpi/model/cdr.ts';
import type { PartnerSession } from '../../../../core/ocpi/model/session.ts';
import type { ChargingPeriod, PartnerPrice } from '../../../../core/ocpi/model/shared.ts';
import type { PartnerTariff } from '../../../../core/ocpi/model/tariff.ts';
import { coordinates, displayTexts, energyMixes } from './locations.ts';
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

const cents = (value: number): string =>
  (value / 100)
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');

/** Prices whose VAT is known, itemized, or neither. */
export const prices: fc.Arbitrary<PartnerPrice> = fc
  .tuple(
    fc.integer({ min: -5000, max: 50_000 }),
    fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 2, maxLength: 2 }),
    fc.constantFrom('unknown', 'sum', 'itemized', 'untaxed'),
  )
  .map(([excl, taxes, how]): PartnerPrice => {
    const exclVat = cents(excl);
    const sum = taxes.reduce((total, tax) => total + tax, 0);
    switch (how) {
      case 'unknown':
        return { exclVat };
      case 'sum':
        return { exclVat, inclVat: cents(excl + sum) };
      case 'untaxed':
        return { exclVat, inclVat: exclVat, taxes: [] };
      default:
        return {
          exclVat,
          inclVat: cents(excl + sum),
          taxes: taxes.map((tax, at) => ({ name: ['GST', 'QST'][at] ?? '', amount: cents(tax) })),
        };
    }
  });

export const cdrTokens = objectOf({
  countryCode: fc.constantFrom('DE', 'NL'),
  partyId: fc.constantFrom('EMS', 'TNM'),
  uid: ids(36),
  type: wordsOf('RFID APP_USER AD_HOC_USER OTHER EMAID'),
  contractId: ids(36),
});

const periods = (types: string[]): fc.Arbitrary<ChargingPeriod> =>
  objectOf(
    {
      startDateTime: moments,
      dimensions: distinct(
        objectOf({ type: fc.constantFrom(...types), volume: decimals() }),
        ({ type }) => type,
        1,
        3,
      ),
    },
    { tariffId: ids(36) },
  );
const startsOf = ({ startDateTime }: ChargingPeriod): string => startDateTime;

export const sessions: fc.Arbitrary<PartnerSession> = objectOf(
  {
    ...party,
    id: ids(36),
    startDateTime: moments,
    kwh: decimals(),
    cdrToken: cdrTokens,
    authMethod: wordsOf('AUTH_REQUEST COMMAND WHITELIST'),
    locationId: ids(36),
    evseUid: ids(36),
    connectorId: ids(36),
    currency: fc.constantFrom('EUR', 'SEK'),
    chargingPeriods: distinct(
      periods(['ENERGY', 'TIME', 'PARKING_TIME', 'POWER', 'RESERVATION_TIME']),
      startsOf,
    ),
    status: knownWords('ACTIVE COMPLETED INVALID PENDING RESERVATION'),
    lastUpdated: moments,
  },
  {
    endDateTime: moments,
    authorizationReference: ids(36),
    meterId: ids(40),
    totalCost: prices,
  },
);

const restrictions = objectOf(
  { dayOfWeek: fc.subarray(['MONDAY', 'SUNDAY']) },
  {
    startTime: fc.constant('08:00'),
    endTime: fc.constant('20:00'),
    startDate: fc.constant('2026-01-01'),
    endDate: fc.constant('2027-01-01'),
    minKwh: decimals(),
    maxPower: decimals(),
    minDuration: fc.nat(90_000),
    maxCurrent: decimals(),
    reservation: knownWords('RESERVATION RESERVATION_EXPIRES'),
  },
);
const components = objectOf(
  {
    type: knownWords('ENERGY FLAT PARKING_TIME TIME'),
    price: decimals(),
    stepSize: fc.nat(3600),
  },
  { vat: fc.constantFrom('19', '7.7', '0') },
);
const limits = objectOf({ exclVat: decimals() }, { inclVat: decimals() });

export const tariffs: fc.Arbitrary<PartnerTariff> = objectOf(
  {
    ...party,
    id: ids(36),
    currency: fc.constantFrom('EUR', 'SEK'),
    altTexts: distinct(displayTexts, ({ language }) => language),
    elements: lists(
      objectOf({ priceComponents: distinct(components, ({ type }) => type, 1) }, { restrictions }),
      1,
    ),
    taxIncluded: fc.constantFrom('NO', 'NO', 'YES', 'N/A'),
    lastUpdated: moments,
  },
  {
    type: wordsOf('REGULAR PROFILE_GREEN AD_HOC_PAYMENT'),
    altUrl: fc.constant('https://example.org/tariff'),
    minPrice: limits,
    maxPrice: limits,
    validFrom: moments,
    validUntil: moments,
    energyMix: energyMixes,
  },
);

const cdrLocations = objectOf(
  {
    id: ids(36),
    address: texts(60),
    city: texts(50),
    country: fc.constantFrom('DEU', 'NLD'),
    coordinates,
    evseUid: ids(36),
    evseId: ids(48),
    connectorId: ids(36),
    connectorStandard: knownWords('IEC_62196_T2 CHADEMO IEC_62196_T2_COMBO'),
    connectorFormat: knownWords('SOCKET CABLE'),
    connectorPowerType: knownWords('AC_1_PHASE AC_3_PHASE DC AC_2_PHASE'),
  },
  {
    name: texts(60),
    postalCode: ids(12),
    state: texts(50),
    timeZone: fc.constant('Europe/Berlin'),
  },
);

const signedData = objectOf(
  {
    encodingMethod: fc.constant('OCMF'),
    signedValues: lists(
      objectOf({
        nature: fc.constantFrom('Start', 'End'),
        plainData: fc.string({ maxLength: 40 }),
        signedData: fc.string({ maxLength: 40 }),
      }),
      1,
    ),
  },
  {
    encodingMethodVersion: fc.nat(9),
    publicKey: ids(90),
    url: fc.constant('https://example.org/check'),
  },
);

export const cdrs: fc.Arbitrary<PartnerCdr> = objectOf(
  {
    ...party,
    id: ids(39),
    startDateTime: moments,
    endDateTime: moments,
    cdrToken: cdrTokens,
    authMethod: wordsOf('AUTH_REQUEST COMMAND WHITELIST'),
    location: cdrLocations,
    currency: fc.constantFrom('EUR', 'SEK'),
    tariffs: distinct(tariffs, ({ id }) => id),
    chargingPeriods: distinct(
      periods(['ENERGY', 'TIME', 'PARKING_TIME', 'MIN_POWER', 'RESERVATION_TIME']),
      startsOf,
      1,
    ),
    totalCost: prices,
    totalEnergy: decimals(),
    totalTime: decimals(),
    lastUpdated: moments,
  },
  {
    sessionId: ids(36),
    authorizationReference: ids(36),
    meterId: ids(40),
    signedData,
    totalFixedCost: prices,
    totalEnergyCost: prices,
    totalTimeCost: prices,
    totalParkingTime: decimals(),
    totalParkingCost: prices,
    totalReservationCost: prices,
    remark: texts(300),
    invoiceReferenceId: ids(39),
    credit: fc.boolean(),
    creditReferenceId: ids(39),
    homeChargingCompensation: fc.boolean(),
  },
);
