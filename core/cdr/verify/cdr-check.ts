/** One thing that was checked. `skipped`: what it needs was not given; that makes a CDR neither valid nor invalid. */
export type CdrCheck = {
  readonly check:
    | 'state'
    | 'arithmetic'
    | 'hash'
    | 'chain'
    | 'signature'
    | 'signed'
    | 'readings'
    | 'content';
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
};
