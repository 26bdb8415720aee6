/** So often a counter has risen, whatever else happened between. */
const fewestRises = 3;

/** Everything about intervals, one after the other, that tells whether they are a counter of the session. */
export type IntervalCourse = {
  readonly count: bigint;
  readonly first: bigint;
  /** The second that is not 0. */
  readonly second?: bigint;
  /** The first that is not 0. */
  readonly begun?: bigint;
  readonly last: bigint;
  readonly rises: bigint;
  readonly neverFalls: boolean;
};

/** The course of no interval yet. */
export const noIntervals: IntervalCourse = {
  count: 0n,
  first: 0n,
  last: 0n,
  rises: 0n,
  neverFalls: true,
};

/** The course with one interval more. */
export const withInterval = (course: IntervalCourse, value: bigint): IntervalCourse => {
  const isFirst = course.count === 0n;
  const begun = course.begun ?? (value > 0n ? value : undefined);
  const second = course.second ?? (course.begun === undefined ? undefined : value);
  return {
    count: course.count + 1n,
    first: isFirst ? value : course.first,
    last: value,
    rises: !isFirst && value > course.last ? course.rises + 1n : course.rises,
    neverFalls: course.neverFalls && (isFirst || value >= course.last),
    ...(begun !== undefined && { begun }),
    ...(second !== undefined && { second }),
  };
};

/**
 * Whether what is labelled as intervals is a counter of the session. Each of at least three is more than the one before,
 * and the last about as many times the first as there are: at a constant power all intervals would be alike. Or none is less than the
 * one before, several are more, and the last is at least twice the second that is not 0: the first of these alone may be shorter than the others, since
 * the vehicle may have waited for its time.
 */
export const areCumulative = (course: IntervalCourse): boolean => {
  const { count, first, last, rises, neverFalls, second = 0n } = course;
  const alwaysRises = rises === count - 1n;
  if (alwaysRises && count > 2n && last * 4n >= first * 3n * count) return true;
  return neverFalls && rises >= fewestRises && last >= second * 2n;
};
