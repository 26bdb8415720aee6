import type { Metered } from '../metering/metered.ts';
import { type Instant, instant } from '../units/instant.ts';

/** A stretch of charging or idling, the idle ones cut where the grace is used up. It ends where the next begins. */
export type ActivityStretch = {
  readonly from: Instant;
  readonly activity: 'charging' | 'idle';
  readonly inGrace: boolean;
};

const stretchesOf = (
  activity: 'charging' | 'idle',
  from: Instant,
  to: Instant,
  graceLeft: bigint,
): readonly ActivityStretch[] => {
  const graceEnd = instant(from + graceLeft);
  if (activity === 'charging' || graceLeft <= 0n) return [{ from, activity, inGrace: false }];
  const free: ActivityStretch = { from, activity, inGrace: true };
  return graceEnd >= to ? [free] : [free, { from: graceEnd, activity, inGrace: false }];
};

/**
 * Charging and idle stretches of a session up to `end`, ascending. The grace is one budget for the session: the first
 * `grace` milliseconds of idle time are free, in one piece or several.
 */
export const activityStretches = (
  { startedAt, activities }: Pick<Metered, 'startedAt' | 'activities'>,
  end: Instant,
  grace: bigint,
): readonly ActivityStretch[] => {
  const stretches: ActivityStretch[] = [];
  let graceLeft = grace;
  for (const [index, { from, kind }] of activities.entries()) {
    const next = activities[index + 1]?.from ?? end;
    const to = next < end ? next : end;
    if (from >= to) continue;
    stretches.push(...stretchesOf(kind, from, to, graceLeft));
    if (kind === 'idle') graceLeft -= to - from;
  }
  return stretches.length > 0
    ? stretches
    : [{ from: startedAt, activity: activities[0]?.kind ?? 'charging', inGrace: false }];
};
