const minute = 60;
const hour = 3600;

/** Seconds from one attempt to the next, as Standard Webhooks suggests them: 75.6 hours in all. */
export const retryWaits: readonly number[] = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** The most of a wait, as a share of it, that is added so that failed deliveries do not come back all at once. */
const mostJitter = 0.2;

/** The longest that a receiver may ask us to wait, seconds. */
const longestAsked = 24 * hour;

/**
 * Seconds to wait after the failed attempt of a number (1 for the first) until the next one; undefined after the last. `askedFor` is
 * the wait that the receiver asked for in seconds, of which 24 hours count; `chance` is a random number from 0 to 1.
 */
export function retryWait(
  attempt: number,
  askedFor: number | undefined,
  chance: number,
): number | undefined {
  const wait = retryWaits[attempt - 1];
  if (wait === undefined) return undefined;
  const jittered = wait * (1 + mostJitter * chance);
  return Math.ceil(Math.max(jittered, Math.min(askedFor ?? 0, longestAsked)));
}

/** Reads a `Retry-After` header (RFC 9110, section 10.2.3) as seconds from `now`, epoch ms; undefined for anything else. */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value.trim());
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

/** How long a webhook may fail without a success in between before it is disabled, ms: five days. */
export const failingAtMost = 5 * 24 * hour * 1000;
