/** The order of whole numbers, least first: below 0, 0 or above 0 as `a` is less than, equal to or more than `b`. */
export const ascending = (a: bigint, b: bigint): number => Number(a - b);
