import { describe, expect, it } from 'vitest';
import { type TieredForm, tieredTariff } from '../../../core/tariff/forms/tiered-tariff.ts';
import {
  type TimeOfUseForm,
  timeOfUseTariff,
} from '../../../core/tariff/forms/time-of-use-tariff.ts';
import {
  validateTieredTariff,
  validateTimeOfUseTariff,
} from '../../../core/tariff/forms/validate-forms.ts';
import type { TariffTerms } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { validateTariff } from '../../../core/tariff/validate/validate-tariff.ts';
import { meteredOf } from './described-session.ts';

/** 24 kWh from 15:00 to 17:00 in Berlin, on a Tuesday. */
const session = meteredOf({
  timeZone: 'Europe/Berlin',
  startedAt: '2026-04-14T13:00:00Z',
  endedAt: '2026-04-14T15:00:00Z',
  series: [
    ['2026-04-14T13:00:00Z', '0'],
    ['2026-04-14T15:00:00Z', '24'],
  ],
  activities: [['2026-04-14T13:00:00Z', 'charging']],
});

const cost = (terms: TariffTerms): string => {
  expect(validateTariff(terms)).toEqual([]);
  return priceSession({ ...terms, tariffId: 't', version: 1 }, session, 'Europe/Berlin').total
    .inclVat;
};

const form = { name: 'T', currency: 'EUR', vatPercent: '20', perKwh: '0.50', sessionFee: '1' };

describe('timeOfUseTariff', () => {
  it('a time-of-use tariff has its own price within its hours and the simple price outside', () => {
    const hours = [{ from: '16:00', to: '20:00', perKwh: '0.75' }];
    expect(cost(timeOfUseTariff({ ...form, hours }))).toBe('19.20');
  });

  it('a time-of-use tariff applies the first of overlapping hours that includes the day', () => {
    const hours = [
      { from: '15:30', to: '16:00', days: ['SATURDAY'] as const, perKwh: '9' },
      { from: '15:30', to: '16:00', days: ['TUESDAY'] as const, perKwh: '0' },
      { from: '15:00', to: '16:00', perKwh: '0.25' },
    ];
    // 6 kWh at 0.25, 6 kWh free, 12 kWh at 0.50, and the fee.
    expect(cost(timeOfUseTariff({ ...form, hours }))).toBe('10.20');
  });
});

describe('hours of timeOfUseTariff', () => {
  const restrictionsOf = (hours: TimeOfUseForm['hours'][number]) =>
    timeOfUseTariff({ ...form, hours: [hours] }).elements.map(({ restrictions }) => restrictions);

  it('hours that cross midnight begin on the stated days and end on the following days', () => {
    const night = { from: '22:00', to: '06:00', perKwh: '0.25' };
    expect(restrictionsOf({ ...night, days: ['FRIDAY', 'SUNDAY'] })).toEqual([
      { startTime: '22:00', endTime: '00:00', dayOfWeek: ['FRIDAY', 'SUNDAY'] },
      { startTime: '00:00', endTime: '06:00', dayOfWeek: ['SATURDAY', 'MONDAY'] },
      undefined,
    ]);
    expect(restrictionsOf(night)).toEqual([{ startTime: '22:00', endTime: '06:00' }, undefined]);
  });

  it('hours may end at midnight, written as 24:00 or 00:00', () => {
    for (const to of ['24:00', '00:00']) {
      expect(restrictionsOf({ from: '18:00', to, days: ['MONDAY'], perKwh: '1' })).toEqual([
        { startTime: '18:00', endTime: '00:00', dayOfWeek: ['MONDAY'] },
        undefined,
      ]);
    }
  });

  it('hours with equal start and end cover the whole day', () => {
    expect(restrictionsOf({ from: '06:00', to: '06:00', days: ['MONDAY'], perKwh: '1' })).toEqual([
      { startTime: '06:00', endTime: '06:00', dayOfWeek: ['MONDAY'] },
      undefined,
    ]);
  });

  it('hours may have their own prices per minute and per idle minute', () => {
    const pricesOf = (stated: Partial<TimeOfUseForm>, hours: object) =>
      timeOfUseTariff({
        name: 'T',
        currency: 'EUR',
        ...stated,
        hours: [{ from: '08:00', to: '20:00', ...hours }],
      }).elements[0]?.priceComponents.map(({ type, price }) => [type, price]);

    expect(pricesOf({}, { perMinute: '0.1' })).toEqual([
      ['TIME', '6'],
      ['PARKING_TIME', '6'],
    ]);
    expect(pricesOf({ idlePerMinute: '0.2' }, { perMinute: '0.1' })).toEqual([['TIME', '6']]);
    expect(pricesOf({ idlePerMinute: '0.2' }, { idlePerMinute: '0' })).toEqual([
      ['PARKING_TIME', '0'],
    ]);
    expect(pricesOf({ vatPercent: '19' }, { perKwh: '0.1' })).toEqual([['ENERGY', '0.1']]);
  });

  it.each<[string, Partial<TimeOfUseForm['hours'][number]>, string, string]>([
    ['begin at an invalid time', { from: '24:00' }, 'hours.1.from', 'TARIFF_TIME_INVALID'],
    ['end at an invalid time', { to: '6:00' }, 'hours.1.to', 'TARIFF_TIME_INVALID'],
    ['have a negative price', { perKwh: '-1' }, 'hours.1.perKwh', 'TARIFF_NUMBER_NEGATIVE'],
    [
      'have a price with 7 decimals',
      { idlePerMinute: '0.1234567' },
      'hours.1.idlePerMinute',
      'TARIFF_DECIMALS_EXCEEDED',
    ],
  ])('validateTimeOfUseTariff names the path of hours that %s', (_words, wrong, path, code) => {
    const sound = { from: '06:00', to: '24:00', perMinute: '1' };
    const hours = [sound, { ...sound, ...wrong }];
    const problems = validateTimeOfUseTariff({ ...form, hours });
    expect(problems.map((one) => [one.path, one.code])).toEqual([[path, code]]);
  });

  it('validateTimeOfUseTariff rejects hours without a price', () => {
    const hours = [{ from: '06:00', to: '24:00' }];
    expect(validateTimeOfUseTariff({ ...form, perKwh: 'x', hours })).toMatchObject([
      { path: 'perKwh', code: 'TARIFF_NUMBER_INVALID' },
      {
        path: 'hours.0',
        code: 'TARIFF_HOURS_WITHOUT_PRICE',
        message: 'Hours need at least one price: perKwh, perMinute, idlePerMinute.',
      },
    ]);
  });
});

