import { describe, expect, it } from 'vitest';
import { priceSession } from '../../../core/tariff/price-session.ts';
import type { TariffTerms } from '../../../core/tariff/tariff.ts';
import { tieredTariff } from '../../../core/tariff/tiered-tariff.ts';
import { timeOfUseTariff } from '../../../core/tariff/time-of-use-tariff.ts';
import { validateTariff } from '../../../core/tariff/validate-tariff.ts';
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

describe('a time-of-use tariff', () => {
  it('has its own price in its hours and the simple one outside of them', () => {
    const hours = [{ from: '16:00', to: '20:00', perKwh: '0.75' }];
    expect(cost(timeOfUseTariff({ ...form, hours }))).toBe('19.20');
  });

  it('takes the first of hours that overlap, on the days they are for', () => {
    const hours = [
      { from: '15:30', to: '16:00', days: ['SATURDAY'] as const, perKwh: '9' },
      { from: '15:30', to: '16:00', days: ['TUESDAY'] as const, perKwh: '0' },
      { from: '15:00', to: '16:00', perKwh: '0.25' },
    ];
    // 6 kWh at 0.25, 6 kWh free, 12 kWh at 0.50, and the fee.
    expect(cost(timeOfUseTariff({ ...form, hours }))).toBe('10.20');
  });
});

describe('a tiered tariff', () => {
  it('prices the energy inside each tier, the rest at the simple price', () => {
    const tiers = [
      { upToKwh: '5', perKwh: '0' },
      { upToKwh: '15', perKwh: '0.30' },
    ];
    // 5 kWh free, 10 at 0.30, 9 at 0.50, and the fee.
    expect(cost(tieredTariff({ ...form, tiers }))).toBe('10.20');
  });

  it('without tiers is the simple one', () => {
    expect(cost(tieredTariff({ ...form, tiers: [] }))).toBe('15.60');
  });
});
