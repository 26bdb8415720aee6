import { parseDecimal, scaleDecimal } from '../../units/decimal.ts';
import type { TariffProblem } from '../model/tariff-problem.ts';

/** No price, volume or limit of charging is larger. */
const largest = 10n ** 9n;

const problem = (
  path: string,
  code: TariffProblem['code'],
  message: string,
): readonly TariffProblem[] => [{ path, code, message }];

/** Problems of a decimal that must be 0 or more and have at most `decimals` places; absent is fine. */
export const checkDecimal = (
  path: string,
  text: string | undefined,
  decimals: number,
): readonly TariffProblem[] => {
  if (text === undefined) return [];
  const decimal = parseDecimal(text);
  if (decimal === undefined) {
    return problem(path, 'TARIFF_NUMBER_INVALID', `"${text}" is not a decimal number.`);
  }
  if (decimal.digits < 0n) {
    return problem(path, 'TARIFF_NUMBER_NEGATIVE', `${text} is negative; it must be 0 or more.`);
  }
  const scaled = scaleDecimal(decimal, decimals);
  if (scaled === undefined) {
    return problem(
      path,
      'TARIFF_DECIMALS_EXCEEDED',
      `${text} has more than ${decimals} decimals; they would be lost.`,
    );
  }
  return scaled > largest * 10n ** BigInt(decimals)
    ? problem(path, 'TARIFF_VALUE_TOO_LARGE', `${text} is larger than ${largest}.`)
    : [];
};

/** Problems of a number that must be whole and 0 or more, such as seconds and steps; absent is fine. */
export const checkWhole = (path: string, value: number | undefined): readonly TariffProblem[] => {
  if (value === undefined) return [];
  if (!Number.isSafeInteger(value)) {
    return problem(path, 'TARIFF_NUMBER_INVALID', `${value} is not a whole number.`);
  }
  if (value < 0) {
    return problem(path, 'TARIFF_NUMBER_NEGATIVE', `${value} is negative; it must be 0 or more.`);
  }
  return BigInt(value) > largest
    ? problem(path, 'TARIFF_VALUE_TOO_LARGE', `${value} is larger than ${largest}.`)
    : [];
};
