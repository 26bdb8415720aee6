import { ascending } from '../../units/ascending.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import { leftOutCounter } from './left-out-counter.ts';
import { ownBound } from './own-bound.ts';
import { anyChargerBound, type PhysicalBound } from './physical-bound.ts';
import { sameRegister } from './register-ends.ts';
import {
  continues,
  eachOf,
  type FromStart,
  inOrder,
  type RebasedReadings,
  type RegisterReadings,
  rounding,
} from './register-readings.ts';
import type { SessionWindow } from './session-window.ts';

/**
 * Lifts readings that count from zero at the start onto the register of the start message. Either all of them do so: they
 * lie below it, the first of them about zero, and the stop message, where there is one, agrees. Or a charger reports both
 * counters in turn: at least two readings after the start that are not zero, lifted, go on from the reading before.
 */
export const rebaseRelativeRegister = (
  readings: RegisterReadings,
  window: SessionWindow,
  registered: PhysicalBound | undefined,
  recordAnomaly: RecordAnomaly,
): RebasedReadings => {
  const base = window.startRegister;
  const all = inOrder([...readings.begin, ...readings.end, ...readings.sample]).filter(
    ({ at }) => at >= window.startedAt,
  );
  if (base === undefined) return { readings, others: [] };
  const from: FromStart = { base, all, bound: boundOf(base, all, window, registered) };
  const small = registered?.((all[0]?.at ?? window.startedAt) - window.startedAt) ?? base / 10n;
  if (areAllRelative(from, window, small) && isSteady(from, window, registered)) {
    recordAnomaly('REG_SESSION_RELATIVE', all[0]?.at ?? window.startedAt);
    return { readings: lift(readings, () => true, base), others: [] };
  }
  const { lifted, own } = relativeReadings(from, window, firstOf(from, window, registered, small));
  const told = [...lifted].filter(({ at, value }) => at > window.startedAt && value > 0n);
  const [first] = told;
  const within = leftOutCounter(readings, from, window, recordAnomaly);
  if (first === undefined || told.length < 2) return within;
  recordAnomaly(own ? 'TWO_COUNTERS' : 'REG_SESSION_RELATIVE', first.at);
  return { ...within, readings: lift(within.readings, (point) => lifted.has(point), base) };
};

/** True if a session has a stop that says where its register ended. */
const isClosed = ({ ended, stopRegister }: SessionWindow): boolean =>
  ended && stopRegister !== undefined;

/** Where no power is registered nothing but its own course contradicts a reading that is lifted in error, until the stop does. */
const boundOf = (
  base: bigint,
  all: readonly RegisterPoint[],
  window: SessionWindow,
  registered: PhysicalBound | undefined,
): PhysicalBound => {
  if (registered !== undefined) return registered;
  return isClosed(window) ? anyChargerBound : ownBound(withoutPeaks(all, base));
};

/**
 * The most that the first reading which counts from zero may show: next to nothing while the session runs. Once it has ended, all that can be
 * delivered; at a charger of which no power is registered, as much as the course of the readings allows.
 */
const firstOf = (
  { all, bound }: FromStart,
  { ended }: SessionWindow,
  registered: PhysicalBound | undefined,
  small: bigint,
): PhysicalBound => {
  if (!ended) return () => small;
  return registered === undefined ? ownBound(all) : bound;
};

/** The readings from a register on that no later one is below. */
const withoutPeaks = (all: readonly RegisterPoint[], base: bigint): readonly RegisterPoint[] => {
  const above = all.filter(({ value }) => value >= base);
  return above.filter(({ value }, n) => above.slice(n + 1).every((later) => later.value >= value));
};

const lift = (
  readings: RegisterReadings,
  counts: (point: RegisterPoint) => boolean,
  base: bigint,
): RegisterReadings =>
  eachOf(readings, (points) =>
    points.map((point) => (counts(point) ? { at: point.at, value: point.value + base } : point)),
  );

