import { describe, expect, it } from 'vitest';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import {
  clockHolds,
  measuredHolds,
  reservationHolds,
} from '../../../core/tariff/rate/conditions-hold.ts';
import { describeRestrictions } from '../../../core/tariff/rate/describe-restrictions.ts';
import { meteredOf } from './described-session.ts';

const hours = (count: number): number => count * 3_600_000;

describe('a window of the clock', () => {
  it.each([
    ['includes its start', { from: hours(8), until: hours(9) }, hours(8), true],
    ['excludes its end', { from: hours(8), until: hours(9) }, hours(9), false],
    ['wraps past midnight', { from: hours(22), until: hours(6) }, hours(5), true],
    ['that wraps leaves out the day', { from: hours(22), until: hours(6) }, hours(12), false],
    ['with equal ends is the whole day', { from: hours(6), until: hours(6) }, hours(3), true],
    ['from 00:00 to 00:00 is the whole day', { from: 0, until: 0 }, hours(3), true],
    ['to 00:00 ends with the day', { from: hours(20), until: 0 }, hours(23), true],
    ['to 00:00 without a start is the whole day', { until: 0 }, hours(3), true],
    ['without a start begins with the day', { until: hours(6) }, hours(5), true],
    ['without a start ends', { until: hours(6) }, hours(6), false],
    ['without an end lasts to the end of the day', { from: hours(20) }, hours(23), true],
    ['without an end has a start', { from: hours(20) }, hours(19), false],
    ['that is none always holds', {}, hours(3), true],
  ])('%s', (_words, window, time, expected) => {
    expect(clockHolds(window, time)).toBe(expected);
  });
});

describe('what was measured', () => {
  it('is inside a window with its least and its most', () => {
    const window = { from: 10n, until: 20n };
    expect(measuredHolds(window, { least: 10n, most: 19n })).toBe(true);
    expect(measuredHolds(window, { least: 9n, most: 19n })).toBe(false);
    expect(measuredHolds(window, { least: 10n, most: 20n })).toBe(false);
  });

  it('is inside no window when nobody measured it', () => {
    expect(measuredHolds({ until: 20n }, undefined)).toBe(false);
    expect(measuredHolds({}, undefined)).toBe(true);
  });
});

describe('a reservation restriction', () => {
  it.each([
    [undefined, 'session', true],
    [undefined, 'reservation', false],
    [undefined, 'expired-reservation', false],
    ['RESERVATION', 'session', false],
    ['RESERVATION', 'reservation', true],
    ['RESERVATION', 'expired-reservation', true],
    ['RESERVATION_EXPIRES', 'session', false],
    ['RESERVATION_EXPIRES', 'reservation', false],
    ['RESERVATION_EXPIRES', 'expired-reservation', true],
  ] as const)('%s in a %s: %s', (restriction, phase, expected) => {
    expect(reservationHolds(restriction, phase)).toBe(expected);
  });
});

describe('restrictions in words', () => {
  it.each([
    [{}, ''],
    [{ startTime: '17:00', endTime: '20:00' }, 'from 17:00 to 20:00'],
    [{ endTime: '06:00' }, 'from 00:00 to 06:00'],
    [{ dayOfWeek: ['SUNDAY', 'SATURDAY'] as const }, 'on Saturday, Sunday'],
    [{ minKwh: '10', maxKwh: '20' }, 'from 10 to below 20 kWh'],
    [{ maxDuration: 1800 }, 'below 30 min of the session'],
    [{ minDuration: 90 }, 'from 90 s of the session'],
    [{ startDate: '2026-01-01', endDate: '2026-02-01' }, 'since 2026-01-01, before 2026-02-01'],
    [{ reservation: 'RESERVATION' as const, maxPower: '11' }, 'for a reservation, below 11 kW'],
  ])('%j', (stated, words) => {
    expect(describeRestrictions(stated)).toBe(words);
  });
});

describe('a line', () => {
  it('explains itself', () => {
    const tariff: Tariff = {
      tariffId: 't',
      version: 1,
      name: 'T',
      currency: 'EUR',
      elements: [
        {
          priceComponents: [
            { type: 'FLAT', price: '1', stepSize: 0 },
            { type: 'ENERGY', price: '0.5', stepSize: 100 },
            { type: 'TIME', price: '0.6', stepSize: 60 },
            { type: 'PARKING_TIME', price: '6', stepSize: 300 },
          ],
          restrictions: { dayOfWeek: ['TUESDAY'] },
        },
      ],
      maxPrice: { exclVat: '9' },
      idleGraceMinutes: 10,
      rounding: { mode: 'half-up', scope: 'total' },
    };
    const metered = meteredOf({
      timeZone: 'UTC',
      startedAt: '2026-04-14T08:00:00Z',
      endedAt: '2026-04-14T10:00:00Z',
      series: [
        ['2026-04-14T08:00:00Z', '0'],
        ['2026-04-14T09:30:30Z', '12.345'],
      ],
      activities: [
        ['2026-04-14T08:00:00Z', 'charging'],
        ['2026-04-14T09:30:30Z', 'idle'],
      ],
    });
    const { lines } = priceSession(tariff, metered, 'UTC');
    expect(lines.map(({ reason }) => reason)).toEqual([
      'Fee for the session of 1.00 EUR (on Tuesday).',
      "12.4 kWh of energy at 0.50 EUR per kWh (on Tuesday), rounded up from 12.345 kWh as the session's total is billed in steps of 100 Wh.",
      '1 h 30 min 30 s of charging at 0.60 EUR per hour (on Tuesday).',
      "20 min of idle time at 6.00 EUR per hour (on Tuesday), rounded up from 19 min 30 s as the session's total is billed in steps of 300 s, after 10 free minutes.",
      'Lowers the total to the maximum price of the tariff.',
    ]);
  });
});
