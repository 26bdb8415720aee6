import type { RunningPart } from '../runner-interfaces.ts';

/** A mapping at work. */
export type RunningSource = RunningPart & {
  /** Looks for records at once: something was written. */
  readonly wake: () => void;
  /** Tries at once what waits because it failed. */
  readonly hurry: () => void;
  /** Resolves when all that was there is done and nothing is in flight. */
  readonly settle: () => Promise<void>;
  /** Records delivered or given up since the start. */
  readonly doneCount: () => number;
};

/** Milliseconds that a mapping waits for batches in flight when it is stopped. */
const GRACE = 2_000;

/** Waits for batches in flight, but not for ever: what is not done by then is delivered again after the next start. */
export async function withinGrace(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GRACE);
  });
  await Promise.race([work, grace]);
  clearTimeout(timer);
}
