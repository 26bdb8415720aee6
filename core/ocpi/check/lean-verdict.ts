import type { CdrVerdict } from './check-cdr.ts';

/** Differences that are kept of a CDR that has more than can be. */
const mostDifferences = 100;

/** A verdict on a CDR of so many periods that the whole of it cannot be kept: the first differences, and the price without its lines. */
export const leanVerdict = ({ verdict, differences, price }: CdrVerdict): CdrVerdict => ({
  verdict,
  differences: differences.slice(0, mostDifferences),
  price:
    price.kind === 'priced'
      ? {
          ...price,
          lines: [],
          notes: [
            ...price.notes.slice(0, mostDifferences),
            `The price has ${price.lines.length} lines, and the CDR ${differences.length} differences: more than are kept.`,
          ],
        }
      : price,
});
