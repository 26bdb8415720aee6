import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import { mayBeMark } from './no-value-marks.ts';
import { anyChargerBound, type PhysicalBound } from './physical-bound.ts';
import { continues, eachOf, inOrder, type RegisterReadings } from './register-readings.ts';
import type { SessionWindow } from './session-window.ts';

/** A session's registers and ends without those that mean "unknown". */
export type MarkedOut = {
  readonly readings: RegisterReadings;
  readonly window: SessionWindow;
};

/**
 * Takes out registers that are a mark of "no value": those of noValueMarks to which no register before leads and from
 * which none continues, so also where all registers are that same number.
 */
export const withoutMarks = (
  readings: RegisterReadings,
  window: SessionWindow,
  bound: PhysicalBound = anyChargerBound,
  recordAnomaly: RecordAnomaly,
): MarkedOut => {
  const { startedAt, endedAt, startRegister, stopRegister } = window;
  const stated = [
    ...(startRegister === undefined ? [] : [{ at: startedAt, value: startRegister }]),
    ...(stopRegister === undefined ? [] : [{ at: endedAt, value: stopRegister }]),
  ];
  const line = inOrder([...stated, ...readings.begin, ...readings.sample, ...readings.end]);
  if (!line.some(({ value }) => mayBeMark(value))) return { readings, window };
  const isMark = ({ at, value }: RegisterPoint, within: PhysicalBound): boolean => {
    const marked = mayBeMark(value) && !isLed({ at, value }, line, within);
    if (marked) recordAnomaly('NO_VALUE', at);
    return marked;
  };
  // Whether such a number is a register, the one after it shows as long as the session runs.
  const isOpen = (point: RegisterPoint): boolean => {
    if (window.ended || !mayBeMark(point.value)) return false;
    const after = line.find(({ at, value }) => at > point.at && value !== point.value);
    return after === undefined || !continues(point, after, bound);
  };
  // The last of all is followed by nothing that could confirm it.
  const isLast = ({ at, value }: RegisterPoint): boolean => {
    const other = line.findLast((one) => one.value !== value);
    return other === undefined || other.at <= at;
  };
  const start =
    startRegister !== undefined && isMark({ at: startedAt, value: startRegister }, nearby(bound));
  // The number that a charger says for "unknown" at the start, in a message or a reading, it says again.
  const said = startRegister ?? unknownIn(readings.begin, (point) => isMark(point, nearby(bound)));
  const isSaidAgain = (value: bigint): boolean =>
    (start || startRegister === undefined) && value === said;
  const real = (points: readonly RegisterPoint[]) =>
    points.filter(
      (point) =>
        !isOpen(point) &&
        !isMark(point, isLast(point) ? nearby(bound) : bound) &&
        !isSaidAgain(point.value),
    );
  const stop =
    stopRegister !== undefined &&
    (isMark({ at: endedAt, value: stopRegister }, nearby(bound)) || isSaidAgain(stopRegister));
  return { readings: eachOf(readings, real), window: withoutEnds(window, { start, stop }) };
};

/** The first reading that is labelled as the start, if it means "unknown". */
const unknownIn = (
  begin: readonly RegisterPoint[],
  isMark: (point: RegisterPoint) => boolean,
): bigint | undefined => {
  const [first] = inOrder(begin);
  return first !== undefined && isMark(first) ? first.value : undefined;
};

/** A start, a stop or a last reading that is a mark and far from any other is more likely to be that than a register: 10 kWh. */
const far = 10_000_000n;

const nearby =
  (bound: PhysicalBound): PhysicalBound =>
  (milliseconds) => {
    const most = bound(milliseconds);
    return most < far ? most : far;
  };

type Unknown = { readonly start: boolean; readonly stop: boolean };

const withoutEnds = (window: SessionWindow, unknown: Unknown): SessionWindow => {
  const { startRegister, stopRegister, ...rest } = window;
  return {
    ...rest,
    ...(startRegister !== undefined && !unknown.start && { startRegister }),
    ...(stopRegister !== undefined && !unknown.stop && { stopRegister }),
  };
};

/** True if the nearest register of another value, before or after, leads to this one within what can be delivered. */
const isLed = (
  point: RegisterPoint,
  line: readonly RegisterPoint[],
  bound: PhysicalBound,
): boolean => {
  const before = line.findLast(({ at, value }) => at <= point.at && value !== point.value);
  const after = line.find(({ at, value }) => at >= point.at && value !== point.value);
  return (
    (before !== undefined && continues(before, point, bound)) ||
    (after !== undefined && continues(point, after, bound))
  );
};
