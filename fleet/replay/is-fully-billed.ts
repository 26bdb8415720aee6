import type { ReplayOutcome } from './await-cdrs.ts';

/** The totals of what a replay sent. */
export type ReplayInput = {
  readonly sessions: number;
  /** mWh. */
  readonly energy: bigint;
  /** Sessions of the file for which no connector was free, so that they were not sent. */
  readonly unsent: number;
};

/** True if every valid session was replayed and has a sealed CDR, and the CDRs bill exactly the energy of the file. */
export const isFullyBilled = (input: ReplayInput, outcome: ReplayOutcome): boolean =>
  input.unsent === 0 &&
  outcome.held === 0 &&
  outcome.sessions === input.sessions &&
  outcome.cdrs === input.sessions &&
  outcome.energyBilled === input.energy;
