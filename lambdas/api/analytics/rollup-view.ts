import type * as z from 'zod';
import { moneyDecimals, type TenThousandths } from '../../../core/analytics/figures.ts';
import { currencyDecimals } from '../../../core/units/currency.ts';
import { formatDecimal, shortDecimal } from '../../../core/units/decimal.ts';
import { kwhNumber } from '../../../core/units/format-kwh.ts';
import type { Duration } from '../../../core/units/instant.ts';
import type { ListedRollup } from '../../store/analytics/listed-rollup.ts';
import type { RollupSchema } from './rollup-schema.ts';

const secondsOf = (length: Duration): number => Number(formatDecimal(length, 3));

/** Shows the sums of a group; amounts have the decimals of their currency. */
export function rollupView({
  group,
  currency,
  figures,
}: ListedRollup): z.output<typeof RollupSchema> {
  const least = currencyDecimals(currency) ?? 2;
  const amount = (sum: TenThousandths): string => shortDecimal(sum, moneyDecimals, least);
  return {
    group,
    currency,
    sessions: Number(figures.sessions),
    energyKwh: kwhNumber(figures.energy),
    revenue: { currency, exclVat: amount(figures.exclVat), inclVat: amount(figures.inclVat) },
    occupiedSeconds: secondsOf(figures.occupied),
    chargingSeconds: secondsOf(figures.charging),
    idleSeconds: secondsOf(figures.idle),
  };
}
