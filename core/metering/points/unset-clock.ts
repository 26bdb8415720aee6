import { type Instant, instant } from '../../units/instant.ts';
import type { Clock } from './correct-clock.ts';
import { clockTolerance, type ReadTimestamp } from './read-timestamp.ts';
import { spanOf } from './zone-levels.ts';

/**
 * The clock of a session whose start and stop were both dated by a clock that was never set, where one of them waited for a connection: how long the session
 * lasted is known by that clock, and when by the message that waited less. Undefined where both came as they were taken, where the clock began again between
 * them, and where something was read after such a stop (`read`: the times of the readings by `clock`).
 */
export const unsetClock = (
  clock: Clock,
  start: ReadTimestamp | undefined,
  stop: ReadTimestamp | undefined,
  read: readonly Instant[],
): Clock | undefined => {
  if (start?.unset === undefined || stop?.unset === undefined) return undefined;
  const leads = [start.unset - start.at, stop.unset - stop.at];
  const { from, to: most } = spanOf(leads);
  if (most - from <= clockTolerance || stop.unset < start.unset) return undefined;
  const endedAt = stop.unset - most;
  if (read.some((at) => at > endedAt + clockTolerance && at < stop.at)) return undefined;
  return (dated) => (dated.unset === undefined ? clock(dated) : instant(dated.unset - most));
};
