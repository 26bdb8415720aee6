import { type Ratio, roundRatio, sumRatios } from '../../units/ratio.ts';
import type { RoundingMode } from '../../units/rounding.ts';
import { shareOut } from '../../units/share-out.ts';
import type { Amount } from './amount.ts';

/** An amount in the smallest unit that is billed, as in cents. */
export type RoundedAmount = { readonly excl: bigint; readonly incl: bigint };

/** Where and how amounts are rounded. */
export type RoundingRule = {
  readonly mode: RoundingMode;
  readonly scope: 'total' | 'component';
  readonly decimals: number;
};

const roundTogether = (parts: readonly Ratio[], { mode, decimals }: RoundingRule) =>
  shareOut(roundRatio(sumRatios(parts), decimals, mode), parts, decimals);

/**
 * Rounds the amounts of one VAT rate. Scope `total` rounds their sum once and shares it out by largest remainder, scope
 * `component` rounds each; either way what is printed adds up.
 */
export const roundAmounts = (
  amounts: readonly Amount[],
  rule: RoundingRule,
): readonly RoundedAmount[] => {
  if (rule.scope === 'component') {
    return amounts.map(({ excl, incl }) => ({
      excl: roundRatio(excl, rule.decimals, rule.mode),
      incl: roundRatio(incl, rule.decimals, rule.mode),
    }));
  }
  const excl = roundTogether(
    amounts.map((amount) => amount.excl),
    rule,
  );
  const incl = roundTogether(
    amounts.map((amount) => amount.incl),
    rule,
  );
  return amounts.map((_, index) => ({ excl: excl[index] ?? 0n, incl: incl[index] ?? 0n }));
};
