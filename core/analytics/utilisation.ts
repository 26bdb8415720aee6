import { formatDecimal } from '../units/decimal.ts';
import type { Duration } from '../units/instant.ts';

const decimals = 2;
const hundredPercent = 100n * 10n ** BigInt(decimals);

/**
 * The share of the time of all connectors in which they were occupied: percent with 2 decimals, rounded down. Sessions count for the month
 * in which they end, so that a long one may bring it above 100. Undefined where no connector had any time.
 */
export function utilisation(occupied: Duration, possible: Duration): string | undefined {
  if (possible <= 0n) return undefined;
  const share = occupied < 0n ? 0n : occupied;
  return formatDecimal((share * hundredPercent) / possible, decimals);
}
