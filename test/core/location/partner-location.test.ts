import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConnectorStatus,
  connectorStatusFrom,
} from '../../../core/charger/connector-status.ts';
import { isEmi3EvseId } from '../../../core/location/emi3-evse-id.ts';
import { evseStatusOf } from '../../../core/location/evse-status.ts';
import { evseUid } from '../../../core/location/evse-uid.ts';
import type { LocationCharger } from '../../../core/location/location-charger.ts';
import type { LocationFacts } from '../../../core/location/location-facts.ts';
import { partnerLocation } from '../../../core/location/partner-location.ts';
import { facilities221, parkingTypes221 } from '../../../core/ocpi/common/location-words.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import { toLocation211 } from '../../../core/ocpi/v211/location.ts';
import { toLocation221 } from '../../../core/ocpi/v221/location.ts';
import { toLocation230 } from '../../../core/ocpi/v230/location.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { validatorOf } from '../ocpi/schemas/validators.ts';

const at = (minute: number) => `2026-04-14T18:${String(minute).padStart(2, '0')}:00.000Z`;
const party = { countryCode: 'PT', partyId: 'ABC' };

const facts: LocationFacts = {
  name: 'Yard',
  address: 'Main Street 1',
  city: 'Porto',
  postalCode: '4000-322',
  country: 'PRT',
  coordinates: { latitude: '41.1', longitude: '-8.6109912' },
  timeZone: 'Europe/Lisbon',
  parkingType: 'PARKING_LOT',
  openingTimes: {
    twentyfourseven: false,
    regularHours: [{ weekday: 1, periodBegin: '08:00', periodEnd: '20:00' }],
    exceptionalOpenings: [],
    exceptionalClosings: [{ periodBegin: at(0), periodEnd: at(30) }],
  },
  facilities: ['CAFE'],
  directions: [{ language: 'pt', text: 'Ao fundo' }],
  operator: { name: 'Operator', website: 'https://operator.example/' },
  publish: true,
};

const whole = {
  connectorId: 1,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  powerType: 'AC_3_PHASE',
  maxVoltage: 230,
  maxAmperage: 32,
};

const charger: LocationCharger = {
  chargerId: 'CP-1',
  chargerKey: 'op_1#cp-1',
  registeredAt: at(0),
  changedAt: at(1),
  evses: [{ evseId: 1, emi3Id: 'PT*ABC*E1', physicalReference: 'left', connectors: [whole] }],
  online: true,
  connectors: [
    { evseId: 1, connectorId: 1, status: 'available', statusAt: at(9), tariffId: 'tar_1' },
  ],
};

const writers = { '2.1.1': toLocation211, '2.2.1': toLocation221, '2.3.0': toLocation230 };

const publish = (chargers: readonly LocationCharger[], form: LocationFacts = facts) =>
  partnerLocation(party, 'loc_1', form, chargers, at(5));

describe('a location for roaming partners', () => {
  it.each(['2.1.1', '2.2.1', '2.3.0'] as const)(
    'a location of ours is a valid location of OCPI %s',
    (version: OcpiVersion) => {
      const { location } = publish([charger]);
      const translated = writers[version](location, { owner: party });

      if (translated.kind !== 'translated') throw new Error(translated.kind);
      const document = JSON.parse(writeJsonLiterals(translated.object));
      expect(validatorOf(version, 'location')(document)).toEqual([]);
      expect(document.evses[0]).toMatchObject({ status: 'AVAILABLE', evse_id: 'PT*ABC*E1' });
    },
  );

  it('a location of ours loses nothing in OCPI 2.2.1, whatever of its words and hours it has', () => {
    const periods = fc.array(
      fc.record({
        weekday: fc.integer({ min: 1, max: 7 }),
        periodBegin: fc.constant('06:30'),
        periodEnd: fc.constant('21:00'),
      }),
    );
    const forms = fc.record({
      parkingType: fc.constantFrom(...parkingTypes221),
      facilities: fc.uniqueArray(fc.constantFrom(...facilities221)),
      chargingWhenClosed: fc.boolean(),
      regularHours: periods,
    });
    fc.assert(
      fc.property(forms, ({ regularHours, ...form }) => {
        const openingTimes = {
          ...{ twentyfourseven: regularHours.length === 0, regularHours },
          ...{ exceptionalOpenings: [], exceptionalClosings: [] },
        };
        const { location } = publish([charger], { ...facts, ...form, openingTimes });
        expect(toLocation221(location, { owner: party })).toMatchObject({
          kind: 'translated',
          losses: [],
        });
      }),
    );
  });

  it('a connector that lacks what OCPI requires is named with what is missing, and its EVSE is not published', () => {
    const { standard: _, maxAmperage: __, ...part } = whole;
    const published = publish([
      { ...charger, evses: [{ evseId: 1, connectors: [part] }] },
      { ...charger, chargerId: 'CP-2', evses: [] },
    ]);

    expect(published.location.evses).toEqual([]);
    expect(published.unpublished).toEqual([
      { chargerId: 'CP-1', evseId: 1, connectorId: 1, missing: ['standard', 'maxAmperage'] },
      {
        ...{ chargerId: 'CP-2', evseId: 1, connectorId: 1 },
        missing: ['standard', 'format', 'powerType', 'maxVoltage', 'maxAmperage'],
      },
    ]);
  });

  it('a location has changed when one of its EVSEs has, and a connector has the tariff that applies to it', () => {
    const { location } = publish([charger]);

    expect(location.lastUpdated).toBe(at(9));
    expect(location.evses[0]?.lastUpdated).toBe(at(9));
    expect(location.evses[0]?.connectors).toMatchObject([
      { tariffIds: ['tar_1'], lastUpdated: at(1) },
    ]);
    expect(publish([]).location.lastUpdated).toBe(at(5));
  });

  it('the power of a connector is its own, else that of its charger', () => {
    const powerOf = (maxPowerW: number | undefined, own: number | undefined) =>
      publish([
        {
          ...charger,
          maxPowerW,
          evses: [
            {
              evseId: 1,
              connectors: [{ ...whole, ...(own === undefined ? {} : { maxPowerW: own }) }],
            },
          ],
        },
      ]).location.evses[0]?.connectors[0]?.maxElectricPower;

    expect(powerOf(22_000, 11_000)).toBe('11000');
    expect(powerOf(22_000, undefined)).toBe('22000');
    expect(powerOf(undefined, undefined)).toBeUndefined();
  });
});

