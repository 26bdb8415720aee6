import type { ReplayOutcome } from './await-cdrs.ts';

/** The totals of what a replay sent. */
export type ReplayInput = {
  readonly sessions: number;
  /** mWh. */
  readonly energy: bigint;
  /** Sessions of the file for which no connector was free, so that they were not sent. */
  readonly unsent: number;
};

/** Whether every session that could be replayed was, and has a sealed CDR; and the CDRs bill exactly the energy that went in. */
export const isFullyBilled = (input: ReplayInput, outcome: ReplayOutcome): boolean =>
  input.unsent === 0 &&
  outcome.held === 0 &&
  outcome.sessions === input.sessions &&
  outcome.cdrs === input.sessions &&
  outcome.energyBilled === input.energy;
