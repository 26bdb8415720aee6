import type { Activity } from '../model/metered.ts';

/** A span, and when its session ended. */
type Span = { readonly from: bigint; readonly to: bigint; readonly endedAt: bigint };

/** For how long a vehicle charged in a span, in ms, as its activities show. */
export const chargingTime = (
  activities: readonly Activity[],
  { from, to, endedAt }: Span,
): bigint =>
  activities.reduce((sum, activity, index) => {
    if (activity.kind !== 'charging') return sum;
    const next = activities[index + 1]?.from ?? endedAt;
    const begun = activity.from > from ? activity.from : from;
    const ended = next < to ? next : to;
    return ended > begun ? sum + ended - begun : sum;
  }, 0n);
