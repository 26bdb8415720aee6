import { describe, expect, it } from 'vitest';
import { priceSession } from '../../../core/tariff/price-session.ts';
import type {
  PriceComponent,
  Tariff,
  TariffDimension,
  TariffElement,
  TariffRestrictions,
} from '../../../core/tariff/tariff.ts';
import { type DescribedSession, meteredOf } from './described-session.ts';

const clock = (time: string): string => `2026-04-14T${time}:00Z`;

type Told = {
  readonly from?: string;
  readonly to?: string;
  readonly series?: readonly (readonly [string, string])[];
  readonly activities?: DescribedSession['activities'];
};

/** From 08:00 to 10:00 with 20 kWh unless told otherwise. */
const sessionOf = ({ from = clock('08:00'), to = clock('10:00'), series, activities }: Told) =>
  meteredOf({
    timeZone: 'UTC',
    startedAt: from,
    endedAt: to,
    series: series ?? [
      [from, '0'],
      [to, '20'],
    ],
    activities: activities ?? [[from, 'charging']],
  });

const price = (type: TariffDimension, amount: string): PriceComponent => ({
  type,
  price: amount,
  stepSize: 0,
});

const element = (
  component: PriceComponent,
  restrictions: TariffRestrictions = {},
): TariffElement => ({
  priceComponents: [component],
  restrictions,
});

const tariffOf = (...elements: readonly TariffElement[]): Tariff => ({
  tariffId: 't',
  version: 1,
  name: 'T',
  currency: 'EUR',
  elements,
  rounding: { mode: 'half-up', scope: 'total' },
});

const bill = (tariff: Tariff, told: Told, zone = 'UTC') =>
  priceSession(tariff, sessionOf(told), zone);

const cost = (tariff: Tariff, told: Told = {}, zone = 'UTC') =>
  bill(tariff, told, zone).total.exclVat;

describe('a price that ends with an amount of energy', () => {
  const tariff = tariffOf(
    element(price('TIME', '6'), { maxKwh: '10' }),
    element(price('TIME', '60')),
  );
  const full: Told = {
    series: [
      [clock('08:00'), '0'],
      [clock('09:00'), '10'],
      [clock('10:00'), '10'],
    ],
  };

  it('ends also when the session takes exactly that much', () => {
    expect(cost(tariff, full)).toBe('66.00');
  });

  it('ends at no other moment when a reading more says the same', () => {
    const series = [...(full.series ?? [])];
    series.splice(2, 0, [clock('09:30'), '10']);
    expect(bill(tariff, { series })).toEqual(bill(tariff, full));
  });
});
