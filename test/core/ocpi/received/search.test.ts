import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellOf,
  cellsAround,
  distanceKm,
  mostKm,
  type Point,
} from '../../../../core/ocpi/received/area.ts';
import { connectorPower } from '../../../../core/ocpi/received/connector-power.ts';
import { hasWords, searchWords, wordsOf } from '../../../../core/ocpi/received/search-words.ts';

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** The point so many km from another one in a direction, on a sphere. */
const towards = ({ latitude, longitude }: Point, km: number, bearing: number): Point => {
  const rad = Math.PI / 180;
  const [phi, d] = [latitude * rad, km / 6371];
  const at = Math.asin(
    Math.sin(phi) * Math.cos(d) + Math.cos(phi) * Math.sin(d) * Math.cos(bearing),
  );
  const turned = Math.atan2(
    Math.sin(bearing) * Math.sin(d) * Math.cos(phi),
    Math.cos(d) - Math.sin(phi) * Math.sin(at),
  );
  const degrees = longitude + turned / rad;
  return { latitude: at / rad, longitude: ((degrees + 540) % 360) - 180 };
};

describe('the area around a place', () => {
  it('every point within the distance lies in one of the cells that are searched', () => {
    const km = fc.double({ min: 0.1, max: mostKm, noNaN: true });
    const part = fc.double({ min: 0, max: 0.999, noNaN: true });
    const bearing = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
    fc.assert(
      fc.property(point, km, part, bearing, (centre, radius, share, direction) => {
        const found = towards(centre, radius * share, direction);
        expect(distanceKm(centre, found)).toBeLessThanOrEqual(radius);
        expect(cellsAround(centre, radius)).toContain(cellOf(found));
      }),
    );
  });

  it('at the latitudes where people charge, fewer than 20 cells are searched', () => {
    for (const latitude of [0, 40, 52.5, 60, 67]) {
      expect(cellsAround({ latitude, longitude: 13.4 }, mostKm).length).toBeLessThan(20);
    }
  });
});

describe('the words of a location', () => {
  const location = {
    name: 'Parkhaus Zürich',
    address: 'Am Markt 7',
    city: 'Zürich',
    postalCode: '8001',
  };

  it('a location is found by the beginnings of its words, without regard to case and accents', () => {
    expect(searchWords(location)).toEqual(['8001', 'markt', 'parkhaus', 'zurich']);
    for (const text of ['zur', 'ZÜRICH park', '8001 markt', 'am 7']) {
      expect(hasWords(location, text)).toBe(true);
    }
    expect(hasWords(location, 'zurich bern')).toBe(false);
  });

  it('each word of any text that is long enough begins with itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(hasWords({ ...location, name }, name)).toBe(true);
        for (const word of wordsOf(name)) expect(wordsOf(word)).toEqual([word]);
      }),
    );
  });

  it('a word is cut between letters, also of those that are two characters', () => {
    for (const most of [38, 39, 40]) {
      const [word] = wordsOf(`${'a'.repeat(most)}𠮷野`);
      expect(word?.isWellFormed()).toBe(true);
      expect(`${'a'.repeat(most)}𠮷野`.startsWith(String(word))).toBe(true);
    }
  });
});

describe('the power of a connector', () => {
  const connector = {
    id: '1',
    standard: 'IEC_62196_T2',
    format: 'SOCKET',
    powerType: 'AC_3_PHASE',
    maxVoltage: '230',
    maxAmperage: '32',
    tariffIds: [],
    capabilities: [],
    lastUpdated: '2026-03-01T08:00:00.000Z',
  };

  it('the power is the stated one, else that of voltage, current and phases', () => {
    expect(connectorPower(connector)).toBe(22_080);
    expect(connectorPower({ ...connector, powerType: 'AC_1_PHASE' })).toBe(7_360);
    const fast = { ...connector, powerType: 'DC', maxVoltage: '920', maxAmperage: '500' };
    expect(connectorPower(fast)).toBe(460_000);
    expect(connectorPower({ ...fast, maxElectricPower: '300000' })).toBe(300_000);
  });
});
