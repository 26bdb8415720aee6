import { describe, expect, test } from 'vitest';
import { decimalWorkOf, priceWithDecimals } from '../../bench/price-with-decimals.ts';
import { pricingSession, pricingTariff, pricingTimeZone } from '../../bench/pricing-sample.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { validateTariff } from '../../core/tariff/validate/validate-tariff.ts';

const price = priceSession(pricingTariff, pricingSession, pricingTimeZone);

describe('the session by which the speed of pricing is measured', () => {
  test('has 500 periods under a sound tariff of 30 elements, every one of them used', () => {
    expect(validateTariff(pricingTariff)).toEqual([]);
    expect(pricingTariff.elements).toHaveLength(30);
    expect(price.periods).toHaveLength(500);
    expect(price.lines).toHaveLength(60);
  });

  test('costs the same by decimal.js, which adds and multiplies what pricing does', () => {
    const work = decimalWorkOf(pricingTariff, price);
    const { excl, incl } = priceWithDecimals(work);

    expect(work.volumes).toHaveLength(1000);
    expect(work.prices).toHaveLength(60);
    expect([excl.toString(), incl.toString()]).toEqual([
      price.unrounded.exclVat,
      price.unrounded.inclVat,
    ]);
  });
});
