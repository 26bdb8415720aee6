import type { Instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Clock } from './correct-clock.ts';

/** How long before the start of its session, in ms, something may be dated that the charger took for it: an hour. */
export const longestBefore = 60n * 60_000n;

/**
 * The clock of a session's readings. None of them is taken before its session began: one that is dated more than an hour before, and was
 * received later than that, is of a clock that was not set, whatever year it shows, and counts by its receipt (`TS_EPOCH`). Readings that a
 * charger kept for days while it had no connection are dated within their session. `startedAt`: by the same charger's start, where there is one.
 */
export const sessionClock = (
  clock: Clock,
  startedAt: Instant | undefined,
  recordAnomaly: RecordAnomaly,
): Clock => {
  if (startedAt === undefined) return clock;
  return (dated) => {
    const at = clock(dated);
    const { received } = dated;
    if (received === undefined || at + longestBefore >= startedAt || received < startedAt) {
      return at;
    }
    recordAnomaly('TS_EPOCH', received);
    return received;
  };
};