/**
 * True if no reading after the first is steeper than those before it allow, where neither a registered power nor a stop says so: what
 * rises further is a counter and then the register of the meter.
 */
const isSteady = (
  { all }: FromStart,
  window: SessionWindow,
  registered: PhysicalBound | undefined,
): boolean => {
  if (registered !== undefined || isClosed(window)) return true;
  const line = [{ at: window.startedAt, value: 0n }, ...all];
  return line.slice(2).every(({ at, value }, n) => {
    const before = line.slice(0, n + 2);
    const last = before.at(-1);
    return last === undefined || value - last.value <= ownBound(before)(at - last.at);
  });
};

const areAllRelative = (
  { base, all }: FromStart,
  { stopRegister, ended }: SessionWindow,
  small: bigint,
): boolean => {
  const [first] = all;
  if (first === undefined || !ended) return false;
  const highest =
    all
      .map(({ value }) => value)
      .sort(ascending)
      .at(-1) ?? first.value;
  const counted = (stopRegister ?? base + highest) - base;
  return (
    // A counter that stays at 0 while the register rises is one that was not read.
    (highest > 0n || counted === 0n) &&
    highest + sameRegister < base &&
    first.value >= 0n &&
    first.value <= small &&
    counted >= 0n &&
    highest <= counted + rounding
  );
};

type Relative = {
  readonly lifted: ReadonlySet<RegisterPoint>;
  /** True if there are also readings of the register itself. */
  readonly own: boolean;
};

const none: Relative = { lifted: new Set(), own: false };

const relativeReadings = (
  { base, all, bound }: FromStart,
  window: SessionWindow,
  firstBound: PhysicalBound,
): Relative => {
  const { startedAt, stopRegister } = window;
  if (stopRegister !== undefined && stopRegister < base) return none;
  const lifted = new Set<RegisterPoint>();
  const own: RegisterPoint[] = [];
  let last: RegisterPoint = { at: startedAt, value: base };
  for (const point of all) {
    const raised = { at: point.at, value: point.value + base };
    const isInSession = stopRegister === undefined || raised.value <= stopRegister + rounding;
    const isBelow =
      point.value >= 0n &&
      point.value + sameRegister < base &&
      (lifted.size > 0 || own.length > 0 || point.value <= firstBound(point.at - startedAt));
    if (continues(last, point, bound)) {
      own.push(point);
      last = point;
    } else if (isBelow && isInSession && countsOn(last, { point, raised }, bound, window)) {
      lifted.add(point);
      last = raised;
    }
  }
  return mayBeReset(own, lifted, window) ? none : { lifted, own: own.length > 0 };
};

/** Registers in whole kWh are rounded by up to this much, in mWh. */
const wholeKwh = 1_000_000n;

/**
 * True if a lifted reading goes on from the one before it. While the session runs it must not do so as well once its Wh are taken as kWh; the
 * stop decides that later.
 */
const countsOn = (
  last: RegisterPoint,
  { point: { at, value }, raised }: Readonly<Record<'point' | 'raised', RegisterPoint>>,
  bound: PhysicalBound,
  { ended }: SessionWindow,
): boolean => {
  const inKwh = { at, value: value * 1000n };
  const mayBeInKwh = continues({ ...last, value: last.value - wholeKwh }, inKwh, bound);
  return continues(last, raised, bound) && (ended || !mayBeInKwh);
};

/**
 * True if a session without the register of its stop shows the register itself, and after it only readings that count from zero: they may
 * do so since the register was reset, after more energy than they show.
 */
const mayBeReset = (
  own: readonly RegisterPoint[],
  lifted: ReadonlySet<RegisterPoint>,
  { ended, stopRegister }: SessionWindow,
): boolean => {
  const [lastOwn, [firstLifted]] = [own.at(-1), [...lifted]];
  if (lastOwn === undefined || firstLifted === undefined) return false;
  return ended && stopRegister === undefined && lastOwn.at <= firstLifted.at;
};