describe('the id of an EVSE', () => {
  it('an EVSE keeps its id for partners, and no other has it: not of another charger, nor of one registered again', () => {
    const uid = evseUid('op_1#cp-1', at(0), 1);

    expect(evseUid('op_1#cp-1', at(0), 1)).toBe(uid);
    expect(uid).toMatch(/^[0-9a-f]{32}$/);
    const others = [
      evseUid('op_1#cp-1', at(0), 2),
      evseUid('op_1#cp-1', at(1), 1),
      evseUid('op_2#cp-1', at(0), 1),
    ];
    expect(new Set([uid, ...others]).size).toBe(4);
  });

  it.each([
    ['DE*ABC*E1234', true],
    ['DEABCE1234', true],
    ['nl*tst*e1*2*3', true],
    ['DE*ABC*E', false],
    ['DE*ABC*1234', false],
    ['DE*ABCD*E1234', false],
    ['D1*ABC*E1234', false],
    ['DE*ABC*E1**2', false],
    ['DE*ABC*E1*', false],
    [`DE*ABC*E${'1'.repeat(41)}`, false],
  ])('%s is an EVSE id of eMI3: %s', (text, is) => {
    expect(isEmi3EvseId(text)).toBe(is);
  });
});

describe('the status of an EVSE', () => {
  const statusOf = (...connectors: readonly (ConnectorStatus | undefined)[]) =>
    evseStatusOf({ online: true, connectors });

  it.each([
    ['available', 'AVAILABLE'],
    ['preparing', 'CHARGING'],
    ['charging', 'CHARGING'],
    ['suspended-by-vehicle', 'CHARGING'],
    ['suspended-by-charger', 'CHARGING'],
    ['occupied', 'CHARGING'],
    ['finishing', 'BLOCKED'],
    ['reserved', 'RESERVED'],
    ['unavailable', 'INOPERATIVE'],
    ['faulted', 'OUTOFORDER'],
    [undefined, 'UNKNOWN'],
  ])('an EVSE whose connector is %s is %s', (status, word) => {
    expect(statusOf(connectorStatusFrom(status))).toBe(word);
  });

  it('an EVSE serves one vehicle: it is in use with any of its connectors, and free with any that is free', () => {
    expect(statusOf('available', 'charging')).toBe('CHARGING');
    expect(statusOf('faulted', 'available')).toBe('AVAILABLE');
    expect(statusOf('unavailable', 'faulted')).toBe('OUTOFORDER');
    expect(statusOf()).toBe('UNKNOWN');
  });

  it('an EVSE of a charger that is offline is unknown, and of one that is out of service as a whole it is out of service', () => {
    const connectors = ['available'] as const;
    expect(evseStatusOf({ online: false, connectors })).toBe('UNKNOWN');
    expect(evseStatusOf({ online: true, charger: 'faulted', connectors })).toBe('OUTOFORDER');
    expect(evseStatusOf({ online: true, charger: 'unavailable', connectors })).toBe('INOPERATIVE');
    expect(evseStatusOf({ online: true, charger: 'available', connectors })).toBe('AVAILABLE');
    const inUse = { online: true, charger: 'unavailable', connectors: ['charging'] } as const;
    expect(evseStatusOf(inUse)).toBe('CHARGING');
  });
});
