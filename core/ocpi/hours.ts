import { type Decimal, scaleDecimal } from '../units/decimal.ts';
import { roundHalfUp } from '../units/rounding.ts';

const millisecondsPerHour = 3_600_000n;
// OCPI numbers have 4 decimals, and JSON drops trailing zeros.
const leastDecimals = 4;

/**
 * A volume in hours as milliseconds. 0.0833 h is what 5 minutes look like in 4 decimals: where the length of the period
 * by its timestamps, or else a whole second, would be written as just this number, that is what was meant; otherwise
 * the volume is taken as written. So a step size never bills a second that only rounding produced.
 */
export const timeOfHours = (hours: Decimal, periodLength: bigint): bigint => {
  const decimals = Math.max(hours.decimals, leastDecimals);
  const written = scaleDecimal(hours, decimals) ?? 0n;
  const unit = 10n ** BigInt(decimals);
  const isWrittenSo = (time: bigint): boolean =>
    roundHalfUp(time * unit, millisecondsPerHour) === written;
  if (periodLength > 0n && isWrittenSo(periodLength)) return periodLength;
  const wholeSecond = roundHalfUp(written * 3600n, unit) * 1000n;
  return isWrittenSo(wholeSecond) ? wholeSecond : roundHalfUp(written * millisecondsPerHour, unit);
};
