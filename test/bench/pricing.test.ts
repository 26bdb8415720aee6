import { describe, expect, test } from 'vitest';
import { decimalWorkOf, priceWithDecimals } from '../../bench/pricing/price-with-decimals.ts';
import {
  pricingSession,
  pricingTariff,
  pricingTimeZone,
} from '../../bench/pricing/pricing-sample.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { validateTariff } from '../../core/tariff/validate/validate-tariff.ts';

const price = priceSession(pricingTariff, pricingSession, pricingTimeZone);

describe('sample session of the pricing benchmark', () => {
  test('the sample session has 500 periods under a valid tariff of 30 elements and uses every element', () => {
    expect(validateTariff(pricingTariff)).toEqual([]);
    expect(pricingTariff.elements).toHaveLength(30);
    expect(price.periods).toHaveLength(500);
    expect(price.lines).toHaveLength(60);
  });

  test('the sample session costs the same when priced with decimal.js', () => {
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
