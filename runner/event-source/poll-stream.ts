import type { RunningPart } from '../runner-interfaces.ts';
import type { Pause } from './pause.ts';

/** The parts polling needs. */
export type PollParts = {
  readonly pause: Pause;
  /** Least time between two polls in milliseconds, however much is written. */
  readonly spacing: number;
  /** Reads once; gives the number of records read, more than 0 wherever there may be more. */
  readonly read: () => Promise<number>;
  readonly report: (line: string) => void;
};

/** A poll going on. */
export type Poll = RunningPart & {
  readonly wake: () => void;
  /** One more read that begins now; gives the number of records read. */
  readonly readNow: () => Promise<number>;
};

/** Longest wait while nothing is written; writes through the endpoint wake the poll anyway. */
const LONGEST_WAIT = 1_000;

/** A read of so many records shows that much is written: the next one may wait a little longer, and finds more. */
const MANY = 8;

/** Longest spacing of polls while much is written. */
const WIDEST_SPACING = 100;

/** Reads again and again: soon after a write, seldom while nothing happens. */
export function pollStream({ pause, spacing, read, report }: PollParts): Poll {
  let wakeUp = () => {};
  let isAwake = false;
  let current: Promise<number> = Promise.resolve(0);
  const readNow = () => {
    // One read at a time: two of them would take the same records.
    current = current.catch(() => 0).then(read);
    return current;
  };
  const sleep = async (milliseconds: number) => {
    const woken = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    if (!isAwake) {
      await Promise.race([woken, pause.wait(milliseconds)]);
    }
    isAwake = false;
  };
  const run = async () => {
    let wait = spacing;
    let space = spacing;
    let hasFailed = false;
    while (!pause.isStopped()) {
      const count = await readNow().catch((error: unknown) => {
        // Said once: an outage of the database ends for each stream by itself.
        if (!hasFailed && !pause.isStopped()) report(`cannot read the stream: ${error}`);
        hasFailed = true;
        return undefined;
      });
      if (count !== undefined) hasFailed = false;
      const isMuch = (count ?? 0) >= MANY;
      space = isMuch ? Math.max(spacing, Math.min(WIDEST_SPACING, space * 2)) : spacing;
      wait = count ? space : Math.min(LONGEST_WAIT, wait * 2);
      await pause.wait(space);
      await sleep(wait - space);
    }
  };
  const running = run();
  return {
    readNow,
    wake: () => {
      isAwake = true;
      wakeUp();
    },
    stop: async () => {
      pause.stop();
      wakeUp();
      await running;
    },
  };
}
