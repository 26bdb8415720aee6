import { moneyDecimals, type TenThousandths } from '../analytics/figures.ts';
import { currencyDecimals } from '../units/currency.ts';
import type { Quantity } from '../units/quantity.ts';

/** Money in the smallest coin of its currency: cents of EUR, whole JPY. Card providers know nothing smaller. */
export type MinorUnits = Quantity<'minor unit'>;

/** Takes a number of the smallest coins. */
export const minorUnits = (count: bigint): MinorUnits => count as MinorUnits;

/** So many of the smallest coins are the least that cards know, where that is more than one: the last digit of three decimals is 0 with them, and MGA has none. */
const coinsOfCards: Readonly<Record<string, bigint>> = {
  BHD: 10n,
  JOD: 10n,
  KWD: 10n,
  MGA: 100n,
  OMR: 10n,
  TND: 10n,
};

const tenThousandthsOf = (currency: string): bigint =>
  10n ** BigInt(moneyDecimals - (currencyDecimals(currency) ?? 2));

/** An amount in the smallest coins, rounded down to what cards know: nobody is charged for a part of one. */
export function toMinorUnits(amount: TenThousandths, currency: string): MinorUnits {
  const coin = tenThousandthsOf(currency);
  const least = coin * (coinsOfCards[currency] ?? 1n);
  const rest = ((amount % least) + least) % least;
  return minorUnits((amount - rest) / coin);
}

/**
 * The part of a difference between a bill and the money received of it that is open: the one place where bills are rounded to coins, down.
 * The rest of a bill beyond the last coin that cards know is not owed; a coin too much is to be given back.
 */
export function openOf(difference: bigint, currency: string): TenThousandths {
  const coin = tenThousandthsOf(currency);
  if (difference > 0n && difference < coin * (coinsOfCards[currency] ?? 1n)) {
    return 0n as TenThousandths;
  }
  return (difference - (((difference % coin) + coin) % coin)) as TenThousandths;
}

/** The amount of so many of the smallest coins. */
export const fromMinorUnits = (count: MinorUnits, currency: string): TenThousandths =>
  (count * tenThousandthsOf(currency)) as TenThousandths;
