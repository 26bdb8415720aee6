import { moneyDecimals, type TenThousandths } from '../analytics/figures.ts';
import { currencyDecimals } from '../units/currency.ts';
import type { Quantity } from '../units/quantity.ts';

/** Money in the smallest coin of its currency: cents of EUR, whole JPY. Card providers know nothing smaller. */
export type MinorUnits = Quantity<'minor unit'>;

/** Takes a number of the smallest coins. */
export const minorUnits = (count: bigint): MinorUnits => count as MinorUnits;

const tenThousandthsOf = (currency: string): bigint =>
  10n ** BigInt(moneyDecimals - (currencyDecimals(currency) ?? 2));

/** An amount in the smallest coins, rounded down: nobody is charged for a part of one. */
export function toMinorUnits(amount: TenThousandths, currency: string): MinorUnits {
  const coin = tenThousandthsOf(currency);
  const rest = ((amount % coin) + coin) % coin;
  return minorUnits((amount - rest) / coin);
}

/** The amount of so many of the smallest coins. */
export const fromMinorUnits = (count: MinorUnits, currency: string): TenThousandths =>
  (count * tenThousandthsOf(currency)) as TenThousandths;
