import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountUse, reachedLimits } from '../../../core/account/account-use.ts';
import type { TenThousandths } from '../../../core/analytics/figures.ts';
import { formatDecimal } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
const sealedUse = fc.record({
  currency: fc.constantFrom('EUR', 'CHF'),
  figures: fc.record({
    energy: amount.map(milliWattHours),
    inclVat: amount.map((digits) => digits as TenThousandths),
  }),
});
const runningUse = fc.record({
  energy: amount,
  cost: fc.record({
    currency: fc.constantFrom('EUR', 'CHF'),
    exclVat: fc.constant('0'),
    inclVat: amount.map((digits) => formatDecimal(digits, 4)),
  }),
});

describe('what an account uses', () => {
  it('a limit is reached exactly when it is used up to the last digit, by billed and running sessions together', () => {
    fc.assert(
      fc.property(fc.array(sealedUse), fc.array(runningUse), (sealed, running) => {
        const use = accountUse('EUR', sealed, running);
        const limited = (energy: bigint, money: bigint) =>
          reachedLimits(
            {
              limits: { energyKwh: formatDecimal(energy, 6), inclVat: formatDecimal(money, 4) },
            },
            use,
          );
        expect(limited(use.energy, use.inclVat)).toEqual(['energy', 'money']);
        expect(limited(use.energy + 1n, use.inclVat + 1n)).toEqual([]);
      }),
    );
  });

  it('money of another currency is in no limit, and energy is whatever it was billed in', () => {
    const use = accountUse(
      'EUR',
      [
        {
          currency: 'CHF',
          figures: { energy: milliWattHours(5n), inclVat: 7n as TenThousandths },
        },
      ],
      [{ energy: 3n, cost: { currency: 'CHF', exclVat: '1', inclVat: '1' } }, { energy: 2n }],
    );
    expect(use).toEqual({ energy: 10n, inclVat: 0n });
    expect(reachedLimits({ limits: {} }, use)).toEqual([]);
  });
});
