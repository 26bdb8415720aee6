import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import {
  meterPlannedSession,
  type PlannedSession,
} from '../../../core/tariff/preview/planned-session.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { applyPromoCode } from '../../../core/tariff/promo-code/apply-promo-code.ts';
import {
  type PromoBenefit,
  type PromoCode,
  promoCodeFits,
  type Redemption,
} from '../../../core/tariff/promo-code/promo-code.ts';
import { decimalOf, shortDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { duration } from '../../../core/units/instant.ts';
import { anyStep, session, someZone, tariffOf } from './arbitraries.ts';
import { at, type DescribedSession, meteredOf } from './described-session.ts';

const tariff: Tariff = {
  tariffId: 't',
  version: 1,
  name: 'T',
  currency: 'EUR',
  elements: [
    {
      priceComponents: [
        { type: 'FLAT', price: '1', vat: '20', stepSize: 0 },
        { type: 'ENERGY', price: '0.3', vat: '20', stepSize: 0 },
        { type: 'TIME', price: '3', vat: '20', stepSize: 0 },
      ],
      restrictions: { maxKwh: '10' },
    },
    {
      priceComponents: [
        { type: 'ENERGY', price: '0.6', vat: '10', stepSize: 0 },
        { type: 'TIME', price: '3', vat: '20', stepSize: 0 },
      ],
    },
  ],
  rounding: { mode: 'half-up', scope: 'total' },
};
const twentyKwh: DescribedSession = {
  timeZone: 'UTC',
  startedAt: '2026-04-14T08:00:00Z',
  endedAt: '2026-04-14T10:00:00Z',
  series: [
    ['2026-04-14T08:00:00Z', '0'],
    ['2026-04-14T10:00:00Z', '20'],
  ],
  activities: [['2026-04-14T08:00:00Z', 'charging']],
};
/** 1.00 fee, 10 kWh at 0.30, 10 kWh at 0.60, 2 h at 3.00: 16.00 without VAT, 18.60 with it. */
const price = priceSession(tariff, meteredOf(twentyKwh), 'UTC');

describe('applyPromoCode', () => {
  it.each<[string, PromoBenefit, string, string]>([
    ['a quarter of the price', { kind: 'percent', percent: '25' }, '-4.00', '-4.65'],
    ['the whole price', { kind: 'percent', percent: '100' }, '-16.00', '-18.60'],
    [
      'at most the whole price for 250 percent',
      { kind: 'percent', percent: '250' },
      '-16.00',
      '-18.60',
    ],
    ['a fixed amount', { kind: 'amount', currency: 'EUR', inclVat: '9.30' }, '-8.00', '-9.30'],
    [
      'at most the whole price for a larger amount',
      { kind: 'amount', currency: 'EUR', inclVat: '50' },
      '-16.00',
      '-18.60',
    ],
    ['the first 4 kWh', { kind: 'kWh', kwh: '4' }, '-1.20', '-1.44'],
    ['the first 15 kWh', { kind: 'kWh', kwh: '15' }, '-6.00', '-6.90'],
    [
      'all energy when more kWh are free than were taken',
      { kind: 'kWh', kwh: '99' },
      '-9.00',
      '-10.20',
    ],
    ['the first 30 minutes', { kind: 'minutes', minutes: 30 }, '-1.50', '-1.80'],
    [
      'all time when more minutes are free than were used',
      { kind: 'minutes', minutes: 999 },
      '-6.00',
      '-7.20',
    ],
  ])('applyPromoCode discounts %s in a separate line', (_words, benefit, exclVat, inclVat) => {
    const { lines, total } = applyPromoCode(price, { code: 'SPRING', benefit });
    expect(lines.slice(0, -1)).toEqual(price.lines);
    expect(lines.at(-1)).toMatchObject({ component: 'PROMO_CODE', exclVat, inclVat });
    expect(lines.at(-1)?.reason).toMatch(/^Promo code SPRING: .+\.$/);
    const left = (before: string, off: string) => decimalOf(before, 2) + decimalOf(off, 2);
    expect(decimalOf(total.exclVat, 2)).toBe(left('16.00', exclVat));
    expect(decimalOf(total.inclVat, 2)).toBe(left('18.60', inclVat));
  });

  it('applyPromoCode keeps the price before the discount', () => {
    const benefit: PromoBenefit = { kind: 'percent', percent: '50' };
    const { beforePromoCode } = applyPromoCode(price, { code: 'X', benefit });
    expect(beforePromoCode).toEqual({
      total: { currency: 'EUR', exclVat: '16.00', inclVat: '18.60' },
      unrounded: { exclVat: '16', inclVat: '18.6' },
    });
  });

  it('applyPromoCode takes off a cent that a line has only in its amount without VAT', () => {
    // 2.3 and 0.4 cents round to 3, one of them for the energy; with VAT 2.53 and 0.44 also round to 3, all for the fee.
    const small: Tariff = {
      ...tariff,
      elements: [
        {
          priceComponents: [
            { type: 'FLAT', price: '0.023', vat: '10', stepSize: 0 },
            { type: 'ENERGY', price: '0.0002', vat: '10', stepSize: 0 },
          ],
        },
      ],
    };
    const full = priceSession(small, meteredOf(twentyKwh), 'UTC');
    const { total, lines } = applyPromoCode(full, {
      code: 'X',
      benefit: { kind: 'kWh', kwh: '20' },
    });
    expect(full.total).toMatchObject({ exclVat: '0.03', inclVat: '0.03' });
    expect(total).toMatchObject({ exclVat: '0.02', inclVat: '0.03' });
    expect(lines.at(-1)).toMatchObject({ exclVat: '-0.01', inclVat: '0.00' });
  });

  it('applyPromoCode changes nothing for less than a cent and adds a line for a cent with VAT alone', () => {
    const percent = (text: string) =>
      applyPromoCode(price, { code: 'X', benefit: { kind: 'percent', percent: text } });
    expect(percent('0.01')).toEqual(price);
    expect(percent('0.03').lines.at(-1)).toMatchObject({ exclVat: '0.00', inclVat: '-0.01' });
    expect(percent('50').unrounded).toEqual({ exclVat: '8', inclVat: '9.3' });
  });

  it.each<[minutes: number, inPieces: number, free: number, left: string]>([
    [1, 1, 1, '0'],
    [10, 1, 10, '0'],
    [10, 3, 10, '0'],
    [20, 2, 20, '0'],
    [20, 1, 10, '1000000'],
    [7, 2, 5, '200000'],
    [50, 3, 40, '1000000'],
  ])(
    'applyPromoCode frees exact minutes although hours have 6 decimals: %i minutes in %i lines, %i free',
    (minutes, pieces, free, left) => {
      const time = (maxDuration: number) => ({
        priceComponents: [{ type: 'TIME' as const, price: '6000000', stepSize: 0 }],
        restrictions: { maxDuration },
      });
      const length = minutes * 60;
      const ends = Array.from({ length: pieces }, (_, n) =>
        Math.round((length * (n + 1)) / pieces),
      );
      const dong: Tariff = { ...tariff, currency: 'VND', elements: ends.map((end) => time(end)) };
      const startedAt = at('2026-04-14T08:00:00Z');
      const plan: PlannedSession = {
        startedAt,
        duration: duration(BigInt(length) * 1000n),
        idle: duration(0n),
        taken: { kind: 'energy', energy: milliWattHours(0n) },
      };
      const full = priceSession(dong, meterPlannedSession(plan), 'UTC');
      const benefit: PromoBenefit = { kind: 'minutes', minutes: free };
      expect(full.lines).toHaveLength(pieces);
      expect(applyPromoCode(full, { code: 'X', benefit }).total.exclVat).toBe(left);
    },
  );

  it('applyPromoCode never leaves less with VAT than without, even after a maximum price with little VAT', () => {
    const capped = { ...tariff, maxPrice: { exclVat: '10', inclVat: '10.50' } };
    const full = priceSession(capped, meteredOf(twentyKwh), 'UTC');
    const benefit: PromoBenefit = { kind: 'kWh', kwh: '15' };

    // 6.00 and 6.90 are off: 4.00 would be left without VAT, and 3.60 with it.
    const { total, lines } = applyPromoCode(full, { code: 'X', benefit });
    expect(full.total).toMatchObject({ exclVat: '10.00', inclVat: '10.50' });
    expect(total).toMatchObject({ exclVat: '3.60', inclVat: '3.60' });
    expect(lines.at(-1)).toMatchObject({ exclVat: '-6.40', inclVat: '-6.90' });
  });

  it('applyPromoCode never makes a price negative and its lines still add up', () => {
    const benefit: fc.Arbitrary<PromoBenefit> = fc.oneof(
      fc.nat({ max: 1_200_000 }).map(
        (percent): PromoBenefit => ({
          kind: 'percent',
          percent: shortDecimal(BigInt(percent), 4),
        }),
      ),
      fc.nat({ max: 5000 }).map(
        (cents): PromoBenefit => ({
          kind: 'amount',
          currency: 'EUR',
          inclVat: shortDecimal(BigInt(cents), 2),
        }),
      ),
      fc.nat({ max: 40 }).map((kwh): PromoBenefit => ({ kind: 'kWh', kwh: `${kwh}` })),
      fc.nat({ max: 400 }).map((minutes): PromoBenefit => ({ kind: 'minutes', minutes })),
    );
    fc.assert(
      fc.property(tariffOf(anyStep), session, someZone, benefit, (stated, metered, zone, gives) => {
        const full = priceSession(stated, metered, zone);
        const { lines, total, unrounded } = applyPromoCode(full, { code: 'X', benefit: gives });
        for (const side of ['exclVat', 'inclVat'] as const) {
          const sum = lines.reduce((cents, line) => cents + decimalOf(line[side], 2), 0n);
          expect(sum).toBe(decimalOf(total[side], 2));
          expect(sum >= 0n && sum <= decimalOf(full.total[side], 2)).toBe(true);
          expect(decimalOf(unrounded[side], 12) >= 0n).toBe(true);
        }
      }),
    );
  });
});

describe('promoCodeFits', () => {
  const promo: PromoCode = {
    code: 'SPRING',
    benefit: { kind: 'amount', currency: 'EUR', inclVat: '5' },
    validFrom: '2026-04-01T00:00:00Z',
    validUntil: '2026-05-01T00:00:00Z',
    uses: 100,
    usesPerAccount: 2,
    tariffIds: ['t'],
  };
  const redemption: Redemption = {
    at: at('2026-04-14T08:00:00Z'),
    tariff: { tariffId: 't', currency: 'EUR' },
    uses: 99,
    usesOfAccount: 1,
  };

  it('promoCodeFits accepts a redemption within all limits, including the first instant of validity', () => {
    expect(promoCodeFits(promo, redemption)).toEqual({ kind: 'fits' });
    expect(promoCodeFits(promo, { ...redemption, at: at('2026-04-01T00:00:00Z') }).kind).toBe(
      'fits',
    );
    const open: PromoCode = { code: 'OPEN', benefit: { kind: 'percent', percent: '10' } };
    expect(promoCodeFits(open, { ...redemption, uses: 1e6, usesOfAccount: 1e6 }).kind).toBe('fits');
  });

  it.each<[string, Partial<Redemption>]>([
    ['PROMO_CODE_NOT_YET_VALID', { at: at('2026-03-31T23:59:59.999Z') }],
    ['PROMO_CODE_EXPIRED', { at: at('2026-05-01T00:00:00Z') }],
    ['PROMO_CODE_OTHER_TARIFF', { tariff: { tariffId: 'u', currency: 'EUR' } }],
    ['PROMO_CODE_OTHER_CURRENCY', { tariff: { tariffId: 't', currency: 'SEK' } }],
    ['PROMO_CODE_USED_UP', { uses: 100 }],
    ['PROMO_CODE_USED_UP_BY_ACCOUNT', { usesOfAccount: 2 }],
  ])('promoCodeFits refuses a redemption with %s', (code, differs) => {
    expect(promoCodeFits(promo, { ...redemption, ...differs })).toEqual({
      kind: 'refused',
      code,
      message: expect.stringMatching(/SPRING.*\.$/),
    });
  });
});
