import { ascending } from '../../units/ascending.ts';
import type { Instant } from '../../units/instant.ts';

const quarterHour = 15n * 60_000n;
/** The furthest that a zone is from UTC, in ms: 14 hours. */
export const furthestZone = 14n * 60n * 60_000n;
const minimum = 3;

/** How exactly messages that came as they were taken agree in how far the clock is ahead, in ms: a minute. */
export const sameClock = 60_000n;

/** A time by the charger's clock, and by ours when it came. */
export type Heard = { readonly at: Instant; readonly received: Instant };

/** A span of receipts over which a clock was off by one offset, in ms. */
export type ZoneLevel = { readonly offset: bigint; readonly from: bigint; readonly to: bigint };

/** Whether a time is off by an offset, in ms, to a minute. */
export const isOffBy = (lag: bigint, offset: bigint): boolean =>
  lag - offset <= sameClock && offset - lag <= sameClock;

/** The nearest multiple of a quarter of an hour; BigInt division truncates, so half a quarter is added first. */
export const nearestQuarter = (lag: bigint): bigint => {
  const half = lag < 0n ? -quarterHour / 2n : quarterHour / 2n;
  return ((lag + half) / quarterHour) * quarterHour;
};

/**
 * The time zones that a charger's clock showed, by the first receipt: at least 3 messages, received over the same span of time in which they
 * were taken, are off by one multiple of 15 minutes, up to 14 hours. Messages that waited and came together are only late, and so
 * are those that one of `live`, of a right clock, overtook.
 */
export const zoneLevels = (
  heard: readonly Heard[],
  live: readonly Instant[],
): readonly ZoneLevel[] => {
  const groups = new Map<bigint, Map<bigint, Heard>>();
  for (const { at, received } of firstsOf(heard)) {
    const offset = nearestQuarter(at - received);
    if (!isOffBy(at - received, offset)) continue;
    const group = groups.get(offset) ?? new Map<bigint, Heard>();
    groups.set(offset, group.set(at, { at, received }));
  }
  return [...groups]
    .map(([offset, group]) => ({ offset, group: [...group.values()] }))
    .filter(
      ({ offset, group }) => isZone(offset) && arrivedAsTaken(group) && !overtaken(group, live),
    )
    .map(({ offset, group }) => ({ offset, ...spanOf(group.map(({ received }) => received)) }))
    .sort((a, b) => ascending(a.from, b.from));
};

/** Times by their first receipt, where a later message repeats them, as the stop does with readings. */
const firstsOf = (heard: readonly Heard[]): readonly Heard[] => {
  const firsts = new Map<bigint, Heard>();
  for (const one of heard) {
    const known = firsts.get(one.at);
    if (known === undefined || one.received < known.received) firsts.set(one.at, one);
  }
  return [...firsts.values()];
};

const isZone = (offset: bigint): boolean => offset <= furthestZone && offset >= -furthestZone;

const arrivedAsTaken = (group: readonly Heard[]): boolean => {
  if (group.length < minimum) return false;
  const taken = lengthOf(group.map(({ at }) => at));
  const arrived = lengthOf(group.map(({ received }) => received));
  return taken >= 2n * sameClock && isOffBy(taken, arrived);
};

/** Whether a reading whose clock was right was taken later than one of these and came before it: these are only late. */
const overtaken = (group: readonly Heard[], live: readonly bigint[]): boolean =>
  group.some(({ at, received }) => live.some((other) => other > at && other < received));

/** The first and the last of some times. */
export const spanOf = (
  times: readonly bigint[],
): { readonly from: bigint; readonly to: bigint } => {
  const ordered = times.toSorted(ascending);
  return { from: ordered[0] ?? 0n, to: ordered.at(-1) ?? 0n };
};

/** How much time lies between the first and the last of some times. */
export const lengthOf = (times: readonly bigint[]): bigint => {
  const { from, to } = spanOf(times);
  return to - from;
};
