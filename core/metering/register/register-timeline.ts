import { isAscending } from '../../units/ascending.ts';
import { type Instant, instant } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { Occasion } from '../points/points.ts';
import { checkUnits } from './check-units.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import { anyChargerBound, type PhysicalBound } from './physical-bound.ts';
import { rebaseRelativeRegister } from './rebase-relative-register.ts';
import {
  type StatedEnd,
  sameRegister,
  sortOutBegin,
  sortOutEnd,
  startRegister,
  stopRegister,
} from './register-ends.ts';
import { continues, inOrder, type RegisterReadings } from './register-readings.ts';
import type { SessionWindow } from './session-window.ts';
import type { TotalSample } from './total-samples.ts';
import { withoutMarks } from './without-marks.ts';

/** The registers of a session in order, and which of its ends are known. */
export type RegisterTimeline = {
  readonly points: readonly RegisterPoint[];
  readonly start?: RegisterPoint;
  readonly stop?: RegisterPoint;
  /** Readings of another register that came in turn with these. */
  readonly others?: readonly RegisterPoint[];
};

/** How long before the start a reading may still give the start register, if nothing else does. */
const startSlack = 2n * 60_000n;

/** Puts the registers of a session into one line, from its start to its stop. */
export const registerTimeline = (
  totals: ReadonlyMap<Occasion, readonly TotalSample[]>,
  stated: SessionWindow,
  bound: PhysicalBound | undefined,
  recordAnomaly: RecordAnomaly,
): RegisterTimeline => {
  const known = withoutMarks(readingsOf(totals), stated, bound, recordAnomaly);
  const { window } = known;
  checkUnits(known.readings, window, bound, recordAnomaly);
  const { readings, others } = rebaseRelativeRegister(known.readings, window, bound, recordAnomaly);
  const startStated = statedEnd(window.startedAt, window.startRegister);
  const stopStated = statedEnd(window.endedAt, window.stopRegister);
  const begin = sortOutBegin(readings.begin, startStated, recordAnomaly);
  const end = window.stopped
    ? sortOutEnd(readings.end, stopStated, recordAnomaly)
    : { others: readings.end };
  const plain = [...readings.sample, ...begin.others, ...end.others];
  const during = duringSession(plain, window, recordAnomaly);
  const start = startPoint(
    { plain, during },
    begin.end,
    { ...startStated, stop: end.end?.value ?? stopStated.register },
    recordAnomaly,
  );
  const before = inOrder(during).findLast((point) => point.at < window.endedAt) ?? start;
  const areApart = contradicts(end.end, stopStated, before, bound ?? anyChargerBound);
  if (areApart) recordAnomaly('ENERGY_CONTRADICTED', window.endedAt);
  // Of two that can be true the one that bills less.
  const stopReading = areApart ? lower(end.end, stopStated) : end.end;
  const stop = stopPoint(during, stopReading, stopStated, recordAnomaly);
  const between = onePerTime(during, recordAnomaly).filter(
    (point) => !(repeats(point, start) || repeats(point, stop)),
  );
  return {
    points: [...(start ? [start] : []), ...between, ...(stop ? [stop] : [])],
    ...(start && { start }),
    ...(stop && { stop }),
    ...(others.length > 0 && { others }),
  };
};

const statedEnd = (at: Instant, register: bigint | undefined): StatedEnd =>
  register === undefined ? { at } : { at, register };

const readingsOf = (totals: ReadonlyMap<Occasion, readonly TotalSample[]>): RegisterReadings => ({
  begin: totals.get('begin') ?? [],
  end: totals.get('end') ?? [],
  sample: totals.get('sample') ?? [],
});

/** An unlabelled reading of the very moment of the start or stop is that register itself, only finer. */
const repeats = (point: RegisterPoint, end: RegisterPoint | undefined): boolean =>
  end !== undefined && point.at === end.at && near(point.value, end.value);

const near = (a: bigint, b: bigint): boolean => a - b <= sameRegister && b - a <= sameRegister;

const duringSession = (
  plain: readonly RegisterPoint[],
  { startedAt, endedAt, stopped }: SessionWindow,
  recordAnomaly: RecordAnomaly,
): readonly RegisterPoint[] =>
  plain.filter(({ at }) => {
    const isDuring = at >= startedAt && (!stopped || at <= endedAt);
    if (!isDuring) recordAnomaly('OUTSIDE_TX', at);
    return isDuring;
  });

type Plain = {
  readonly plain: readonly RegisterPoint[];
  readonly during: readonly RegisterPoint[];
};

const startPoint = (
  { plain, during }: Plain,
  begin: RegisterPoint | undefined,
  stated: StatedEnd & { readonly stop: bigint | undefined },
  recordAnomaly: RecordAnomaly,
): RegisterPoint | undefined => {
  const at = instant(stated.at);
  const next = inOrder(during).find((point) => point.at > at)?.value ?? stated.stop;
  const reading = begin?.value ?? momentary(during, stated);
  const value = startRegister(reading, stated.register, next, () =>
    recordAnomaly('METER_ENDS_DISAGREE', at),
  );
  if (value !== undefined) return { at, value };
  const before = inOrder(plain).findLast((point) => point.at <= at && point.at >= at - startSlack);
  return before && { at, value: before.value };
};

const stopPoint = (
  during: readonly RegisterPoint[],
  end: RegisterPoint | undefined,
  stated: StatedEnd,
  recordAnomaly: RecordAnomaly,
): RegisterPoint | undefined => {
  const at = instant(stated.at);
  const previous = inOrder(during).findLast((point) => point.at < at)?.value;
  const reading = end?.value ?? momentary(during, stated);
  const value = stopRegister(reading, stated.register, previous, () =>
    recordAnomaly('METER_ENDS_DISAGREE', at),
  );
  return value === undefined ? undefined : { at, value };
};

/** Two registers of one stop further apart than this, in mWh, are not one read a little later: 500 Wh. */
const farApart = 500_000n;

/** Whether a stop message and its reading are far apart though either can be true, going on from the reading before. */
const contradicts = (
  reading: RegisterPoint | undefined,
  { at, register }: StatedEnd,
  before: RegisterPoint | undefined,
  bound: PhysicalBound,
): boolean => {
  if (reading === undefined || register === undefined || before === undefined) return false;
  const [low, high] =
    reading.value < register ? [reading.value, register] : [register, reading.value];
  const mayBe = (value: bigint) => continues(before, { at: instant(at), value }, bound);
  return high - low > farApart && mayBe(low) && mayBe(high);
};

const lower = (
  reading: RegisterPoint | undefined,
  { at, register }: StatedEnd,
): RegisterPoint | undefined =>
  reading === undefined || register === undefined || reading.value <= register
    ? reading
    : { at: instant(at), value: register };

const momentary = (
  during: readonly RegisterPoint[],
  { at, register }: StatedEnd,
): bigint | undefined =>
  register === undefined
    ? undefined
    : during.find((point) => point.at === at && near(point.value, register))?.value;

const onePerTime = (
  points: readonly RegisterPoint[],
  recordAnomaly: RecordAnomaly,
): readonly RegisterPoint[] => {
  if (isAscending(points)) return points;
  const byTime = new Map<bigint, RegisterPoint>();
  for (const point of points) {
    const known = byTime.get(point.at);
    if (known !== undefined && !near(known.value, point.value))
      recordAnomaly('DUP_CONFLICT', point.at);
    if (known === undefined || known.value < point.value) byTime.set(point.at, point);
  }
  return inOrder([...byTime.values()]);
};
