import type { Metered } from '../metering/metered.ts';
import { type Instant, instant } from '../units/instant.ts';
import type { Tariff } from './tariff.ts';

/** A stretch of charging or idling, cut where idle time begins or ends to be billed. It ends where the next begins. */
export type ActivityStretch = {
  readonly from: Instant;
  readonly activity: 'charging' | 'idle';
  /** True for idle time within the grace or beyond the cap. */
  readonly idleIsFree: boolean;
};

/** Which part of a session's idle time is billed: milliseconds of it, added up over the session. */
export type BilledIdle = { readonly from: bigint; readonly until?: bigint };

const milliseconds = (minutes: number): bigint => BigInt(minutes) * 60_000n;

/**
 * The part of idle time that a tariff bills: behind its grace, up to its cap. Both are one budget for the session,
 * used up by idle time in one piece or several.
 */
export const billedIdleOf = ({ idleGraceMinutes = 0, idleCapMinutes }: Tariff): BilledIdle => {
  const from = milliseconds(idleGraceMinutes);
  return idleCapMinutes === undefined
    ? { from }
    : { from, until: from + milliseconds(idleCapMinutes) };
};

/** Cuts one piece of idle time, before which the session idled for `idled` milliseconds already. */
const idleStretches = (
  from: Instant,
  to: Instant,
  idled: bigint,
  billed: BilledIdle,
): readonly ActivityStretch[] => {
  const stretchAt = (at: bigint): ActivityStretch => {
    const total = idled + (at - from);
    const idleIsFree = total < billed.from || (billed.until !== undefined && total >= billed.until);
    return { from: instant(at), activity: 'idle', idleIsFree };
  };
  const cuts = [billed.from, ...(billed.until === undefined ? [] : [billed.until])]
    .map((total) => from + total - idled)
    .filter((at) => at > from && at < to);
  return [...new Set([from, ...cuts])].map(stretchAt);
};

/** Charging and idle stretches of a session up to `end`, ascending. */
export const activityStretches = (
  { startedAt, activities }: Pick<Metered, 'startedAt' | 'activities'>,
  end: Instant,
  billed: BilledIdle,
): readonly ActivityStretch[] => {
  const stretches: ActivityStretch[] = [];
  let idled = 0n;
  for (const [index, { from, kind }] of activities.entries()) {
    const next = activities[index + 1]?.from ?? end;
    const to = next < end ? next : end;
    if (from >= to) continue;
    if (kind === 'charging') {
      stretches.push({ from, activity: kind, idleIsFree: false });
    } else {
      stretches.push(...idleStretches(from, to, idled, billed));
      idled += to - from;
    }
  }
  return stretches.length > 0
    ? stretches
    : [{ from: startedAt, activity: activities[0]?.kind ?? 'charging', idleIsFree: false }];
};
