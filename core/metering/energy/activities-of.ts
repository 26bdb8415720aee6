import { type Instant, instant } from '../../units/instant.ts';
import type { Activity, EnergyPoint } from '../model/metered.ts';
import type { StatePoint } from '../points/state-points.ts';
import type { PhysicalBound } from '../register/physical-bound.ts';
import type { SessionWindow } from '../register/session-window.ts';
import type { TotalSample } from '../register/total-samples.ts';

/** A vehicle that draws less than this, in mW, is not charging: 100 W, the standby of its electronics. */
const standby = 100_000n;

/** Without any state of the connector, energy must have been flat for longer than this, in ms, to count as idle: 15 minutes. */
const shownIdle = 15n * 60_000n;

const millisecondsPerHour = 3_600_000n;

/** The facts by which idle time is determined. */
export type ActivityEvidence = {
  readonly states: readonly StatePoint[];
  readonly series: readonly EnergyPoint[];
  readonly power: readonly TotalSample[];
  /** The last reading that was counted, where there is one: after it nothing shows whether energy flowed. */
  readonly shownTo?: bigint;
  /** The most that the charger can deliver, where its power is registered. */
  readonly bound?: PhysicalBound;
};

/**
 * Divides a session into charging and idle time. Idle is only what the charger showed:
 * - by the connector's states: idle from `suspended-by-vehicle` or `finishing` to the next other state; charging before the
 *   first state; never idle over a span between two readings whose energy did not fit into its other time;
 * - without such states: idle from the reading of the last energy to the last reading, when more than 15 minutes of
 *   unchanged register (and no power above standby) show it, and only after energy was delivered at all and the
 *   session ended.
 */
export const activitiesOf = (
  window: SessionWindow,
  evidence: ActivityEvidence,
): readonly Activity[] => {
  const during = evidence.states.filter(({ at }) => at >= window.startedAt && at < window.endedAt);
  const telling = evidence.states.some(
    ({ at, shows }) => at >= window.startedAt && at <= window.endedAt && shows !== 'neither',
  );
  const shown = telling ? byStates(window, during, evidence) : byEnergy(window, evidence);
  return joined([{ from: window.startedAt, kind: 'charging' }, ...shown]);
};

/** Drops what changes nothing; of two activities that begin together the later in the list holds. */
const joined = (activities: readonly Activity[]): readonly Activity[] => {
  const last = activities.filter(({ from }, index) => activities[index + 1]?.from !== from);
  return last.filter(({ kind }, index) => last[index - 1]?.kind !== kind);
};

type Span = { readonly from: Instant; readonly to: Instant };

const byStates = (
  { endedAt }: SessionWindow,
  states: readonly StatePoint[],
  evidence: ActivityEvidence,
): readonly Activity[] => {
  const spans = states.map(({ at, shows }, index) => ({
    from: at,
    to: states[index + 1]?.at ?? endedAt,
    shows,
  }));
  const idle = spans.filter(({ shows }) => shows === 'idle');
  const charged = chargedAllTheSame(idle, evidence);
  return spans.flatMap(({ shows, ...span }): readonly Activity[] =>
    shows === 'idle'
      ? [{ from: span.from, kind: 'idle' }, ...interruptions(span, charged)]
      : [{ from: span.from, kind: 'charging' }],
  );
};

/** Spans between two readings over which the vehicle drew more than fits into what the states leave of them. */
const chargedAllTheSame = (
  idle: readonly Span[],
  { series, bound }: ActivityEvidence,
): readonly Span[] =>
  series.slice(1).flatMap((after, index): readonly Span[] => {
    const before = series[index];
    if (before === undefined) return [];
    const span: Span = { from: before.at, to: after.at };
    const other = idle.reduce((rest, one) => rest - overlap(one, span), after.at - before.at);
    const isTooMuch =
      other > 0n
        ? bound !== undefined && after.energy - before.energy > bound(other)
        : drew(before, after);
    return isTooMuch ? [span] : [];
  });

const overlap = (a: Span, b: Span): bigint => {
  const from = later(a.from, b.from);
  const to = earlier(a.to, b.to);
  return to > from ? to - from : 0n;
};

const later = (a: Instant, b: Instant): Instant => (a < b ? b : a);

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

const interruptions = (idle: Span, charged: readonly Span[]): readonly Activity[] =>
  charged
    .filter((span) => overlap(idle, span) > 0n)
    .flatMap(({ from, to }): readonly Activity[] => [
      { from: later(from, idle.from), kind: 'charging' },
      ...(to < idle.to ? [{ from: to, kind: 'idle' } as const] : []),
    ]);

const drew = (before: EnergyPoint, after: EnergyPoint): boolean =>
  (after.energy - before.energy) * millisecondsPerHour > standby * (after.at - before.at);

const byEnergy = (
  { endedAt, stopped }: SessionWindow,
  { series, power, shownTo }: ActivityEvidence,
): readonly Activity[] => {
  const lastRise = series.findLastIndex((point, index) => {
    const before = series[index - 1];
    return before !== undefined && drew(before, point);
  });
  const last = series[lastRise];
  if (!stopped || last === undefined || shownTo === undefined) return [];
  const to = shownTo < endedAt ? instant(shownTo) : endedAt;
  if (to - last.at <= shownIdle) return [];
  const draws = power.some(({ at, value }) => at > last.at && at <= endedAt && value > standby);
  if (draws) return [];
  const idle: Activity = { from: last.at, kind: 'idle' };
  return to < endedAt ? [idle, { from: to, kind: 'charging' }] : [idle];
};
