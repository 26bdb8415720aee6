/** One thing that was checked. `skipped`: what it needs was not given; that makes a CDR neither valid nor invalid. */
export type CdrCheck = {
  readonly check:
    | 'shape'
    | 'state'
    | 'arithmetic'
    | 'hash'
    | 'chain'
    | 'signature'
    | 'signed'
    | 'time-zone'
    | 'readings'
    | 'content'
    | 'receipt';
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
};

/** A check that was passed. */
export const passed = <Name>(check: Name, message: string) =>
  ({ check, outcome: 'passed', message }) as const;

/** A check that failed. */
export const failed = <Name>(check: Name, message: string) =>
  ({ check, outcome: 'failed', message }) as const;

/** A check that could not be made. */
export const skipped = <Name>(check: Name, message: string) =>
  ({ check, outcome: 'skipped', message }) as const;

/** The result of a computation; `undefined` where it throws: a CDR from outside that cannot be computed with is wrong, not our bug. */
export const attempted = <Result>(compute: () => Result): Result | undefined => {
  try {
    return compute();
  } catch {
    return undefined;
  }
};
