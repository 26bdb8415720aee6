import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import { fromMinorUnits, toMinorUnits } from '../../../core/payment/minor-units.ts';

const amount = (tenThousandths: bigint) => tenThousandths as TenThousandths;

describe('amounts that cards know', () => {
  it.each([
    ['EUR', 12_345_678n, 123_456n],
    ['JPY', 12_345_678n, 1_234n],
    ['ISK', 12_345_678n, 1_234n],
    ['KWD', 12_345_678n, 1_234_560n],
    ['MGA', 12_345_678n, 123_400n],
    ['EUR', -12_345_678n, -123_457n],
  ])('%s: %s ten-thousandths are %s of the smallest coins', (currency, given, coins) => {
    expect(toMinorUnits(amount(given), currency)).toBe(coins);
  });

  it('nobody is charged more than an amount, nor a whole coin of cards less', () => {
    const currencies = fc.constantFrom('EUR', 'JPY', 'ISK', 'KWD', 'MGA', 'HUF', 'CLF');
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), currencies, (given, currency) => {
        const taken = fromMinorUnits(toMinorUnits(amount(given), currency), currency);
        expect(taken <= given).toBe(true);
        expect(given - taken < 10_000n).toBe(true);
        expect(toMinorUnits(taken, currency)).toBe(toMinorUnits(amount(given), currency));
      }),
    );
  });
});
