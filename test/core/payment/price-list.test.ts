import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priceList, priceTerms } from '../../../core/payment/price-list.ts';
import type { Tariff, TariffDimension } from '../../../core/tariff/model/tariff.ts';

const component = (type: TariffDimension, price: string, stepSize = 1, vat = '19') => ({
  ...{ type, price, stepSize, vat },
});

const tariff = (more: Partial<Tariff>): Tariff => ({
  ...{ tariffId: 'tar_1', version: 1, name: 'Street', currency: 'EUR' },
  elements: [],
  rounding: { mode: 'half-up', scope: 'total' },
  ...more,
});

it('a driver reads the prices with VAT in the order of the law: per kWh, per minute, per session, and the fee for staying', () => {
  const elements = [
    {
      priceComponents: [
        component('PARKING_TIME', '6.00', 300),
        component('FLAT', '1.00'),
        component('TIME', '1.20', 60),
        component('ENERGY', '0.50', 500),
      ],
    },
    { priceComponents: [component('ENERGY', '0.40')], restrictions: { startTime: '22:00' } },
  ];

  expect(priceList(tariff({ elements }))).toEqual([
    { price: '0.595', per: 'kWh', step: '0.5 kWh' },
    { price: '0.476', per: 'kWh', when: expect.stringContaining('22:00') },
    { price: '0.0238', per: 'minute', perHour: '1.428', step: '1 minute' },
    { price: '1.19', per: 'session' },
    { price: '0.119', per: 'minute after charging', perHour: '7.14', step: '5 minutes' },
  ]);
});

it('a driver reads the least and the most that a session costs, with VAT where it is known, and which minutes after charging are free', () => {
  const one = [{ priceComponents: [component('ENERGY', '0.50')] }];
  const two = [{ priceComponents: [component('ENERGY', '0.50'), component('FLAT', '1', 0, '7')] }];
  const limits = { minPrice: { exclVat: '2.00' }, maxPrice: { exclVat: '50', inclVat: '60' } };

  expect(priceTerms(tariff({ elements: one, ...limits, idleGraceMinutes: 10 }))).toEqual([
    { kind: 'at-least', value: '2.38' },
    { kind: 'at-most', value: '60.00' },
    { kind: 'free-idle-minutes', value: '10' },
  ]);
  expect(priceTerms(tariff({ elements: two, ...limits, idleCapMinutes: 90 }))).toEqual([
    { kind: 'at-least', value: '2.00', withoutVat: true },
    { kind: 'at-most', value: '60.00' },
    { kind: 'most-idle-minutes', value: '90' },
  ]);
  expect(
    priceTerms(tariff({ elements: two, minPrice: { exclVat: '2' }, taxIncluded: true })),
  ).toEqual([{ kind: 'at-least', value: '2.00' }]);
  expect(priceTerms(tariff({ elements: one }))).toEqual([]);
});

it('each price of a tariff is read by the driver, none twice', () => {
  const dimension = fc.constantFrom<TariffDimension>('ENERGY', 'TIME', 'FLAT', 'PARKING_TIME');
  const element = fc.record({
    priceComponents: fc.array(
      dimension.map((type) => component(type, '1.00', 0)),
      { maxLength: 4 },
    ),
  });
  fc.assert(
    fc.property(fc.array(element, { maxLength: 4 }), (elements) => {
      const prices = elements.flatMap(({ priceComponents }) => priceComponents);
      expect(priceList(tariff({ elements }))).toHaveLength(prices.length);
    }),
    { numRuns: 30 },
  );
});
