/** A decimal number as it was written: `digits` × 10^`exponent`, exactly. */
export type Decimal = {
  readonly digits: bigint;
  readonly exponent: number;
  /** True when it was written with a decimal comma. */
  readonly comma: boolean;
};

/** No charger writes more digits than this; the limit keeps arithmetic with hostile input short. */
const longest = 60;

const form = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * Reads a decimal without passing through a float: digits with at most one point, or one comma and no point, and an
 * exponent of up to two digits. Anything else, `NaN` too, is `undefined`.
 */
export const readDecimal = (text: string): Decimal | undefined => {
  const comma = /^[^.,]*,[^.,]*$/.test(text);
  const match =
    text.length > longest ? null : form.exec(text.trim().replace(',', comma ? '.' : ','));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  return {
    digits: sign === '-' ? -digits : digits,
    exponent: Number(exponent) - fraction.length,
    comma,
  };
};

/** The whole number of units of 10^-`places` in a decimal; what is finer is cut off towards zero, as a register does. */
export const scaled = ({ digits, exponent }: Decimal, places: number): bigint => {
  const shift = exponent + places;
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
};
