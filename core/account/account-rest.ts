import { moneyDecimals } from '../analytics/figures.ts';
import { decimalOf, formatDecimal } from '../units/decimal.ts';
import type { Account } from './account.ts';
import type { AccountUse } from './account-use.ts';

/** The rest of the limits of an account in a month; what is absent has no limit. */
export type AccountRest = {
  /** Whole Wh, rounded down. */
  readonly energyWh?: number;
  /** Money with VAT, a decimal of four digits behind the point, never below 0. */
  readonly inclVat?: string;
  /** The currency of that, ISO 4217. */
  readonly currency: string;
};

const leftOf = (limit: string, decimals: number, used: bigint): bigint => {
  const left = decimalOf(limit, decimals) - used;
  return left < 0n ? 0n : left;
};

/** The rest that an account may still use after a use of the month. */
export const accountRest = (
  { currency, limits: { energyKwh, inclVat } }: Pick<Account, 'currency' | 'limits'>,
  use: AccountUse,
): AccountRest => ({
  currency,
  ...(energyKwh !== undefined && {
    energyWh: Number(leftOf(energyKwh, 6, use.energy) / 1000n),
  }),
  ...(inclVat !== undefined && {
    inclVat: formatDecimal(leftOf(inclVat, moneyDecimals, use.inclVat), moneyDecimals),
  }),
});
