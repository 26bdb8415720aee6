/** How a charger waits before it tries again: `least` seconds and up to `spread` more, doubled with each of the first `doublings` failures. */
export type BackOff = {
  readonly least: number;
  readonly spread: number;
  readonly doublings: number;
};

/** A fleet that lost its connections within some seconds, and how many handshakes it may make. */
export type Storm = {
  readonly chargers: number;
  /** Seconds within which all of them notice. */
  readonly within: number;
  readonly backOff: BackOff;
  /** New connections a second, and how many at once after a pause. */
  readonly rate: number;
  readonly burst: number;
};

/** The course of a storm, in whole seconds from its beginning. */
export type Calm = {
  /** Connections that were made in each second. */
  readonly accepted: readonly number[];
  readonly attempts: number;
  /** The most attempts of a second. */
  readonly peak: number;
  /** When a half, nineteen of twenty, and all chargers were back. */
  readonly halfAt: number;
  readonly mostAt: number;
  readonly allAt: number;
};

/** Numbers from 0 to 1 that look random, the same for the same seed (mulberry32). */
const numbersFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const waitOf = ({ least, spread, doublings }: BackOff, failures: number, draw: number): number =>
  least * 2 ** Math.min(failures, doublings) + draw * spread;

/**
 * Plays a mass reconnect second by second: a bucket that fills at `rate` up to `burst` lets handshakes in, in a random order; each
 * that is refused waits by its back-off and tries again.
 */
export function playStorm(storm: Storm, seed: number): Calm {
  const draw = numbersFrom(seed);
  const due = new Map<number, number[]>();
  const plan = (second: number, failures: number): void => {
    const others = due.get(second) ?? [];
    others.push(failures);
    due.set(second, others);
  };
  for (let n = 0; n < storm.chargers; n += 1) {
    const noticed = draw() * storm.within;
    plan(Math.floor(noticed + waitOf(storm.backOff, 0, draw())), 0);
  }
  const accepted: number[] = [];
  let [attempts, peak, connected] = [0, 0, 0];
  let room = storm.burst;
  for (let second = 0; connected < storm.chargers; second += 1) {
    const trying = shuffled(due.get(second) ?? [], draw);
    due.delete(second);
    room = Math.min(storm.burst, room + (second === 0 ? 0 : storm.rate));
    const admitted = Math.min(room, trying.length);
    room -= admitted;
    connected += admitted;
    accepted.push(admitted);
    attempts += trying.length;
    peak = Math.max(peak, trying.length);
    for (const failures of trying.slice(admitted)) {
      const wait = Math.max(1, waitOf(storm.backOff, failures + 1, draw()));
      plan(second + Math.floor(wait), failures + 1);
    }
  }
  const reachedAt = (share: number): number => {
    let sum = 0;
    return accepted.findIndex((count) => {
      sum += count;
      return sum >= storm.chargers * share;
    });
  };
  return {
    accepted,
    attempts,
    peak,
    halfAt: reachedAt(0.5),
    mostAt: reachedAt(0.95),
    allAt: reachedAt(1),
  };
}

function shuffled(values: readonly number[], draw: () => number): readonly number[] {
  const order = [...values];
  for (let n = order.length - 1; n > 0; n -= 1) {
    const other = Math.floor(draw() * (n + 1));
    [order[n], order[other]] = [order[other] ?? 0, order[n] ?? 0];
  }
  return order;
}
