/** Which records of a shard are still under way; sequences are accepted in rising order. */
export type Progress = {
  readonly accept: (sequence: bigint) => void;
  /** Marks records as done; gives the sequence up to which all are done now, when that has moved. */
  readonly finish: (sequences: readonly bigint[]) => bigint | undefined;
  /** Number of records that are not done. */
  readonly unfinished: () => number;
};

/** A progress without records. */
export function createProgress(): Progress {
  const underWay = new Set<bigint>();
  const accepted: bigint[] = [];
  return {
    accept: (sequence) => {
      underWay.add(sequence);
      accepted.push(sequence);
    },
    finish: (sequences) => {
      for (const sequence of sequences) underWay.delete(sequence);
      const firstUnfinished = accepted.findIndex((each) => underWay.has(each));
      const finished = accepted.splice(0, firstUnfinished < 0 ? accepted.length : firstUnfinished);
      return finished.at(-1);
    },
    unfinished: () => underWay.size,
  };
}
