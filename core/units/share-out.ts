import { compareRatios, type Ratio } from './ratio.ts';

const floorOf = (n: bigint, d: bigint): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d));

/**
 * Rounds parts to 10^-`decimals` so that they add up to `total`, which is their rounded sum, by largest remainder:
 * each part gets its floor, and what is left goes one unit each to the largest remainders, first part first on ties.
 */
export const shareOut = (
  total: bigint,
  parts: readonly Ratio[],
  decimals: number,
): readonly bigint[] => {
  const scale = 10n ** BigInt(decimals);
  const floors = parts.map((part) => floorOf(part.n * scale, part.d));
  const rests = parts.map((part, index) => ({
    index,
    n: part.n * scale - (floors[index] ?? 0n) * part.d,
    d: part.d,
  }));
  const left = Number(total - floors.reduce((sum, floor) => sum + floor, 0n));
  if (left < 0 || left > parts.length) throw new Error('Parts do not add up to their total.');
  // Sorting is stable: on ties the first part stays first.
  const largestFirst = rests.toSorted((a, b) => Number(compareRatios(b, a)));
  const raised = new Set(largestFirst.slice(0, left).map((rest) => rest.index));
  return floors.map((floor, index) => (raised.has(index) ? floor + 1n : floor));
};
