import { describe, expect, it } from 'vitest';
import type {
  TariffElement,
  TariffRestrictions,
  TariffTerms,
} from '../../../core/tariff/model/tariff.ts';
import { lintTariff } from '../../../core/tariff/validate/lint-tariff.ts';
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

describe('a tariff that can be priced with', () => {
  it('has no problems', () => {
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
    ['no elements', terms({ elements: [] }), 'elements', 'TARIFF_ELEMENTS_MISSING'],
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
      'half a step',
      terms({ elements: [{ priceComponents: [{ type: 'TIME', price: '1', stepSize: 0.5 }] }] }),
      'elements.0.priceComponents.0.stepSize',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a dimension twice in one element',
      terms({
        elements: [{ priceComponents: [...energy.priceComponents, ...energy.priceComponents] }],
      }),
      'elements.0.priceComponents.1',
      'TARIFF_COMPONENT_REPEATED',
    ],
    [
      'energy in a reservation',
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
      'dates that never hold',
      restricted({ startDate: '2026-02-03', endDate: '2026-02-03' }),
      'elements.0.restrictions.endDate',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'energies that never hold',
      restricted({ minKwh: '10', maxKwh: '9.5' }),
      'elements.0.restrictions.maxKwh',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'durations that never hold',
      restricted({ minDuration: 60, maxDuration: 60 }),
      'elements.0.restrictions.maxDuration',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'a power that is no number',
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
      'a maximum below the minimum',
      terms({ minPrice: { exclVat: '2' }, maxPrice: { exclVat: '1' } }),
      'maxPrice',
      'TARIFF_LIMITS_CONTRADICT',
    ],
    [
      'a maximum below the minimum with VAT',
      terms({
        minPrice: { exclVat: '1', inclVat: '2' },
        maxPrice: { exclVat: '1', inclVat: '1.5' },
      }),
      'maxPrice',
      'TARIFF_LIMITS_CONTRADICT',
    ],
    [
      'energies that end where they begin',
      restricted({ minKwh: '10', maxKwh: '10.0' }),
      'elements.0.restrictions.maxKwh',
      'TARIFF_WINDOW_EMPTY',
    ],
    [
      'a limit that is no number',
      terms({ minPrice: { exclVat: '' } }),
      'minPrice.exclVat',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'a grace of half a minute',
      terms({ idleGraceMinutes: 0.5 }),
      'idleGraceMinutes',
      'TARIFF_NUMBER_INVALID',
    ],
    [
      'seven decimals of a total',
      terms({ rounding: { mode: 'half-up', scope: 'total', decimals: 7 } }),
      'rounding.decimals',
      'TARIFF_ROUNDING_INVALID',
    ],
    [
      'an end before its beginning',
      terms({ validFrom: '2026-02-01T00:00:00.000Z', validUntil: '2026-02-01T00:00:00.000Z' }),
      'validUntil',
      'TARIFF_VALIDITY_EMPTY',
    ],
  ])('has not %s', (_words, stated, path, code) => {
    expect(validateTariff(stated)).toEqual([{ path, code, message: expect.stringMatching(/\.$/) }]);
  });
});

describe('a tariff that its author should look at twice', () => {
  it.each<[string, TariffTerms, string]>([
    [
      'prices behind one that always holds',
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
      'asks for a current',
      terms({ elements: [{ ...energy, restrictions: { minCurrent: '16' } }, energy] }),
      'TARIFF_CURRENT_UNMEASURED',
    ],
    [
      'spares idle minutes that cost nothing',
      terms({ idleGraceMinutes: 5 }),
      'TARIFF_IDLE_UNPRICED',
    ],
    ['caps idle minutes that cost nothing', terms({ idleCapMinutes: 5 }), 'TARIFF_IDLE_UNPRICED'],
  ])('%s', (_words, stated, code) => {
    expect(lintTariff(stated).map((warning) => warning.code)).toEqual([code]);
  });

  it('is not the one that always has a price', () => {
    const daily = { ...energy, restrictions: { dayOfWeek: [] } };
    expect(lintTariff(terms({ elements: [daily] }))).toEqual([]);
    expect(lintTariff(terms({}))).toEqual([]);
    const idle: TariffElement = {
      priceComponents: [{ type: 'PARKING_TIME', price: '1', stepSize: 1 }],
    };
    expect(lintTariff(terms({ elements: [idle], idleGraceMinutes: 5 }))).toEqual([]);
  });
});
