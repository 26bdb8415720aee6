/** Says whether a receiver is worth an attempt, and learns from each. */
export type Breaker = {
  readonly isOpen: (webhookId: string, now: number) => boolean;
  readonly note: (webhookId: string, timedOut: boolean, now: number) => void;
};

type Seen = { timeouts: number; openUntil: number };

/** Attempts in a row that got no answer in time before a receiver is left alone. */
const mostTimeouts = 3;
/** How long it is left alone, ms. */
const openFor = 30_000;
const mostKnown = 1_000;

/**
 * Leaves receivers alone for half a minute that let attempts run into their time limit again and again: each of these takes as long as
 * hundreds of deliveries to others. An attempt that is not made counts as failed, and the next one comes by the usual schedule.
 */
export function createBreaker(): Breaker {
  const known = new Map<string, Seen>();
  const seenOf = (webhookId: string): Seen => {
    const found = known.get(webhookId);
    if (found !== undefined) return found;
    if (known.size >= mostKnown) known.clear();
    const fresh = { timeouts: 0, openUntil: 0 };
    known.set(webhookId, fresh);
    return fresh;
  };
  return {
    isOpen: (webhookId, now) => (known.get(webhookId)?.openUntil ?? 0) > now,
    note: (webhookId, timedOut, now) => {
      const seen = seenOf(webhookId);
      seen.timeouts = timedOut ? seen.timeouts + 1 : 0;
      if (seen.timeouts >= mostTimeouts) {
        seen.openUntil = now + openFor;
        seen.timeouts = mostTimeouts - 1;
      }
    },
  };
}
