import { ascending } from '../../units/ascending.ts';
import type { Instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { PhysicalBound } from '../register/physical-bound.ts';
import type { Clock } from './correct-clock.ts';

/** Something that the charger dated, and the register that it showed then, in mWh, where it did. */
export type Witness = {
  readonly at: Instant;
  readonly received: Instant;
  readonly register?: bigint;
};

const minute = 60_000n;
const hour = 60n * minute;
const day = 24n * hour;
/** Tolerance for a running clock, and for the transmission of a message. */
const live = 5n * minute;
/** Later than this a message of a charger that was connected has waited for nothing. */
const halfHour = 30n * minute;
/** Messages of a charger without a connection come days late; later than this by the same, the clock was never set. */
const latestQueue = 30n * day;

const lagOf = ({ at, received }: Witness): bigint => received - at;

const isLive = (witness: Witness): boolean => lagOf(witness) <= live && lagOf(witness) >= -live;

/**
 * A clock that was set while the session ran, or that was never set though it shows a year that could be. What it dated
 * before it was set becomes the time of receipt:
 * - it jumped where everything until some receipt is late, the next is live, and the time between the two cannot have
 *   passed: no reading lies in it, or the charger was `connected` in it and would have sent what it took, and no more energy flowed
 *   than fits between the receipts (`CLOCK_JUMPED`);
 * - it was never set, or is behind, where everything is late by the same, more than any queue lasts, dated before one of `since` (the
 *   charger was registered, commissioned, or booted last) or by more than half an hour although the charger was `connected` between the
 *   date of the first and its receipt, and came as it was taken (`TS_EPOCH`). What is off by the hours of a zone is shifted by these.
 * Readings that were queued while the charger had no connection are only late: their times are kept.
 */
export const clockSetting = (
  clock: Clock,
  witnesses: readonly Witness[],
  bound: PhysicalBound,
  recordAnomaly: RecordAnomaly,
  since: readonly Instant[] = [],
  connected?: Instant,
): Clock => {
  // Nothing came late: so it is with most sessions, and the running view of one asks this with each reading.
  if (witnesses.every(isLive)) return clock;
  const inOrder = witnesses.toSorted(
    (a, b) =>
      ascending(a.received, b.received) ||
      ascending(a.at, b.at) ||
      ascending(a.register ?? -1n, b.register ?? -1n),
  );
  const jumpedAt = lastBeforeJump(inOrder, bound, connected);
  const never = jumpedAt === undefined && wasNeverSet(inOrder, since);
  const behind = jumpedAt === undefined && !never && isBehind(inOrder, clock, connected);
  if (jumpedAt === undefined && !never && !behind) return clock;
  const latest = connected === undefined ? hour : halfHour;
  return (dated) => {
    const { at, received } = dated;
    const isLate = received !== undefined && received - at > latest;
    if (!isLate || (jumpedAt !== undefined && at > jumpedAt)) return clock(dated);
    recordAnomaly(jumpedAt === undefined ? 'TS_EPOCH' : 'CLOCK_JUMPED', received);
    return received;
  };
};

const lastBeforeJump = (
  witnesses: readonly Witness[],
  bound: PhysicalBound,
  connected: Instant | undefined,
): Instant | undefined => {
  const firstLive = witnesses.findIndex(isLive);
  const [before, after] = [witnesses[firstLive - 1], witnesses[firstLive]];
  if (before === undefined || after === undefined) return undefined;
  const passed = after.received - before.received;
  const jump = after.at - before.at - passed;
  const wasConnected =
    connected !== undefined && before.at < connected && connected < before.received;
  const isLong = jump > longestGap(witnesses.slice(firstLive)) || (wasConnected && jump > halfHour);
  const hasFlowed =
    before.register !== undefined &&
    after.register !== undefined &&
    after.register - before.register > bound(passed);
  return isLong && !hasFlowed ? before.at : undefined;
};

/** How long nothing may be read: four times what is usual, at least an hour; a day if nothing shows it. */
const longestGap = (witnesses: readonly Witness[]): bigint => {
  const times = [...new Set(witnesses.map(({ at }) => at))].sort(ascending);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  if (gaps.length < 2) return day;
  const usual = gaps.toSorted(ascending)[Math.floor(gaps.length / 2)] ?? day;
  return usual * 4n > hour ? usual * 4n : hour;
};

const wasNeverSet = (witnesses: readonly Witness[], since: readonly Instant[]): boolean => {
  const least = leastOf(witnesses.map(lagOf));
  const times = witnesses.map(({ at }) => at).sort(ascending);
  const last = times.at(-1);
  const isBefore = last !== undefined && since.some((at) => last < at);
  const isTooOld = least > latestQueue || (least > hour && isBefore);
  return isTooOld && cameAsTaken(witnesses);
};

/** Whether a clock is behind by more than half an hour: its charger was connected before all that it dated came, and waited for nothing. */
const isBehind = (
  witnesses: readonly Witness[],
  clock: Clock,
  connected: Instant | undefined,
): boolean => {
  const first = witnesses[0];
  if (first === undefined || connected === undefined) return false;
  return (
    leastOf(witnesses.map(lagOf)) > halfHour &&
    first.at < connected &&
    connected < first.received &&
    cameAsTaken(witnesses) &&
    witnesses.every((witness) => clock(witness) === witness.at)
  );
};

/** Whether everything is late by the same, over two minutes at least: it was received over the same time in which it was taken. */
const cameAsTaken = (witnesses: readonly Witness[]): boolean => {
  const lags = witnesses.map(lagOf);
  const times = witnesses.map(({ at }) => at);
  return leastOf(lags) + minute >= mostOf(lags) && mostOf(times) - leastOf(times) >= 2n * minute;
};

const leastOf = (values: readonly bigint[]): bigint => values.toSorted(ascending)[0] ?? 0n;

const mostOf = (values: readonly bigint[]): bigint => values.toSorted(ascending).at(-1) ?? 0n;
