import { describe, expect, it } from 'vitest';
import type { Charge } from '../../../core/tariff/bill/charges.ts';
import { explainCharge } from '../../../core/tariff/bill/explain-charge.ts';
import type {
  PriceComponent,
  Tariff,
  TariffDimension,
  TariffRestrictions,
} from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { applyPromoCode } from '../../../core/tariff/promo-code/apply-promo-code.ts';
import type { PromoBenefit } from '../../../core/tariff/promo-code/promo-code.ts';
import { describeRestrictions } from '../../../core/tariff/rate/describe-restrictions.ts';
import { meteredOf } from './described-session.ts';

const tariffOf = (stated: Partial<Tariff>, ...components: readonly PriceComponent[]): Tariff => ({
  tariffId: 't',
  version: 1,
  name: 'T',
  currency: 'EUR',
  elements: [{ priceComponents: components }],
  rounding: { mode: 'half-up', scope: 'total' },
  ...stated,
});

const priceOf = (type: TariffDimension, price: string, vat?: string): PriceComponent => ({
  type,
  price,
  ...(vat === undefined ? {} : { vat }),
  stepSize: 0,
});

/** Two hours and 20 kWh. */
const session = meteredOf({
  timeZone: 'UTC',
  startedAt: '2026-04-14T08:00:00Z',
  endedAt: '2026-04-14T10:00:00Z',
  series: [
    ['2026-04-14T08:00:00Z', '0'],
    ['2026-04-14T10:00:00Z', '20'],
  ],
  activities: [['2026-04-14T08:00:00Z', 'charging']],
});

describe('describeRestrictions', () => {
  it.each<[TariffRestrictions, string]>([
    [{ startTime: '17:00' }, 'from 17:00 to 24:00'],
    [{ minDuration: 60 }, 'from 1 min of the session'],
    [{ maxDuration: 90 }, 'below 90 s of the session'],
    [{ minDuration: 60, maxDuration: 90 }, 'from 60 to below 90 s of the session'],
    [{ minDuration: 1800, maxDuration: 3600 }, 'from 30 to below 60 min of the session'],
    [{ dayOfWeek: [] }, ''],
    [{ reservation: 'RESERVATION_EXPIRES' }, 'for an expired reservation'],
    [{ minCurrent: '16', maxCurrent: '32' }, 'from 16 to below 32 A'],
    [{ minPower: '11' }, 'from 11 kW'],
  ])('describeRestrictions phrases %j as "%s"', (stated, words) => {
    expect(describeRestrictions(stated)).toBe(words);
  });
});

describe('explainCharge', () => {
  const charge = (
    dimension: TariffDimension,
    quantity: bigint,
    phase: Charge['phase'] = 'session',
  ): Charge => ({
    rate: { dimension, element: 0, price: 0n, step: 0n },
    phase,
    quantity,
    billed: quantity,
    lastPeriod: 0,
  });
  const explain = (one: Charge, stated: Partial<Tariff> = {}): string =>
    explainCharge(one, tariffOf(stated), '3.00');

  it.each<[string, Charge, Partial<Tariff>, string]>([
    [
      'that its price includes tax',
      charge('ENERGY', 1_500_000n),
      { taxIncluded: true },
      '1.5 kWh of energy at 3.00 EUR per kWh including tax.',
    ],
    [
      'time in fractions of a second without units of zero',
      charge('TIME', 3_630_500n),
      {},
      '1 h 30.5 s of charging at 3.00 EUR per hour.',
    ],
    [
      'the time of a reservation',
      charge('TIME', 900_000n, 'reservation'),
      {},
      '15 min of reservation at 3.00 EUR per hour.',
    ],
    [
      'the fee for a reservation',
      charge('FLAT', 1n, 'reservation'),
      {},
      'Fee for the reservation of 3.00 EUR.',
    ],
    [
      'idle time that is billed from its first minute',
      charge('PARKING_TIME', 60_000n),
      { idleGraceMinutes: 0 },
      '1 min of idle time at 3.00 EUR per hour.',
    ],
    [
      'idle time with a cap',
      charge('PARKING_TIME', 60_000n),
      { idleCapMinutes: 60 },
      '1 min of idle time at 3.00 EUR per hour, for 60 minutes at most.',
    ],
    [
      'idle time with grace and cap',
      charge('PARKING_TIME', 60_000n),
      { idleGraceMinutes: 1, idleCapMinutes: 60 },
      '1 min of idle time at 3.00 EUR per hour, after 1 free minutes, for 60 minutes at most.',
    ],
  ])('explainCharge states %s', (_words, one, stated, expected) => {
    expect(explain(one, stated)).toBe(expected);
  });
});

