/** How many calls a caller may make, and how they are counted over all instances of a function. */
export type RateLimit = {
  readonly callsPerWindow: number;
  readonly windowSeconds: number;
  /** After how many calls an instance adds its count to that of the others: callers with fewer calls cost no write. */
  readonly callsPerCount: number;
  /** Adds calls to a caller's count of a window and gives the count of all instances. */
  readonly count: (caller: string, window: number, calls: number) => Promise<number>;
};

/** Counts a request; returns the seconds after which the caller may continue, if it made too many. */
export type TakeCall = (caller: string, now: number) => Promise<number | undefined>;

type Counted = { readonly window: number; uncounted: number; counted: number };

const mostRemembered = 1_000;

/**
 * Limits the calls of each caller, in fixed windows. Instances count for themselves and exchange their counts now and
 * then, so that `callsPerCount` calls for each instance may pass above the limit.
 */
export function createRateLimit(limit: RateLimit): TakeCall {
  const { callsPerWindow, windowSeconds, callsPerCount, count } = limit;
  const callers = new Map<string, Counted>();
  const callsOf = (caller: string, window: number): Counted => {
    const known = callers.get(caller);
    if (known?.window === window) return known;
    if (callers.size >= mostRemembered) callers.clear();
    const fresh = { window, uncounted: 0, counted: 0 };
    callers.set(caller, fresh);
    return fresh;
  };
  return async (caller, now) => {
    const window = Math.floor(now / 1000 / windowSeconds);
    const calls = callsOf(caller, window);
    if (calls.counted + calls.uncounted >= callsPerWindow) {
      return Math.max(1, Math.ceil((window + 1) * windowSeconds - now / 1000));
    }
    calls.uncounted += 1;
    if (calls.uncounted >= callsPerCount) {
      const adding = calls.uncounted;
      calls.uncounted = 0;
      calls.counted = await count(caller, window, adding);
    }
    return undefined;
  };
}
