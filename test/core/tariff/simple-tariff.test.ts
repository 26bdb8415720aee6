import { describe, expect, it } from 'vitest';
import { type SimpleTariffForm, simpleTariff } from '../../../core/tariff/forms/simple-tariff.ts';
import { validateSimpleTariff } from '../../../core/tariff/forms/validate-forms.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { validateTariff } from '../../../core/tariff/validate/validate-tariff.ts';
import { meteredOf } from './described-session.ts';

const form = (stated: Partial<SimpleTariffForm>): SimpleTariffForm => ({
  name: 'Street',
  currency: 'EUR',
  ...stated,
});

/** An hour of charging with 20 kWh, then half an hour parked. */
const session = meteredOf({
  timeZone: 'UTC',
  startedAt: '2026-04-14T08:00:00Z',
  endedAt: '2026-04-14T09:30:00Z',
  series: [
    ['2026-04-14T08:00:00Z', '0'],
    ['2026-04-14T09:00:00Z', '20'],
  ],
  activities: [
    ['2026-04-14T08:00:00Z', 'charging'],
    ['2026-04-14T09:00:00Z', 'idle'],
  ],
});

const cost = (stated: Partial<SimpleTariffForm>) =>
  priceSession({ ...simpleTariff(form(stated)), tariffId: 't', version: 1 }, session, 'UTC').total;

describe('simpleTariff', () => {
  it('simpleTariff converts the form to one OCPI tariff element', () => {
    const stated = form({
      vatPercent: '19',
      perKwh: '0.49',
      perMinute: '0.05',
      sessionFee: '1',
      idlePerMinute: '0.10',
      idleGraceMinutes: 15,
    });
    expect(simpleTariff(stated)).toEqual({
      name: 'Street',
      currency: 'EUR',
      elements: [
        {
          priceComponents: [
            { type: 'FLAT', price: '1', vat: '19', stepSize: 0 },
            { type: 'ENERGY', price: '0.49', vat: '19', stepSize: 0 },
            { type: 'TIME', price: '3', vat: '19', stepSize: 0 },
            { type: 'PARKING_TIME', price: '6', vat: '19', stepSize: 0 },
          ],
        },
      ],
      idleGraceMinutes: 15,
      rounding: { mode: 'half-up', scope: 'total' },
    });
    expect(validateTariff(simpleTariff(stated))).toEqual([]);
  });

  it.each([
    ['per kWh', { perKwh: '0.49' }, '9.80', '9.80'],
    ['per kWh with VAT', { perKwh: '0.49', vatPercent: '19' }, '9.80', '11.66'],
    ['per session', { sessionFee: '2.50' }, '2.50', '2.50'],
    ['per minute, charging and idle alike', { perMinute: '0.10' }, '9.00', '9.00'],
    ['per idle minute only', { idlePerMinute: '0.20' }, '6.00', '6.00'],
    [
      'per minute, with a separate price per idle minute',
      { perMinute: '0.10', idlePerMinute: '0.20' },
      '12.00',
      '12.00',
    ],
    [
      'per minute, with free idle minutes',
      { perMinute: '0.10', idlePerMinute: '0' },
      '6.00',
      '6.00',
    ],
    [
      'per idle minute after the grace period',
      { idlePerMinute: '0.20', idleGraceMinutes: 10 },
      '4.00',
      '4.00',
    ],
    [
      'idle minutes up to the cap',
      { idlePerMinute: '0.20', idleGraceMinutes: 10, idleCapMinutes: 5 },
      '1.00',
      '1.00',
    ],
    ['nothing when it has no prices', {}, '0.00', '0.00'],
    ['per minute in fractions of a cent', { perMinute: '0.003333' }, '0.30', '0.30'],
  ])('a simple tariff bills %s', (_words, stated, exclVat, inclVat) => {
    expect(cost(stated)).toEqual({ currency: 'EUR', exclVat, inclVat });
  });

  it('validateSimpleTariff reports every problem of the form', () => {
    const problems = validateSimpleTariff(
      form({
        currency: 'EURO',
        perKwh: '0.1234567',
        perMinute: '-1',
        sessionFee: 'x',
        vatPercent: '1e12',
      }),
    );
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['currency', 'TARIFF_CURRENCY_UNKNOWN'],
      ['vatPercent', 'TARIFF_VALUE_TOO_LARGE'],
      ['perKwh', 'TARIFF_DECIMALS_EXCEEDED'],
      ['perMinute', 'TARIFF_NUMBER_NEGATIVE'],
      ['sessionFee', 'TARIFF_NUMBER_INVALID'],
    ]);
    for (const { message } of problems) expect(message).toMatch(/\.$/);
  });
});
