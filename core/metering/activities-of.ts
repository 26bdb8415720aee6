import type { Activity, EnergyPoint } from './metered.ts';
import type { SessionWindow } from './session-window.ts';
import type { StatePoint } from './state-points.ts';
import type { TotalSample } from './total-samples.ts';

/** A vehicle that draws less than this, in mW, is not charging: 100 W, the standby of its electronics. */
const standby = 100_000n;

/** Without any state of the connector, energy must have been flat for this long, in ms, to count as idle: 15 minutes. */
const shownIdle = 15n * 60_000n;

const millisecondsPerHour = 3_600_000n;

/** What idle time is judged by. */
export type ActivityEvidence = {
  readonly states: readonly StatePoint[];
  readonly series: readonly EnergyPoint[];
  readonly power: readonly TotalSample[];
};

/**
 * Divides a session into charging and idle time. Idle is only what the charger showed:
 * - by the connector's states: idle from `SuspendedEV` or `Finishing` to the next other state; charging before the
 *   first state; never idle over a stretch in which energy flowed all the same;
 * - without such states: idle from the reading of the last energy to the stop, when at least 15 minutes of unchanged
 *   register (and no power above standby) show it, and only after energy was delivered at all and the session ended.
 */
export const activitiesOf = (
  window: SessionWindow,
  evidence: ActivityEvidence,
): readonly Activity[] => {
  const during = evidence.states.filter(({ at }) => at >= window.startedAt && at < window.endedAt);
  const telling = evidence.states.some(
    ({ at, shows }) => at >= window.startedAt && at <= window.endedAt && shows !== 'neither',
  );
  const shown = telling ? byStates(window, during, evidence.series) : byEnergy(window, evidence);
  return joined([{ from: window.startedAt, kind: 'charging' }, ...shown]);
};

/** Drops what changes nothing; of two activities that begin together the later in the list holds. */
const joined = (activities: readonly Activity[]): readonly Activity[] => {
  const last = activities.filter(({ from }, index) => activities[index + 1]?.from !== from);
  return last.filter(({ kind }, index) => last[index - 1]?.kind !== kind);
};

const byStates = (
  { endedAt }: SessionWindow,
  states: readonly StatePoint[],
  series: readonly EnergyPoint[],
): readonly Activity[] =>
  states.flatMap(({ at, shows }, index): readonly Activity[] => {
    if (shows !== 'idle') return [{ from: at, kind: 'charging' }];
    const to = states[index + 1]?.at ?? endedAt;
    return [{ from: at, kind: 'idle' }, ...interruptions(at, to, series)];
  });

/** Stretches between two readings, wholly within idle time, over which the vehicle drew energy all the same. */
const interruptions = (
  from: bigint,
  to: bigint,
  series: readonly EnergyPoint[],
): readonly Activity[] =>
  series.slice(1).flatMap((point, index): readonly Activity[] => {
    const before = series[index];
    if (before === undefined || before.at < from || point.at > to) return [];
    if (!drew(before, point)) return [];
    const charging: Activity = { from: before.at, kind: 'charging' };
    return point.at < to ? [charging, { from: point.at, kind: 'idle' }] : [charging];
  });

const drew = (before: EnergyPoint, after: EnergyPoint): boolean =>
  (after.energy - before.energy) * millisecondsPerHour > standby * (after.at - before.at);

const byEnergy = (
  { endedAt, stopped }: SessionWindow,
  { series, power }: ActivityEvidence,
): readonly Activity[] => {
  const lastRise = series.findLastIndex((point, index) => {
    const before = series[index - 1];
    return before !== undefined && drew(before, point);
  });
  const last = series[lastRise];
  if (!stopped || last === undefined || endedAt - last.at <= shownIdle) return [];
  const draws = power.some(({ at, value }) => at > last.at && at <= endedAt && value > standby);
  return draws ? [] : [{ from: last.at, kind: 'idle' }];
};
