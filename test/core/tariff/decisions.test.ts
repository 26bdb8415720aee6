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

describe('clockHolds', () => {
  it.each([
    ['includes its start', { from: hours(8), until: hours(9) }, hours(8), true],
    ['excludes its end', { from: hours(8), until: hours(9) }, hours(9), false],
    ['wraps past midnight', { from: hours(22), until: hours(6) }, hours(5), true],
    [
      'that wraps past midnight excludes the day',
      { from: hours(22), until: hours(6) },
      hours(12),
      false,
    ],
    ['with equal ends covers the whole day', { from: hours(6), until: hours(6) }, hours(3), true],
    ['from 00:00 to 00:00 covers the whole day', { from: 0, until: 0 }, hours(3), true],
    ['to 00:00 lasts to the end of the day', { from: hours(20), until: 0 }, hours(23), true],
    ['to 00:00 without a start covers the whole day', { until: 0 }, hours(3), true],
    ['without a start begins at midnight', { until: hours(6) }, hours(5), true],
    ['without a start excludes its end', { until: hours(6) }, hours(6), false],
    ['without an end lasts to the end of the day', { from: hours(20) }, hours(23), true],
    ['without an end excludes the time before its start', { from: hours(20) }, hours(19), false],
    ['without start and end always holds', {}, hours(3), true],
  ])('a time-of-day window %s', (_words, window, time, expected) => {
    expect(clockHolds(window, time)).toBe(expected);
  });
});

describe('measuredHolds', () => {
  it('measuredHolds requires both the least and the most value to lie inside the window', () => {
    const window = { from: 10n, until: 20n };
    expect(measuredHolds(window, { least: 10n, most: 19n })).toBe(true);
    expect(measuredHolds(window, { least: 9n, most: 19n })).toBe(false);
    expect(measuredHolds(window, { least: 10n, most: 20n })).toBe(false);
  });

  it('measuredHolds is false for an unmeasured quantity unless the window has no bounds', () => {
    expect(measuredHolds({ until: 20n }, undefined)).toBe(false);
    expect(measuredHolds({}, undefined)).toBe(true);
  });
});

describe('reservationHolds', () => {
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
  ] as const)(
    'reservationHolds for restriction %s in phase %s is %s',
    (restriction, phase, expected) => {
      expect(reservationHolds(restriction, phase)).toBe(expected);
    },
  );
});

describe('describeRestrictions', () => {
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
  ])('describeRestrictions phrases %j as "%s"', (stated, words) => {
    expect(describeRestrictions(stated)).toBe(words);
  });
});

describe('price lines', () => {
  it('every price line explains its quantity, price, restrictions and rounding', () => {
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
