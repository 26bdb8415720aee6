import type { RunningPart } from '../seams.ts';

/** A mapping at work. */
export type RunningSource = RunningPart & {
  /** Looks for records at once: something was written. */
  readonly wake: () => void;
  /** Resolves when all that was there is done and nothing is in flight. */
  readonly settle: () => Promise<void>;
  /** Records delivered or given up since the start. */
  readonly doneCount: () => number;
};
