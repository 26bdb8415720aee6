import type { EnergyPoint, Metered } from '../../metering/model/metered.ts';
import { milliWattHours } from '../../units/energy.ts';
import { between, type Instant, instant } from '../../units/instant.ts';
import { localBoundaries, localTimeAtOffset } from '../../units/local-time.ts';
import type { OffsetSpan } from '../../units/offset-span.ts';
import { offsetSpans } from '../../units/time-zone.ts';
import type { ChargePeriod } from '../rate/charge-period.ts';
import type { Conditions, Window } from '../rate/conditions.ts';
import type { RateCard } from '../rate/rate-card.ts';
import type { Range } from '../rate/situation.ts';
import { type ActivityInterval, activityIntervals, type BilledIdle } from './activity-intervals.ts';
import { energyAt, meanPower, whenReached } from './energy-curve.ts';

const bounds = <Value>(windows: readonly Window<Value>[]): readonly Value[] => [
  ...new Set(
    windows.flatMap(({ from, until }) =>
      [from, until].filter((bound): bound is Value => bound !== undefined),
    ),
  ),
];

const looksAtTheCalendar = ({ weekdays, date }: Conditions): boolean =>
  weekdays !== undefined || date.from !== undefined || date.until !== undefined;

/** The times of day, in milliseconds since midnight, at which a price of the card can begin or end; none if it never looks. */
const timesOfChange = (card: RateCard): readonly number[] => {
  const times = bounds(card.conditions.map(({ clock }) => clock));
  // Midnight counts for windows that are open at one end too.
  return times.length > 0 || card.conditions.some(looksAtTheCalendar)
    ? [...new Set([...times, 0])]
    : [];
};

const asksForPower = ({ power }: Conditions): boolean =>
  power.from !== undefined || power.until !== undefined;

/** The facts that stay the same while a session is split. */
type Course = {
  readonly start: Instant;
  readonly end: Instant;
  readonly series: readonly EnergyPoint[];
  readonly intervals: readonly ActivityInterval[];
  readonly offsets: readonly OffsetSpan[];
  readonly times: readonly number[];
  readonly byPower: boolean;
};

const courseOf = (
  card: RateCard,
  metered: Metered,
  timeZone: string,
  billedIdle: BilledIdle,
): Course => {
  const { startedAt: start, endedAt, series } = metered;
  const endsBeforeItStarts = endedAt < start;
  const end = endsBeforeItStarts ? start : endedAt;
  const times = timesOfChange(card);
  return {
    start,
    end,
    series,
    intervals: activityIntervals(metered, end, billedIdle),
    // A tariff that does not depend on the time of day needs no time zone.
    offsets: times.length > 0 ? offsetSpans(start, end, timeZone) : [],
    times,
    byPower: card.conditions.some(asksForPower),
  };
};

const instantsOfChange = (card: RateCard, course: Course): readonly Instant[] => {
  const elapsed = bounds(card.conditions.map((conditions) => conditions.elapsed));
  const instants = [
    ...course.intervals.map(({ from }) => from),
    ...elapsed.map((time) => instant(course.start + time)),
    ...localBoundaries(course.offsets, course.end, course.times),
    ...(course.byPower ? course.series.map(({ at }) => at) : []),
  ].filter((at) => at > course.start && at < course.end);
  return [...new Set([course.start, ...instants, course.end])].toSorted((a, b) => Number(a - b));
};

const pointsOfChange = (card: RateCard, course: Course): readonly EnergyPoint[] => {
  const atInstants = energyAt(course.series, instantsOfChange(card, course));
  const total = course.series.at(-1)?.energy ?? milliWattHours(0n);
  const reached = bounds(card.conditions.map(({ energy }) => energy))
    .map((energy) => whenReached(course.series, energy))
    .filter((point) => point !== undefined);
  // Energy that came in no time at either end is in no interpolation, but is billed.
  const ends: readonly EnergyPoint[] = [
    { at: course.start, energy: milliWattHours(0n) },
    { at: course.end, energy: total },
  ];
  const all = [...ends, ...atInstants, ...reached].toSorted((a, b) =>
    a.at === b.at ? Number(a.energy - b.energy) : Number(a.at - b.at),
  );
  return all.filter((point, index) => {
    const before = all[index - 1];
    return before === undefined || point.at !== before.at || point.energy !== before.energy;
  });
};

/** Finds for ascending instants the last of some intervals that began by then, each time going on from the one before. */
const walk = <Interval>(
  intervals: readonly Interval[],
  beginOf: (interval: Interval) => Instant,
): ((at: Instant) => { readonly current: Interval | undefined; readonly index: number }) => {
  let index = 0;
  return (at) => {
    for (;;) {
      const next = intervals[index + 1];
      if (next === undefined || beginOf(next) > at) return { current: intervals[index], index };
      index += 1;
    }
  };
};

const powerOver = (course: Course, segment: number): Range | undefined => {
  const [before, after] = [course.series[segment], course.series[segment + 1]];
  return before === undefined || after === undefined ? undefined : meanPower(before, after);
};

const periodBetween = (
  course: Course,
  [from, to]: readonly [EnergyPoint, EnergyPoint],
  { activity, idleIsFree }: ActivityInterval,
  offset: bigint,
  power: Range | undefined,
): ChargePeriod => {
  const time = between(from.at, to.at);
  return {
    from: from.at,
    to: to.at,
    activity,
    idleIsFree,
    situation: {
      phase: 'session',
      local: localTimeAtOffset(from.at, offset),
      energy: from.energy,
      elapsed: from.at - course.start,
      ...(power === undefined ? {} : { power }),
    },
    volumes: {
      ENERGY: to.energy - from.energy,
      ...(activity === 'charging' && { TIME: time }),
      ...(activity === 'idle' && { PARKING_TIME: time }),
    },
  };
};

/**
 * Cuts a session wherever a price of the card can change: on the clock of `timeZone`, at energies, durations, powers,
 * activities and where idle time begins or ends to be billed. Every period is priced by the situation at its start.
 * A session that ends before it starts becomes one period without length.
 */
export const splitSession = (
  card: RateCard,
  metered: Metered,
  timeZone: string,
  billedIdle: BilledIdle,
): readonly ChargePeriod[] => {
  const course = courseOf(card, metered, timeZone, billedIdle);
  const points = pointsOfChange(card, course);
  const intervalAt = walk(course.intervals, ({ from }) => from);
  const offsetAt = walk(course.offsets, ({ from }) => from);
  const segmentAt = walk(course.series, ({ at }) => at);
  const periods: ChargePeriod[] = [];
  for (const [index, from] of points.entries()) {
    // A session without length still is one period, so that a fee for it finds its place.
    const to = points[index + 1] ?? (points.length === 1 ? from : undefined);
    const interval = intervalAt(from.at).current;
    if (to === undefined || interval === undefined) break;
    const offset = offsetAt(from.at).current?.offset ?? 0n;
    const power = course.byPower ? powerOver(course, segmentAt(from.at).index) : undefined;
    periods.push(periodBetween(course, [from, to], interval, offset, power));
  }
  return periods;
};
