/** A run of numbers without a gap, both ends included. */
export type SequenceRun = { readonly first: number; readonly last: number };

/** The runs that numbers make up, ascending. */
export const sequenceRuns = (sequence: ReadonlySet<number>): readonly SequenceRun[] => {
  const ascending = [...sequence].sort((a, b) => a - b);
  const isFirst = (seqNo: number) => !sequence.has(seqNo - 1);
  const isLast = (seqNo: number) => !sequence.has(seqNo + 1);
  const lasts = ascending.filter(isLast);
  return ascending.filter(isFirst).map((first, index) => ({ first, last: lasts[index] ?? first }));
};

/** The numbers in the runs. */
export const numbersIn = (runs: readonly SequenceRun[]): ReadonlySet<number> =>
  new Set(
    runs.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    ),
  );
