import { describe, expect, it } from 'vitest';
import { priceOcpiCdr } from '../../../core/ocpi/price-cdr.ts';

type Period = readonly [at: string, dimensions: Readonly<Record<string, number>>];

const day = (time: string): string => `2026-03-11T${time}:00Z`;

/** The price without VAT of periods of a day in March, from their first to the end, by elements of a tariff. */
function priceOf(elements: readonly object[], periods: readonly Period[], end: string): string {
  const tariff = { id: 'T', currency: 'EUR', elements };
  const cdr = {
    start_date_time: day(periods[0]?.[0] ?? end),
    end_date_time: day(end),
    charging_periods: periods.map(([at, dimensions]) => ({
      start_date_time: day(at),
      dimensions: Object.entries(dimensions).map(([type, volume]) => ({ type, volume })),
    })),
  };
  const priced = priceOcpiCdr(JSON.stringify(tariff), JSON.stringify(cdr), 'Etc/UTC');
  if (priced.kind !== 'priced') throw new Error(JSON.stringify(priced.problems));
  return priced.unrounded.exclVat;
}

const per = (type: string, price: number, step_size = 1) => ({ type, price, step_size });

describe('prices that others reported as wrong in products that compute them', () => {
  it('time in which a vehicle is full is not billed as charging (citrineos#225)', () => {
    const elements = [{ price_components: [per('TIME', 2)] }];
    const periods: readonly Period[] = [
      ['08:00', { ENERGY: 10, TIME: 0.5 }],
      ['08:30', { PARKING_TIME: 1.5 }],
    ];
    expect(priceOf(elements, periods, '10:00')).toBe('1');
    const parking = [{ price_components: [per('TIME', 2), per('PARKING_TIME', 4)] }];
    expect(priceOf(parking, periods, '10:00')).toBe('7');
  });

  it('a step of energy rounds the whole session once, at the price of its last period (ocpi-tariffs#79, ocpi#494)', () => {
    const elements = [
      { price_components: [per('ENERGY', 2, 10_000)], restrictions: { end_time: '10:00' } },
      { price_components: [per('ENERGY', 5, 10_000)], restrictions: { end_time: '11:00' } },
      { price_components: [per('ENERGY', 2, 10_000)] },
    ];
    const periods: readonly Period[] = [
      ['09:00', { ENERGY: 3 }],
      ['10:00', { ENERGY: 3 }],
      ['11:00', { ENERGY: 3 }],
    ];
    // 3 kWh at 2, 3 at 5, and the last 3 as the 4 that make 10.
    expect(priceOf(elements, periods, '12:00')).toBe('29');
  });

  it('a step of time rounds charging and parking once, at the price of the last (ocpi#546)', () => {
    const elements = [
      {
        price_components: [per('TIME', 2.4, 300), per('PARKING_TIME', 1, 300)],
        restrictions: { end_time: '17:00' },
      },
      { price_components: [per('TIME', 0, 300), per('PARKING_TIME', 0, 300)] },
    ];
    const periods: readonly Period[] = [
      ['16:33', { TIME: 0.2 }],
      ['16:45', { PARKING_TIME: 0.25 }],
      ['17:00', { PARKING_TIME: 0.55 }],
    ];
    expect(priceOf(elements, periods, '17:33')).toBe('0.73');
  });

  it.each([
    [11, '2.5'],
    [50, '5'],
  ])(
    'a price from 32 kW on is not that of %d kW below it, and is that above (ocpi-tariffs#77)',
    (power, price) => {
      const elements = [
        { price_components: [per('ENERGY', 0.5)], restrictions: { min_power: 32 } },
        { price_components: [per('ENERGY', 0.25)] },
      ];
      const used = { ENERGY: 10, MIN_POWER: power, MAX_POWER: power };
      expect(priceOf(elements, [['08:00', used]], '09:00')).toBe(price);
    },
  );

  it('a price from 32 kW on is not that of a period which says nothing of its power (ocpi-tariffs#77)', () => {
    const elements = [
      { price_components: [per('ENERGY', 0.5)], restrictions: { min_power: 32_000 } },
      { price_components: [per('ENERGY', 0.25)] },
    ];
    expect(priceOf(elements, [['08:00', { ENERGY: 10 }]], '09:00')).toBe('2.5');
  });
});
