import { describe, expect, it } from 'vitest';
import type { PriceComponent, Tariff, TariffElement } from '../../../core/tariff/model/tariff.ts';
import { pricesCourse, timeNeedOf } from '../../../core/tariff/model/time-need.ts';

const component = (type: PriceComponent['type'], price = '0.5'): PriceComponent => ({
  type,
  price,
  stepSize: 0,
});
const of = (...elements: readonly TariffElement[]): Tariff => ({
  tariffId: 'tar1',
  version: 1,
  name: 'T',
  currency: 'EUR',
  elements,
  rounding: { mode: 'half-up', scope: 'total' },
});
const energy = (restrictions?: TariffElement['restrictions']): TariffElement => ({
  priceComponents: [component('ENERGY')],
  ...(restrictions && { restrictions }),
});

describe('timeNeedOf', () => {
  it.each([
    ['no time for energy and a fee', [energy(), { priceComponents: [component('FLAT')] }], 'none'],
    ['no time for energy tiers', [energy({ maxKwh: '5' }), energy()], 'none'],
    ['no time for free charging time', [{ priceComponents: [component('TIME', '0.00')] }], 'none'],
    ['the duration for charging time', [{ priceComponents: [component('TIME')] }], 'duration'],
    ['the duration for idle time', [{ priceComponents: [component('PARKING_TIME')] }], 'duration'],
    ['the duration for a price with a minimum duration', [energy({ minDuration: 60 })], 'duration'],
    [
      'the duration for charging time next to energy',
      [{ priceComponents: [component('ENERGY'), component('TIME')] }, energy()],
      'duration',
    ],
    ['the time of day for a price with a start time', [energy({ startTime: '17:00' })], 'clock'],
    [
      'the time of day for the first of two prices',
      [energy({ startTime: '17:00' }), energy()],
      'clock',
    ],
    ['the date for a price with an end date', [energy({ endDate: '2026-12-31' })], 'clock'],
    ['the weekday for a price on Mondays', [energy({ dayOfWeek: ['MONDAY'] })], 'clock'],
    ['no time for an empty list of weekdays', [energy({ dayOfWeek: [] })], 'none'],
    [
      'no time for a price that only reservations pay',
      [
        energy(),
        {
          priceComponents: [component('TIME')],
          restrictions: { reservation: 'RESERVATION', startTime: '17:00' },
        },
      ],
      'none',
    ],
  ] as const)('timeNeedOf requires %s', (_about, elements, need) => {
    expect(timeNeedOf(of(...elements))).toBe(need);
  });
});

describe('pricesCourse', () => {
  it.each([
    [true, { startTime: '17:00' }],
    [true, { dayOfWeek: ['SUNDAY'] as const }],
    [true, { minPower: '11' }],
    [true, { maxCurrent: '16' }],
    [true, { minDuration: 60 }],
    [false, { minKwh: '5' }],
    [false, { reservation: 'RESERVATION' as const, startTime: '17:00' }],
    [false, undefined],
  ])('pricesCourse returns %s for an energy price restricted by %o', (expected, restrictions) => {
    expect(pricesCourse(of(energy(restrictions), energy()))).toBe(expected);
  });

  it('pricesCourse returns true when the restricted element also has a fee', () => {
    const withFee = {
      priceComponents: [component('FLAT'), component('ENERGY')],
      restrictions: { startTime: '17:00' },
    };

    expect(pricesCourse(of(withFee, energy()))).toBe(true);
  });

  it('pricesCourse returns false when only time is priced by the time of day', () => {
    const timed = {
      priceComponents: [component('TIME')],
      restrictions: { startTime: '17:00' },
    };

    expect(pricesCourse(of(timed, energy()))).toBe(false);
  });
});
