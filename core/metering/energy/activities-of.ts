import { ascending } from '../../units/ascending.ts';
import { type Instant, instant } from '../../units/instant.ts';
import type { Activity, ActivityKind, EnergyPoint } from '../model/metered.ts';
import type { ShownActivity, StatePoint } from '../points/state-points.ts';
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
 * Divides a session into charging, idle and unused time. Idle or unused is only what the charger showed:
 * - by the connector's states: idle from `suspended-by-vehicle` or `finishing` to the next other state, unused from
 *   `available`, `reserved`, `unavailable` or `faulted`; charging before the first state, and while the vehicle is merely connected before
 *   it has charged, idle afterwards; neither idle nor unused over a span between two readings whose energy did not fit into its other
 *   time: more than the charger delivers, or, of unused time, than twice the steepest span in which the vehicle charged throughout;
 * - without such states: idle from the reading of the last energy to the last reading, when more than 15 minutes of
 *   unchanged register (and no power above standby) show it, and only after energy was delivered at all and the
 *   session ended.
 */
export const activitiesOf = (
  window: SessionWindow,
  evidence: ActivityEvidence,
): readonly Activity[] => {
  const during = connectedAgain(
    evidence.states.filter(({ at }) => at >= window.startedAt && at < window.endedAt),
    evidence.series,
  );
  const telling = evidence.states.some(
    ({ at, shows }) =>
      at >= window.startedAt && at <= window.endedAt && (shows === 'charging' || shows === 'idle'),
  );
  const spans = stateSpans(window, during);
  const quiet = spans.filter(isQuiet);
  const charged = (['idle', 'unused'] as const).flatMap((kind) =>
    chargedAllTheSame(
      quiet.filter(({ shows }) => shows === kind),
      kind,
      evidence,
    ).map((span) => ({ ...span, kind })),
  );
  const base: readonly Activity[] = telling ? [] : byEnergy(window, evidence);
  const kindAt = (at: Instant): ActivityKind => {
    const shows = quiet.findLast((span) => holds(span, at))?.shows;
    if (shows === undefined) return base.findLast(({ from }) => from <= at)?.kind ?? 'charging';
    return charged.some((span) => span.kind === shows && holds(span, at)) ? 'charging' : shows;
  };
  const times = [
    window.startedAt,
    ...base.map(({ from }) => from),
    ...[...spans, ...charged].flatMap(({ from, to }) => [from, to]),
  ].filter((at) => at === window.startedAt || (at > window.startedAt && at < window.endedAt));
  const ordered = [...new Set(times)].sort(ascending);
  return joined(ordered.map((from) => ({ from, kind: kindAt(from) })));
};

const holds = ({ from, to }: Span, at: Instant): boolean => from <= at && at < to;

type ShownSpan = Span & { readonly shows: ShownActivity };
type QuietSpan = Span & { readonly shows: 'idle' | 'unused' };

const isQuiet = (span: ShownSpan): span is QuietSpan =>
  span.shows === 'idle' || span.shows === 'unused';

const stateSpans = (
  { endedAt }: SessionWindow,
  states: readonly StatePoint[],
): readonly ShownSpan[] =>
  leavingLast(states).map(({ at, shows }, index, all) => ({
    from: at,
    to: all[index + 1]?.at ?? endedAt,
    shows,
  }));

/** A vehicle that is merely connected after it has charged is idle, whatever ended it: OCPP 2.x says `EVConnected` of both. */
const connectedAgain = (
  states: readonly StatePoint[],
  series: readonly EnergyPoint[],
): readonly StatePoint[] => {
  const arrived = states.find(({ shows }) => shows === 'charging' || shows === 'idle');
  if (arrived === undefined) return states;
  // A charger that holds back all power from the start has not charged yet.
  const untouched = series.findLast(({ energy }) => energy === 0n)?.at ?? arrived.at;
  return states.map((state) =>
    state.shows === 'neither' && state.at > arrived.at && state.at > untouched
      ? { ...state, shows: 'idle' }
      : state,
  );
};

/** Of states at one time, as of a charger that counts whole seconds, the vehicle's leaving is the last, unless it had not come yet. */
const leavingLast = (states: readonly StatePoint[]): readonly StatePoint[] => {
  const arrived = states.find(({ shows }) => shows === 'charging' || shows === 'idle');
  if (arrived === undefined) return states;
  const isLeaving = ({ at, shows }: StatePoint): boolean => shows === 'unused' && at > arrived.at;
  return states.toSorted(
    (a, b) => ascending(a.at, b.at) || Number(isLeaving(a)) - Number(isLeaving(b)),
  );
};

/** Drops what changes nothing. */
const joined = (activities: readonly Activity[]): readonly Activity[] =>
  activities.filter(({ kind }, index) => activities[index - 1]?.kind !== kind);

type Span = { readonly from: Instant; readonly to: Instant };

/** Spans between two readings over which the vehicle drew more than fits into what the states leave of them. */
const chargedAllTheSame = (
  quiet: readonly Span[],
  kind: 'idle' | 'unused',
  { series, bound }: ActivityEvidence,
): readonly Span[] => {
  if (quiet.length === 0) return [];
  const steps = series.slice(1).flatMap((after, index): readonly Step[] => {
    const before = series[index];
    if (before === undefined) return [];
    const span: Span = { from: before.at, to: after.at };
    const other = quiet.reduce((rest, one) => rest - overlap(one, span), after.at - before.at);
    return [{ before, after, other }];
  });
  const whole = steps.filter((step) => step.other > 0n && isAllOther(step) && drew(step));
  return steps
    .filter((step, index) => {
      if (step.other === 0n) return drew(step);
      if (bound !== undefined && risenBy(step) > bound(step.other)) return true;
      if (kind === 'idle' || isAllOther(step) || !drew(step)) return false;
      // A vehicle that was not there cannot have gone on: it never left.
      const next = steps[index + 1];
      if (next?.other === 0n && drew(next)) return true;
      return whole.length > 0 && whole.every((one) => isSteeper(step, one));
    })
    .map(({ before, after }) => ({ from: before.at, to: after.at }));
};

/** Two readings that follow each other, and how long, in ms, the states leave the vehicle to draw between them. */
type Step = { readonly before: EnergyPoint; readonly after: EnergyPoint; readonly other: bigint };

const risenBy = ({ before, after }: Pick<Step, 'before' | 'after'>): bigint =>
  after.energy - before.energy;

const lengthOf = ({ before, after }: Pick<Step, 'before' | 'after'>): bigint =>
  after.at - before.at;

const isAllOther = (step: Step): boolean => step.other === lengthOf(step);

/** True if what a step shows is, within the time that the states leave it, more than twice as steep as a whole one. */
const isSteeper = (step: Step, whole: Step): boolean =>
  risenBy(step) * lengthOf(whole) > 2n * risenBy(whole) * step.other;

const overlap = (a: Span, b: Span): bigint => {
  const from = later(a.from, b.from);
  const to = earlier(a.to, b.to);
  return to > from ? to - from : 0n;
};

const later = (a: Instant, b: Instant): Instant => (a < b ? b : a);

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

const drew = (step: Pick<Step, 'before' | 'after'>): boolean =>
  risenBy(step) * millisecondsPerHour > standby * lengthOf(step);

const byEnergy = (
  { endedAt, stopped }: SessionWindow,
  { series, power, shownTo }: ActivityEvidence,
): readonly Activity[] => {
  const lastRise = series.findLastIndex((point, index) => {
    const before = series[index - 1];
    return before !== undefined && drew({ before, after: point });
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
