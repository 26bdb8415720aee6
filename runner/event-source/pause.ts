/** Waits that all end at once when the stack stops. */
export type Pause = {
  /** Waits; gives up early when stopped. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Ends the waits that go on now. */
  readonly hurry: () => void;
  /** How often waits were ended so far: whoever was at work meanwhile need not begin a wait. */
  readonly hurries: () => number;
  readonly isStopped: () => boolean;
  readonly stop: () => void;
};

/** A source of waits. */
export function createPause(): Pause {
  const waiting = new Set<() => void>();
  let stopped = false;
  let hurries = 0;
  const hurry = () => {
    hurries += 1;
    for (const wake of [...waiting]) {
      wake();
    }
  };
  return {
    hurry,
    hurries: () => hurries,
    wait: (milliseconds) =>
      new Promise((resolve) => {
        if (stopped) {
          resolve();
          return;
        }
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        waiting.add(wake);
      }),
    isStopped: () => stopped,
    stop: () => {
      stopped = true;
      hurry();
    },
  };
}
