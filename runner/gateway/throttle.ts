/** How many requests a stage takes: so many a second in the long run, and a burst of so many at once. */
export type ThrottleLimits = { readonly perSecond: number; readonly burst: number };

/** Says whether one more request may pass at a time in milliseconds; times never go back. */
export type Throttle = (now: number) => boolean;

/** A token bucket, full at first; without limits everything passes. */
export function createThrottle(limits: ThrottleLimits | undefined): Throttle {
  if (limits === undefined) {
    return () => true;
  }
  const { perSecond, burst } = limits;
  let tokens = burst;
  let filledAt: number | undefined;
  return (now) => {
    const seconds = Math.max(0, now - (filledAt ?? now)) / 1000;
    tokens = Math.min(burst, tokens + seconds * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  };
}

/** Says whether one more request of a route may pass at a time in milliseconds; times never go back. */
export type RouteThrottle = (routeKey: string | undefined, now: number) => boolean;

/**
 * A token bucket for each route with limits of its own, and one that all others share. AWS does not say whether routes
 * without limits of their own share those of the stage: here they do, which is the harder case.
 */
export function createRouteThrottle(
  shared: ThrottleLimits | undefined,
  ofRoutes: ReadonlyMap<string, ThrottleLimits>,
): RouteThrottle {
  const all = createThrottle(shared);
  const own = new Map([...ofRoutes].map(([key, limits]) => [key, createThrottle(limits)]));
  return (routeKey, now) => (own.get(routeKey ?? '') ?? all)(now);
}
