import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartnerConnector } from '../../../../core/ocpi/model/connector.ts';
import type { PartnerEvse } from '../../../../core/ocpi/model/evse.ts';
import type { PartnerLocation } from '../../../../core/ocpi/model/location.ts';
import { stampLocation } from '../../../../core/ocpi/publish/stamp-location.ts';

const before = '2026-04-14T16:00:00.000Z';
const now = '2026-04-14T17:00:00.000Z';

const connector = (id: string, power: string): PartnerConnector => ({
  id,
  standard: 'IEC_62196_T2',
  format: 'SOCKET',
  powerType: 'AC_3_PHASE',
  maxVoltage: '230',
  maxAmperage: '32',
  maxElectricPower: power,
  tariffIds: [],
  capabilities: [],
  lastUpdated: before,
});

const evse = (
  uid: string,
  status: string,
  connectors: readonly PartnerConnector[],
): PartnerEvse => ({
  uid,
  status,
  statusSchedule: [],
  capabilities: [],
  connectors,
  directions: [],
  parkingRestrictions: [],
  images: [],
  parking: [],
  acceptedServiceProviders: [],
  lastUpdated: before,
});

const location = (name: string, evses: readonly PartnerEvse[]): PartnerLocation => ({
  countryCode: 'DE',
  partyId: 'OUR',
  id: 'loc_1',
  publish: true,
  publishAllowedTo: [],
  name,
  address: 'Main Street 1',
  city: 'Porto',
  country: 'PRT',
  coordinates: { latitude: '41.14961', longitude: '-8.61099' },
  relatedLocations: [],
  evses,
  parkingPlaces: [],
  directions: [],
  facilities: [],
  timeZone: 'Europe/Lisbon',
  images: [],
  lastUpdated: before,
});

const connectors = fc
  .uniqueArray(
    fc.record({ id: fc.constantFrom('1', '2'), power: fc.constantFrom('11000', '22000') }),
    {
      selector: ({ id }) => id,
      minLength: 1,
    },
  )
  .map((all) => all.map(({ id, power }) => connector(id, power)));
const evses = fc
  .uniqueArray(
    fc.record({
      uid: fc.constantFrom('A', 'B', 'C'),
      status: fc.constantFrom('AVAILABLE', 'CHARGING'),
      connectors,
    }),
    { selector: ({ uid }) => uid },
  )
  .map((all) => all.map((one) => evse(one.uid, one.status, one.connectors)));
const locations = fc
  .record({ name: fc.constantFrom('Yard', 'Square'), evses })
  .map((one) => location(one.name, one.evses));

const factsOf = (connectors: readonly PartnerConnector[]): string =>
  JSON.stringify(
    connectors
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ lastUpdated: _, ...facts }) => facts),
  );

const checkEvse = (seen: PartnerEvse, old: readonly PartnerEvse[]): void => {
  const known = old.find(({ uid }) => uid === seen.uid);
  const isSame =
    known?.status === seen.status && factsOf(known.connectors) === factsOf(seen.connectors);
  expect(seen.lastUpdated).toBe(isSame ? before : now);
  for (const part of seen.connectors) {
    const was = known?.connectors.find(({ id }) => id === part.id);
    const isKnown = was?.maxElectricPower === part.maxElectricPower;
    expect(part.lastUpdated).toBe(isKnown ? before : now);
  }
};

describe('the times of the last changes of a location', () => {
  it('a location that did not change is not shown again', () => {
    fc.assert(
      fc.property(locations, (one) => {
        expect(stampLocation(one, one, now)).toBeUndefined();
      }),
    );
  });

  it('what changed, and all that it is part of, changed now, and nothing else did', () => {
    fc.assert(
      fc.property(locations, locations, (old, next) => {
        const stamped = stampLocation(old, next, now);
        if (stamped === undefined) return;
        expect(stamped.lastUpdated).toBe(now);
        for (const seen of stamped.evses) checkEvse(seen, old.evses);
      }),
    );
  });

  it('another order of EVSEs and connectors is no change', () => {
    fc.assert(
      fc.property(locations, (one) => {
        const evses = one.evses.toReversed();
        const turned = evses.map((each) => ({
          ...each,
          connectors: each.connectors.toReversed(),
        }));
        expect(stampLocation(one, { ...one, evses: turned }, now)).toBeUndefined();
      }),
    );
  });

  it('an EVSE that is gone stays and is removed, once', () => {
    fc.assert(
      fc.property(locations, locations, (old, next) => {
        const stamped = stampLocation(old, next, now) ?? old;
        for (const { uid } of old.evses) {
          expect(stamped.evses.map((one) => one.uid)).toContain(uid);
          const isThere = next.evses.some((one) => one.uid === uid);
          if (!isThere) {
            expect(stamped.evses.find((one) => one.uid === uid)?.status).toBe('REMOVED');
          }
        }
        expect(stampLocation(stamped, next, now)).toBeUndefined();
      }),
    );
  });

  it('a location that partners see first has the times that its facts have', () => {
    const first = location('Yard', [evse('A', 'AVAILABLE', [connector('1', '11000')])]);
    expect(stampLocation(undefined, first, now)).toEqual(first);
  });
});