describe('problems of tiers', () => {
  const problems = (...tiers: TieredForm['tiers']) => validateTieredTariff({ ...form, tiers });

  it('validateTieredTariff states where the previous tier ends, and 0 kWh before the first', () => {
    expect(problems({ upToKwh: '0', perKwh: '1' }).map(({ message }) => message)).toEqual([
      'A tier up to 0 kWh is never reached behind one up to 0 kWh.',
    ]);
    expect(
      problems({ upToKwh: '10', perKwh: '1' }, { upToKwh: '9.5', perKwh: '1' }).map(
        ({ message }) => message,
      ),
    ).toEqual(['A tier up to 9.5 kWh is never reached behind one up to 10 kWh.']);
  });

  it('validateTieredTariff reports invalid numbers of a tier instead of its order', () => {
    expect(problems({ upToKwh: '-1', perKwh: 'x' }).map(({ code }) => code)).toEqual([
      'TARIFF_NUMBER_NEGATIVE',
      'TARIFF_NUMBER_INVALID',
    ]);
  });
});

describe('tieredTariff', () => {
  it('a tiered tariff prices the energy of each tier, and the rest at the simple price', () => {
    const tiers = [
      { upToKwh: '5', perKwh: '0' },
      { upToKwh: '15', perKwh: '0.30' },
    ];
    // 5 kWh free, 10 at 0.30, 9 at 0.50, and the fee.
    expect(cost(tieredTariff({ ...form, tiers }))).toBe('10.20');
  });

  it('a tiered tariff without tiers equals the simple tariff', () => {
    expect(cost(tieredTariff({ ...form, tiers: [] }))).toBe('15.60');
  });

  it.each<[string, TieredForm['tiers'], string, string]>([
    [
      'that ends below the previous one',
      [
        { upToKwh: '10', perKwh: '0' },
        { upToKwh: '9.5', perKwh: '1' },
      ],
      'tiers.1.upToKwh',
      'TARIFF_TIER_UNREACHABLE',
    ],
    [
      'that ends at 0 kWh',
      [{ upToKwh: '0', perKwh: '0' }],
      'tiers.0.upToKwh',
      'TARIFF_TIER_UNREACHABLE',
    ],
    [
      'with a non-numeric end',
      [{ upToKwh: 'x', perKwh: '0' }],
      'tiers.0.upToKwh',
      'TARIFF_NUMBER_INVALID',
    ],
    ['without a price', [{ upToKwh: '1', perKwh: '' }], 'tiers.0.perKwh', 'TARIFF_NUMBER_INVALID'],
  ])('validateTieredTariff rejects a tier %s', (_words, tiers, path, code) => {
    const problems = validateTieredTariff({ ...form, tiers });
    expect(problems.map((one) => [one.path, one.code])).toEqual([[path, code]]);
    expect(problems[0]?.message).toMatch(/\.$/);
  });

  it('validateTieredTariff accepts ascending tiers and reports an unreadable tier only once', () => {
    const tiers = ['1', '1.000001', '30'].map((upToKwh) => ({ upToKwh, perKwh: '0.1' }));
    expect(validateTieredTariff({ ...form, tiers })).toEqual([]);
    const unread = [{ upToKwh: '1e99', perKwh: '1' }, ...tiers];
    expect(validateTieredTariff({ ...form, tiers: unread })).toHaveLength(1);
  });
});
