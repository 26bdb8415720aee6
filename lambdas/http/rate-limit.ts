/** How many calls a caller may make, and how they are counted over all instances of a function. */
export type RateLimit = {
  readonly callsPerWindow: number;
  readonly windowSeconds: number;
  /** After how many calls an instance adds its count to that of the others: callers with fewer calls cost no write. */
  readonly callsPerCount: number;
  /** Adds calls to a caller's count of a window and gives the count of all instances. */
  readonly count: (caller: string, window: number, calls: number) => Promise<number>;
};

/** The rest of a caller's limit after a request, as far as this instance knows. */
export type RateState = {
  readonly limit: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  /** Seconds until the window ends, at least 1. */
  readonly resetSeconds: number;
};

/** Counts a request; `exceeded` where the caller made too many. */
export type TakeCall = (
  caller: string,
  now: number,
) => Promise<{ readonly kind: 'taken' | 'exceeded'; readonly rate: RateState }>;

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
    const resetSeconds = Math.max(1, Math.ceil((window + 1) * windowSeconds - now / 1000));
    const rate = (): RateState => ({
      limit: callsPerWindow,
      windowSeconds,
      remaining: Math.max(0, callsPerWindow - calls.counted - calls.uncounted),
      resetSeconds,
    });
    if (calls.counted + calls.uncounted >= callsPerWindow) {
      return { kind: 'exceeded', rate: rate() };
    }
    calls.uncounted += 1;
    if (calls.uncounted >= callsPerCount) {
      const adding = calls.uncounted;
      calls.uncounted = 0;
      calls.counted = await count(caller, window, adding);
    }
    return { kind: 'taken', rate: rate() };
  };
}
