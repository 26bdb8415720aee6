import { type Decimal, parseDecimal, roundDecimal, shortDecimal } from '../../units/decimal.ts';

const zero: Decimal = { digits: 0n, decimals: 0 };
const parsed = (value: string): Decimal => parseDecimal(value) ?? zero;

const combine = (values: readonly string[], signs: (at: number) => bigint): string => {
  const numbers = values.map(parsed);
  const decimals = Math.max(0, ...numbers.map((each) => each.decimals));
  const sum = numbers.reduce(
    (total, each, at) => total + signs(at) * roundDecimal(each, decimals),
    0n,
  );
  return shortDecimal(sum, decimals);
};

/** The exact sum of decimal texts, without needless zeros. */
export const sumOf = (values: readonly string[]): string => combine(values, () => 1n);

/** The exact difference of two decimal texts. */
export const differenceOf = (from: string, less: string): string =>
  combine([from, less], (at) => (at === 0 ? 1n : -1n));

/** Says whether two decimal texts differ by more than a tolerance. */
export const differByMore = (a: string, b: string, tolerance: string): boolean => {
  const difference = differenceOf(a, b).replace('-', '');
  const excess = differenceOf(difference, tolerance);
  return excess !== '0' && !excess.startsWith('-');
};
