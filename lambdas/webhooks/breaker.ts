/** The end of an attempt: an answer of any kind, none within the time limit, or no connection at all. */
export type AttemptEnd = 'answered' | 'timed-out' | 'unreachable';

/** Says whether a receiver is worth an attempt, and learns from each. */
export type Breaker = {
  /** Ms for which a receiver is left alone; 0 where it may be tried. */
  readonly waitOf: (receiver: string, now: number) => number;
  /** Notes that an attempt begins; gives the ms that it may take, undefined for as long as usual. */
  readonly begin: (receiver: string, now: number) => number | undefined;
  readonly note: (receiver: string, end: AttemptEnd, now: number) => void;
};

type Seen = {
  score: number;
  /** Openings since the last answer. */
  openings: number;
  openUntil: number;
  /** One attempt finds out whether a receiver is back. */
  isProbed: boolean;
};

/** The score of an attempt without an answer: three that took their whole time open it, or ten that took none. */
const scores: Readonly<Record<Exclude<AttemptEnd, 'answered'>, number>> = {
  'timed-out': 10,
  unreachable: 3,
};
const mostScore = 30;
/** How long a receiver is left alone at first, and at most, ms: twice as long each time that it is found dead again. */
const [openFor, longestOpen] = [30_000, 600_000] as const;
/** How long a probe may take, ms, but each fourth, by which a slow receiver is found alive. */
const shortProbe = 5_000;
const fullProbeEvery = 4;
/** Longer than any attempt takes, ms. */
const longestAttempt = 20_000;
const mostKnown = 1_000;

function open(seen: Seen, now: number): void {
  seen.openings += 1;
  seen.isProbed = false;
  seen.openUntil = now + Math.min(openFor * 2 ** (seen.openings - 1), longestOpen);
}

/**
 * Leaves receivers alone that do not answer: each attempt that runs into its time limit takes as long as hundreds of deliveries to others.
 * After half a minute one short attempt at a time finds out whether the receiver is back, at last once in ten minutes.
 */
export function createBreaker(): Breaker {
  const known = new Map<string, Seen>();
  const seenOf = (receiver: string): Seen => {
    const found = known.get(receiver);
    if (found !== undefined) return found;
    if (known.size >= mostKnown) known.clear();
    const fresh: Seen = { score: 0, openings: 0, openUntil: 0, isProbed: false };
    known.set(receiver, fresh);
    return fresh;
  };
  return {
    waitOf: (receiver, now) => Math.max(0, (known.get(receiver)?.openUntil ?? 0) - now),
    begin: (receiver, now) => {
      const seen = known.get(receiver);
      if (seen === undefined || seen.openings === 0) return undefined;
      const limit = seen.openings % fullProbeEvery === 0 ? undefined : shortProbe;
      seen.isProbed = true;
      seen.openUntil = now + (limit ?? longestAttempt);
      return limit;
    },
    note: (receiver, end, now) => {
      if (end === 'answered') {
        known.delete(receiver);
        return;
      }
      const seen = seenOf(receiver);
      if (seen.openings > 0) {
        // Attempts that began together end together: they find it dead once.
        if (seen.isProbed) open(seen, now);
        return;
      }
      seen.score += scores[end];
      if (seen.score >= mostScore) open(seen, now);
    },
  };
}
