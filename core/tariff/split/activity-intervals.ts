import type { ActivityKind, Metered } from '../../metering/model/metered.ts';
import { type Instant, instant } from '../../units/instant.ts';

/** A span of charging or idling, cut where idle time begins or ends to be billed. It ends where the next begins. */
export type ActivityInterval = {
  readonly from: Instant;
  readonly activity: ActivityKind;
  /** True for idle time within the grace or beyond the cap. */
  readonly idleIsFree: boolean;
};

/**
 * Which part of a session's idle time is billed: milliseconds of it, added up over the session, in one piece or several. From the end of the grace period
 * on, until the cap is used up.
 */
export type BilledIdle = { readonly from: bigint; readonly until?: bigint };

/** Cuts one piece of idle time, before which the session idled for `idled` milliseconds already. */
const idleIntervals = (
  from: Instant,
  to: Instant,
  idled: bigint,
  billed: BilledIdle,
): readonly ActivityInterval[] => {
  const intervalAt = (at: bigint): ActivityInterval => {
    const total = idled + (at - from);
    const idleIsFree = total < billed.from || (billed.until !== undefined && total >= billed.until);
    return { from: instant(at), activity: 'idle', idleIsFree };
  };
  const cuts = [billed.from, ...(billed.until === undefined ? [] : [billed.until])]
    .map((total) => from + total - idled)
    .filter((at) => at > from && at < to);
  return [...new Set([from, ...cuts])].map(intervalAt);
};

/** Charging and idle intervals of a session up to `end`, ascending. */
export const activityIntervals = (
  { startedAt, activities }: Pick<Metered, 'startedAt' | 'activities'>,
  end: Instant,
  billed: BilledIdle,
): readonly ActivityInterval[] => {
  const intervals: ActivityInterval[] = [];
  let idled = 0n;
  for (const [index, { from, kind }] of activities.entries()) {
    const next = activities[index + 1]?.from ?? end;
    const to = next < end ? next : end;
    if (from >= to) continue;
    if (kind !== 'idle') {
      intervals.push({ from, activity: kind, idleIsFree: false });
    } else {
      intervals.push(...idleIntervals(from, to, idled, billed));
      idled += to - from;
    }
  }
  return intervals.length > 0
    ? intervals
    : [{ from: startedAt, activity: activities[0]?.kind ?? 'charging', idleIsFree: false }];
};
