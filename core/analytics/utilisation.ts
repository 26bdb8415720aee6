import { formatDecimal } from '../units/decimal.ts';
import type { Duration } from '../units/instant.ts';

const decimals = 2;
const hundredPercent = 100n * 10n ** BigInt(decimals);

/**
 * The share of a time in which connectors were occupied: percent with 2 decimals, rounded down. Sessions count for the month in which
 * they end, so that a long one may bring it above 100. Undefined without a connector or a time.
 */
export function utilisation(
  occupied: Duration,
  connectors: number,
  time: Duration,
): string | undefined {
  const possible = BigInt(connectors) * time;
  if (possible <= 0n) return undefined;
  const share = occupied < 0n ? 0n : occupied;
  return formatDecimal((share * hundredPercent) / possible, decimals);
}
