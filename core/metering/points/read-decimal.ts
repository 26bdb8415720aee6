import { type Decimal, parseDecimal } from '../../units/decimal.ts';

/** A decimal as a charger wrote it, and whether that was with a decimal comma. */
export type ReadDecimal = { readonly decimal: Decimal; readonly comma: boolean };

/** No charger writes more digits than this; the limit keeps arithmetic with hostile input short. */
const longest = 60;

/**
 * Reads a charger's decimal without passing through a float; one comma and no point is a decimal comma.
 * Anything else, `NaN` too, is `undefined`.
 */
export const readDecimal = (text: string): ReadDecimal | undefined => {
  if (text.length > longest) return undefined;
  const comma = text.includes(',') && /^[^.,]*,[^.,]*$/.test(text);
  const decimal = parseDecimal(comma ? text.replace(',', '.') : text);
  return decimal && { decimal, comma };
};

/** The powers of ten that values are scaled by, but for odd ones. */
const powersOfTen = Array.from({ length: 12 }, (_, exponent) => 10n ** BigInt(exponent));

const powerOfTen = (exponent: number): bigint => powersOfTen[exponent] ?? 10n ** BigInt(exponent);

/** The whole number of units of 10^-`places` in a decimal; what is finer is cut off towards zero, as a register does. */
export const scaled = ({ digits, decimals }: Decimal, places: number): bigint => {
  const shift = places - decimals;
  return shift >= 0 ? digits * powerOfTen(shift) : digits / powerOfTen(-shift);
};
