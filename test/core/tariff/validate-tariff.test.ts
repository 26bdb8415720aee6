import { describe, expect, it } from 'vitest';
import type {
  PriceComponent,
  TariffElement,
  TariffRestrictions,
  TariffTerms,
} from '../../../core/tariff/model/tariff.ts';
import { lintFreeTariff, lintTariff } from '../../../core/tariff/validate/lint-tariff.ts';
import { validateTariff } from '../../../core/tariff/validate/validate-tariff.ts';

const terms = (stated: Partial<TariffTerms>): TariffTerms => ({
  name: 'T',
  currency: 'EUR',
  elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.5', stepSize: 1 }] }],
  rounding: { mode: 'half-up', scope: 'total' },
  ...stated,
});

const restricted = (restrictions: TariffRestrictions): TariffTerms =>
  terms({
    elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.5', stepSize: 1 }], restrictions }],
  });

const energy: TariffElement = { priceComponents: [{ type: 'ENERGY', price: '0.5', stepSize: 1 }] };

describe('validateTariff', () => {
  it('validateTariff reports no problems for a valid tariff', () => {
    expect(validateTariff(terms({}))).toEqual([]);
    const equal = { minPrice: { exclVat: '2' }, maxPrice: { exclVat: '2', inclVat: '2' } };
    expect(validateTariff(terms(equal))).toEqual([]);
    expect(validateTariff(terms({ minPrice: { exclVat: '2' } }))).toEqual([]);
    expect(validateTariff(terms({ maxPrice: { exclVat: '2' }, idleCapMinutes: 0 }))).toEqual([]);
    expect(
      validateTariff(
        restricted({
          startTime: '22:00',
          endTime: '06:00',
          startDate: '2026-01-01',
          endDate: '2026-12-31',
          minKwh: '0',
          maxKwh: '10.5',
          minDuration: 0,
          maxDuration: 60,
          dayOfWeek: ['MONDAY'],
        }),
      ),
    ).toEqual([]);
    const valid = { validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2026-01-01T00:00:00.001Z' };
    expect(validateTariff(terms(valid))).toEqual([]);
  });

  it.each<[string, TariffTerms, string, string]>([
    ['a tariff without elements', terms({ elements: [] }), 'elements', 'TARIFF_ELEMENTS_MISSING'],
    [
      'an element without prices',
      terms({ elements: [{ priceComponents: [] }] }),
      'elements',
      'TARIFF_ELEMENTS_MISSING',
    ],
    ['an unknown currency', terms({ currency: 'EU' }), 'currency', 'TARIFF_CURRENCY_UNKNOWN'],
    [
      'a price with 7 decimals',
      terms({
        elements: [{ priceComponents: [{ type: 'TIME', price: '0.1234567', stepSize: 1 }] }],
      }),
      'elements.0.priceComponents.0.price',
      'TARIFF_DECIMALS_EXCEEDED',
    ],
    [
      'a negative price',
      terms({ elements: [{ priceComponents: [{ type: 'TIME', price: '-1', stepSize: 1 }] }] }),
      'elements.0.priceComponents.0.price',
      'TARIFF_NUMBER_NEGATIVE',
    ],
    [
      'VAT with 5 decimals',
      terms({
        elements: [
          { priceComponents: [{ type: 'TIME', price: '1', vat: '5.00001', stepSize: 1 }] },
        ],
      }),
      'elements.0.priceComponents.0.vat',
      'TARIFF_DECIMALS_EXCEEDED',
    ],
    [
      'a fractional step size',
      terms({ elements: [{ priceComponents: [{ type: 'TIME', price: '1', stepSize: 0.5 }] }] }),
      'elements.0.priceComponents.0.stepSize',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a dimension priced twice in one element',
      terms({
        elements: [{ priceComponents: [...energy.priceComponents, ...energy.priceComponents] }],
      }),
      'elements.0.priceComponents.1',
      'TARIFF_COMPONENT_REPEATED',
    ],
    [
      'an energy price for a reservation',
      restricted({ reservation: 'RESERVATION' }),
      'elements.0.priceComponents.0.type',
      'TARIFF_RESERVATION_DIMENSION',
    ],
    [
      'a time of 24:00',
      restricted({ endTime: '24:00' }),
      'elements.0.restrictions.endTime',
      'TARIFF_TIME_INVALID',
    ],
    [
      'a date that does not exist',
      restricted({ startDate: '2026-02-30' }),
      'elements.0.restrictions.startDate',
      'TARIFF_DATE_INVALID',
    ],
    [
      'an empty date range',
      restricted({ startDate: '2026-02-03', endDate: '2026-02-03' }),
      'elements.0.restrictions.endDate',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'an empty energy range',
      restricted({ minKwh: '10', maxKwh: '9.5' }),
      'elements.0.restrictions.maxKwh',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'an empty duration range',
      restricted({ minDuration: 60, maxDuration: 60 }),
      'elements.0.restrictions.maxDuration',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'a non-numeric power limit',
      restricted({ minPower: 'much' }),
      'elements.0.restrictions.minPower',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a negative duration',
      restricted({ minDuration: -1 }),
      'elements.0.restrictions.minDuration',
      'TARIFF_NUMBER_NEGATIVE',
    ],
    [
      'a maximum price below the minimum price',
      terms({ minPrice: { exclVat: '2' }, maxPrice: { exclVat: '1' } }),
      'maxPrice',
      'TARIFF_LIMITS_CONTRADICT',
    ],
    [
      'a maximum price below the minimum price, both with VAT',
      terms({
        minPrice: { exclVat: '1', inclVat: '2' },
        maxPrice: { exclVat: '1', inclVat: '1.5' },
      }),
      'maxPrice',
      'TARIFF_LIMITS_CONTRADICT',
    ],
    [
      'an energy range that ends where it begins',
      restricted({ minKwh: '10', maxKwh: '10.0' }),
      'elements.0.restrictions.maxKwh',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'a non-numeric minimum price',
      terms({ minPrice: { exclVat: '' } }),
      'minPrice.exclVat',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a grace period of half a minute',
      terms({ idleGraceMinutes: 0.5 }),
      'idleGraceMinutes',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a total rounded to 7 decimals',
      terms({ rounding: { mode: 'half-up', scope: 'total', decimals: 7 } }),
      'rounding.decimals',
      'TARIFF_ROUNDING_INVALID',
    ],
    [
      'a validity period that ends when it begins',
      terms({ validFrom: '2026-02-01T00:00:00.000Z', validUntil: '2026-02-01T00:00:00.000Z' }),
      'validUntil',
      'TARIFF_VALIDITY_EMPTY',
    ],
  ])('validateTariff rejects %s', (_words, stated, path, code) => {
    expect(validateTariff(stated)).toEqual([{ path, code, message: expect.stringMatching(/\.$/) }]);
  });
});

describe('lintTariff', () => {
  const priced = (component: Partial<PriceComponent>): TariffTerms =>
    terms({
      elements: [
        { priceComponents: [{ type: 'ENERGY', price: '0.5', stepSize: 1, ...component }] },
      ],
    });

  it.each<[string, TariffTerms, string]>([
    [
      'has a price after one that always applies',
      terms({ elements: [energy, energy] }),
      'TARIFF_PRICE_UNREACHABLE',
    ],
    [
      'has a window that passes midnight on some weekdays',
      terms({
        elements: [
          {
            ...energy,
            restrictions: { startTime: '20:00', endTime: '15:00', dayOfWeek: ['MONDAY'] },
          },
          energy,
        ],
      }),
      'TARIFF_WINDOW_WRAPS_DAYS',
    ],
    ['is free outside its windows', restricted({ startTime: '20:00' }), 'TARIFF_DIMENSION_GAPS'],
    [
      'is restricted by current',
      terms({ elements: [{ ...energy, restrictions: { minCurrent: '16' } }, energy] }),
      'TARIFF_CURRENT_UNMEASURED',
    ],
    [
      'has a grace period for free idle time',
      terms({ idleGraceMinutes: 5 }),
      'TARIFF_IDLE_UNPRICED',
    ],
    ['caps free idle time', terms({ idleCapMinutes: 5 }), 'TARIFF_IDLE_UNPRICED'],
    ['costs 45 EUR per kWh, meant in cents', priced({ price: '45' }), 'TARIFF_PRICE_UNUSUAL'],
    [
      'costs 600 JPY per kWh plus 30,000 per hour of idle time',
      terms({
        currency: 'JPY',
        elements: [
          {
            priceComponents: [
              { type: 'ENERGY', price: '600', stepSize: 1 },
              { type: 'PARKING_TIME', price: '30000', stepSize: 1 },
            ],
          },
        ],
      }),
      'TARIFF_PRICE_UNUSUAL',
    ],
    ['has 0.19 % of VAT, meant as 19', priced({ vat: '0.19' }), 'TARIFF_VAT_UNUSUAL'],
    ['has 190 % of VAT', priced({ vat: '190' }), 'TARIFF_VAT_UNUSUAL'],
  ])('lintTariff warns of a tariff that %s', (_words, stated, code) => {
    expect(lintTariff(stated).map((warning) => warning.code)).toEqual([code]);
  });

  it('lintTariff gives no warning when every dimension always has a price', () => {
    const daily = { ...energy, restrictions: { dayOfWeek: [] } };
    expect(lintTariff(terms({ elements: [daily] }))).toEqual([]);
    expect(lintTariff(terms({}))).toEqual([]);
    const idle: TariffElement = {
      priceComponents: [{ type: 'PARKING_TIME', price: '1', stepSize: 1 }],
    };
    expect(lintTariff(terms({ elements: [idle], idleGraceMinutes: 5 }))).toEqual([]);
  });

  it('prices and rates of VAT that are usual somewhere give no warning', () => {
    for (const vat of ['0', '2.1', '5.5', '8.1', '19', '25.5', '27']) {
      expect(lintTariff(priced({ vat })), vat).toEqual([]);
    }
    for (const price of ['0.01', '0.79', '1.29', '5']) {
      expect(lintTariff(priced({ price })), price).toEqual([]);
    }
    expect(lintTariff(priced({ type: 'PARKING_TIME', price: '60' }))).toEqual([]);
  });

  it('lintFreeTariff warns of a tariff that costs nothing, and of no other', () => {
    const free = priced({ price: '0.00' });
    expect(lintFreeTariff(free)).toMatchObject([{ path: 'elements', code: 'TARIFF_FREE' }]);
    expect(lintFreeTariff({ ...free, minPrice: { exclVat: '1' } })).toEqual([]);
    expect(lintFreeTariff(priced({ price: '0.01' }))).toEqual([]);
  });
});