describe('minimum and maximum price', () => {
  it('a minimum price that raises the total has a separate line', () => {
    const { lines } = priceSession(
      tariffOf({ minPrice: { exclVat: '9' } }, priceOf('ENERGY', '0.4', '10')),
      session,
      'UTC',
    );
    expect(lines.at(-1)).toEqual({
      component: 'MIN_PRICE',
      quantity: '1',
      billedQuantity: '1',
      unit: 'session',
      unitPrice: '1.00',
      vatPercent: null,
      exclVat: '1.00',
      inclVat: '1.10',
      reason: 'Raises the total to the minimum price of the tariff.',
    });
  });

  it('a limit that is not reached changes nothing, even when only the VAT rounds to a cent', () => {
    const components = [priceOf('ENERGY', '0.00023', '19')];
    const expected = { currency: 'EUR', exclVat: '0.00', inclVat: '0.01' };
    for (const limit of [{}, { maxPrice: { exclVat: '9' } }, { minPrice: { exclVat: '0' } }]) {
      expect(priceSession(tariffOf(limit, ...components), session, 'UTC').total).toEqual(expected);
    }
  });

  it('a maximum price with VAT applies independently of the one without VAT', () => {
    const maxPrice = { exclVat: '100', inclVat: '8.5' };
    const { lines, total } = priceSession(
      tariffOf({ maxPrice }, priceOf('ENERGY', '0.4', '10')),
      session,
      'UTC',
    );
    expect(total).toEqual({ currency: 'EUR', exclVat: '8.00', inclVat: '8.50' });
    expect(lines.at(-1)).toMatchObject({ exclVat: '0.00', inclVat: '-0.30' });
  });
});

describe('applyPromoCode', () => {
  const redeem = (tariff: Tariff, benefit: PromoBenefit) =>
    applyPromoCode(priceSession(tariff, session, 'UTC'), { code: 'SPRING', benefit });
  const energy = priceOf('ENERGY', '0.4', '10');

  it.each<[PromoBenefit, string]>([
    [{ kind: 'percent', percent: '12.5' }, '12.5 % off'],
    [{ kind: 'amount', currency: 'EUR', inclVat: '5' }, '5 EUR off, including VAT'],
    [{ kind: 'kWh', kwh: '4' }, 'the first 4 kWh free'],
    [{ kind: 'minutes', minutes: 30 }, 'the first 30 minutes of charging free'],
  ])('applyPromoCode explains %j in its line', (benefit, words) => {
    const tariff = tariffOf({}, energy, priceOf('TIME', '1'));
    expect(redeem(tariff, benefit).lines.at(-1)?.reason).toBe(`Promo code SPRING: ${words}.`);
  });

  it('applyPromoCode adds one line per session', () => {
    const { lines } = redeem(tariffOf({}, energy), { kind: 'percent', percent: '50' });
    expect(lines.at(-1)).toMatchObject({
      component: 'PROMO_CODE',
      quantity: '1',
      billedQuantity: '1',
      unit: 'session',
      unitPrice: '-4.00',
      vatPercent: null,
      exclVat: '-4.00',
      inclVat: '-4.40',
    });
  });

  it('applyPromoCode discounts no more than the price left by a maximum price', () => {
    const tariff = tariffOf({ maxPrice: { exclVat: '5' } }, energy);
    const { total, unrounded } = redeem(tariff, { kind: 'kWh', kwh: '20' });
    expect(total).toEqual({ currency: 'EUR', exclVat: '0.00', inclVat: '0.00' });
    expect(unrounded).toEqual({ exclVat: '0', inclVat: '0' });
  });

  it('applyPromoCode discounts whole units of a currency without decimals', () => {
    const tariff = tariffOf({ currency: 'JPY' }, priceOf('ENERGY', '41'));
    const { total } = redeem(tariff, { kind: 'percent', percent: '10' });
    expect(total).toEqual({ currency: 'JPY', exclVat: '738', inclVat: '738' });
  });

  it('applyPromoCode changes nothing for a free session', () => {
    const free = tariffOf({}, priceOf('ENERGY', '0'));
    const benefit: PromoBenefit = { kind: 'amount', currency: 'EUR', inclVat: '5' };
    expect(redeem(free, benefit)).toEqual(priceSession(free, session, 'UTC'));
  });
});
