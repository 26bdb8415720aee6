import { roundBy } from './rounding.ts';

/** An exact decimal number: `digits` × 10^-`decimals`, as in 0.25 = 25 with 2 decimals. */
export type Decimal = { readonly digits: bigint; readonly decimals: number };

const wholeNumber = /^\d+$/;
const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
// Bounds what a hostile exponent can make us compute; no quantity of charging comes near it.
const largestExponent = 60;

/**
 * Reads a decimal literal, as JSON or a charger writes it, without passing through a float.
 * Takes a sign, digits with or without a point, and an exponent up to ±60; undefined for anything else.
 */
export const parseDecimal = (text: string): Decimal | undefined => {
  // A register is one, and there are thousands of them in a session.
  if (wholeNumber.test(text)) return { digits: BigInt(text), decimals: 0 };
  const match = shape.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponentText = ''] = match;
  const exponent = Number(exponentText);
  if (whole + fraction === '' || Math.abs(exponent) > largestExponent) return undefined;
  const unsigned = BigInt(whole + fraction);
  const digits = sign === '-' ? -unsigned : unsigned;
  const decimals = fraction.length - exponent;
  return decimals >= 0
    ? { digits, decimals }
    : { digits: digits * 10n ** BigInt(-decimals), decimals: 0 };
};

/** The decimal as a whole number of 10^-`decimals`; undefined when that would lose a digit. */
export const scaleDecimal = (decimal: Decimal, decimals: number): bigint | undefined => {
  const missing = decimals - decimal.decimals;
  if (missing >= 0) return decimal.digits * 10n ** BigInt(missing);
  const divisor = 10n ** BigInt(-missing);
  return decimal.digits % divisor === 0n ? decimal.digits / divisor : undefined;
};

/** The decimal as a whole number of 10^-`decimals`, rounded half up where digits do not fit. */
export const roundDecimal = (decimal: Decimal, decimals: number): bigint => {
  const missing = decimals - decimal.decimals;
  if (missing >= 0) return decimal.digits * 10n ** BigInt(missing);
  return roundBy('half-up', decimal.digits, 10n ** BigInt(-missing));
};

/** Reads a literal that was already validated as a whole number of 10^-`decimals`; throws for any other text. */
export const decimalOf = (text: string, decimals: number): bigint => {
  const decimal = parseDecimal(text);
  const scaled = decimal === undefined ? undefined : scaleDecimal(decimal, decimals);
  if (scaled === undefined) throw new Error(`"${text}" is no decimal of ${decimals} places.`);
  return scaled;
};

/** A decimal literal with the other sign, to the last place; nothing is nothing either way. */
export const negated = (literal: string): string =>
  !/[1-9]/.test(literal) ? literal : literal.startsWith('-') ? literal.slice(1) : `-${literal}`;

/** Writes a whole number of 10^-`decimals` with exactly that many places: 675 with 2 is `6.75`. */
export const formatDecimal = (scaled: bigint, decimals: number): string => {
  const sign = scaled < 0n ? '-' : '';
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/** Writes a whole number of 10^-`decimals` without needless zeros, keeping `least` places: 6500 with 3 is `6.5`. */
export const shortDecimal = (scaled: bigint, decimals: number, least = 0): string => {
  let [digits, places] = [scaled, decimals];
  while (places > least && digits % 10n === 0n) {
    digits /= 10n;
    places -= 1;
  }
  return formatDecimal(digits, places);
};
