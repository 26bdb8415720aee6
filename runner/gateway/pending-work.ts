import { setTimeout as delay } from 'node:timers/promises';

/** Work that a stop waits for. */
export type PendingWork = {
  /** Takes note of work until it is done; it must not fail. */
  readonly add: (work: Promise<unknown>) => void;
  /** Resolves when nothing is pending any more, or when patience ends; milliseconds. */
  readonly drained: (patience: number) => Promise<void>;
};

/** Keeps track of work that goes on behind the scenes. */
export function createPendingWork(): PendingWork {
  const pending = new Set<Promise<unknown>>();
  const settle = async (signal: AbortSignal): Promise<void> => {
    while (pending.size > 0 && !signal.aborted) {
      await Promise.all(pending);
    }
  };
  return {
    add: (work) => {
      pending.add(work);
      void work.finally(() => pending.delete(work));
    },
    drained: async (patience) => {
      const stop = new AbortController();
      const patienceEnds = delay(patience, undefined, { signal: stop.signal }).catch(() => {});
      await Promise.race([settle(stop.signal), patienceEnds]);
      stop.abort();
    },
  };
}
