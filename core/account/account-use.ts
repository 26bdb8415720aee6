import { type Figures, moneyDecimals, type TenThousandths } from '../analytics/figures.ts';
import type { Money } from '../tariff/model/price.ts';
import { decimalOf } from '../units/decimal.ts';
import { type MilliWattHours, milliWattHours } from '../units/energy.ts';
import { type Account, type LimitKind, limitKinds, limitOf } from './account.ts';

/** The use of a month: by its sealed CDRs, and by its sessions that still run. */
export type AccountUse = {
  readonly energy: MilliWattHours;
  /** In the currency of the account. */
  readonly inclVat: TenThousandths;
};

/** The sums of an account's sealed CDRs in one currency. */
export type SealedUse = {
  readonly currency: string;
  readonly figures: Pick<Figures, 'energy' | 'inclVat'>;
};

/** How far a session that runs is. */
export type RunningUse = { readonly energy: bigint; readonly cost?: Money };

/**
 * Adds up an account's use: energy whatever it was billed in, money where it was billed in the currency of the account. Amounts
 * of another currency are in no limit, for nothing says what they are worth.
 */
export function accountUse(
  currency: string,
  sealed: readonly SealedUse[],
  running: readonly RunningUse[],
): AccountUse {
  let [energy, money] = [0n, 0n];
  for (const { currency: billedIn, figures } of sealed) {
    energy += figures.energy;
    if (billedIn === currency) money += figures.inclVat;
  }
  for (const { energy: soFar, cost } of running) {
    energy += soFar;
    if (cost?.currency === currency) money += decimalOf(cost.inclVat, moneyDecimals);
  }
  return { energy: milliWattHours(energy), inclVat: money as TenThousandths };
}

const isReached: Readonly<Record<LimitKind, (limit: string, use: AccountUse) => boolean>> = {
  energy: (limit, use) => use.energy >= decimalOf(limit, 6),
  money: (limit, use) => use.inclVat >= decimalOf(limit, moneyDecimals),
};

/** The limits of an account that its use has reached: one that is used up to the last digit is. */
export const reachedLimits = (
  account: Pick<Account, 'limits'>,
  use: AccountUse,
): readonly LimitKind[] =>
  limitKinds.filter((kind) => {
    const limit = limitOf(account, kind);
    return limit !== undefined && isReached[kind](limit, use);
  });
