/** The order of whole numbers, least first: below 0, 0 or above 0 as `a` is less than, equal to or more than `b`. */
export const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** True if each of some points in time comes after the one before it. */
export const isAscending = (points: readonly { readonly at: bigint }[]): boolean =>
  points.every(({ at }, index) => {
    const before = points[index - 1];
    return before === undefined || before.at < at;
  });
