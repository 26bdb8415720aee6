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

describe('what a tariff needs to know of time', () => {
  it.each([
    ['nothing, for energy and a fee', [energy(), { priceComponents: [component('FLAT')] }], 'none'],
    ['nothing, for steps of energy', [energy({ maxKwh: '5' }), energy()], 'none'],
    ['nothing, for time that is free', [{ priceComponents: [component('TIME', '0.00')] }], 'none'],
    ['the length, for charging time', [{ priceComponents: [component('TIME')] }], 'duration'],
    ['the length, for idle time', [{ priceComponents: [component('PARKING_TIME')] }], 'duration'],
    ['the length, for what holds after a while', [energy({ minDuration: 60 })], 'duration'],
    [
      'the length, for charging time beside energy and a fee',
      [{ priceComponents: [component('ENERGY'), component('TIME')] }, energy()],
      'duration',
    ],
    ['the time of day', [energy({ startTime: '17:00' })], 'clock'],
    [
      'the time of day, also where it changes one of two prices',
      [energy({ startTime: '17:00' }), energy()],
      'clock',
    ],
    ['the date', [energy({ endDate: '2026-12-31' })], 'clock'],
    ['the weekday', [energy({ dayOfWeek: ['MONDAY'] })], 'clock'],
    ['nothing, for an empty list of weekdays', [energy({ dayOfWeek: [] })], 'none'],
    [
      'nothing, for what only reservations pay',
      [
        energy(),
        {
          priceComponents: [component('TIME')],
          restrictions: { reservation: 'RESERVATION', startTime: '17:00' },
        },
      ],
      'none',
    ],
  ] as const)('%s', (_about, elements, need) => {
    expect(timeNeedOf(of(...elements))).toBe(need);
  });
});

describe('a price of energy that depends on the course of a session', () => {
  it.each([
    [true, { startTime: '17:00' }],
    [true, { dayOfWeek: ['SUNDAY'] as const }],
    [true, { minPower: '11' }],
    [true, { maxCurrent: '16' }],
    [true, { minDuration: 60 }],
    [false, { minKwh: '5' }],
    [false, { reservation: 'RESERVATION' as const, startTime: '17:00' }],
    [false, undefined],
  ])('is %s for %o', (expected, restrictions) => {
    expect(pricesCourse(of(energy(restrictions), energy()))).toBe(expected);
  });

  it('is one also where a fee stands beside it', () => {
    const withFee = {
      priceComponents: [component('FLAT'), component('ENERGY')],
      restrictions: { startTime: '17:00' },
    };

    expect(pricesCourse(of(withFee, energy()))).toBe(true);
  });

  it('is none where time alone is priced by the clock', () => {
    const timed = {
      priceComponents: [component('TIME')],
      restrictions: { startTime: '17:00' },
    };

    expect(pricesCourse(of(timed, energy()))).toBe(false);
  });
});
