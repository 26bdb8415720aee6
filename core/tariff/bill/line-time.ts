import { decimalOf } from '../../units/decimal.ts';
import { roundHalfUp } from '../../units/rounding.ts';

/** More than what 6 decimals of an hour can be off: half of 3.6 ms. */
const tolerance = 2n;

/**
 * The hours of a line as milliseconds. Lines have 6 decimals, so that 10 minutes are 0.166667 h: a whole second that is
 * written so is what was meant.
 */
export const lineTime = (hours: string): bigint => {
  const time = roundHalfUp(decimalOf(hours, 6) * 36n, 10n);
  const whole = roundHalfUp(time, 1000n) * 1000n;
  const off = time > whole ? time - whole : whole - time;
  return off <= tolerance ? whole : time;
};
