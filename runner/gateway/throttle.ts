/** How many requests a stage takes: so many a second in the long run, and a burst of so many at once. */
export type ThrottleLimits = { readonly perSecond: number; readonly burst: number };

/** Says whether one more request may pass at a time in milliseconds; times never go back. */
export type Throttle = (now: number) => boolean;

/** A token bucket, full at first, as API Gateway keeps one for each stage; without limits everything passes. */
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
