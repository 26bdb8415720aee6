import { earlierOf, type Instant, laterOf } from '../../units/instant.ts';
import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts, SessionEnd } from '../model/metering-facts.ts';
import type { Clock } from '../points/correct-clock.ts';
import type { Points } from '../points/points.ts';
import { readTimestamp } from '../points/read-timestamp.ts';
import { isUnknownWh, registerFromWh } from './register-from-wh.ts';

/** From when to when a session lasts, and what its own messages say of the register, in mWh. */
export type SessionWindow = {
  readonly startedAt: Instant;
  /** The stop, or the latest reading while there is no usable one. */
  readonly endedAt: Instant;
  /** True when a stop that is not before the start bounds the readings. */
  readonly stopped: boolean;
  /** True when there is a stop, usable or not: no reading will follow. */
  readonly ended: boolean;
  readonly startRegister?: bigint;
  readonly stopRegister?: bigint;
};

/** How the times of a session's start and stop are to be read, and those of its readings. */
type SessionClocks = { readonly ends: Clock; readonly readings: Clock };

/**
 * Finds the bounds of a session. Without a start it begins with its first reading, without a stop it reaches to its
 * last; a stop before the start is noted and bounds nothing. `undefined`: neither start, stop nor reading.
 */
export const sessionWindow = (
  points: Points,
  facts: MeteringFacts,
  { ends, readings }: SessionClocks,
  recordAnomaly: RecordAnomaly,
): SessionWindow | undefined => {
  const readAt = readingTimes(points, readings);
  const start = facts.start && endTime(facts.start, facts, ends, recordAnomaly);
  const stop = facts.stop && endTime(facts.stop, facts, ends, recordAnomaly);
  const startedAt = start ?? readAt.first ?? stop;
  if (startedAt === undefined) return undefined;
  const isNegative = stop !== undefined && stop < startedAt && start !== undefined;
  if (isNegative) recordAnomaly('TIME_NEGATIVE', startedAt);
  const stopped = stop !== undefined && !isNegative;
  const startRegister = registerOf(facts.start, startedAt, recordAnomaly);
  const stopRegister = registerOf(facts.stop, startedAt, recordAnomaly);
  return {
    startedAt: stopped && stop < startedAt ? stop : startedAt,
    endedAt: stopped ? stop : later(startedAt, readAt.last),
    stopped,
    ended: stop !== undefined,
    ...(startRegister !== undefined && { startRegister }),
    ...(stopRegister !== undefined && { stopRegister }),
  };
};

const later = (a: Instant, b: Instant | undefined): Instant =>
  b === undefined ? a : laterOf(a, b);

/** When the first and the last reading was taken. */
const readingTimes = (
  points: Points,
  clock: Clock,
): { readonly first?: Instant; readonly last?: Instant } => {
  const times = [...points.series.values()].flatMap(({ samples }) => samples.map(clock));
  const [some] = times;
  if (some === undefined) return {};
  return { first: times.reduce(earlierOf, some), last: times.reduce(laterOf, some) };
};

/** The time of a start or stop message. */
export const endTime = (
  end: SessionEnd,
  { timeZone }: MeteringFacts,
  clock: Clock,
  recordAnomaly: RecordAnomaly,
): Instant => {
  const time = readTimestamp(end.timestamp, end.receivedAt, false, timeZone);
  const at = clock(time);
  for (const note of time.notes) recordAnomaly(note, at);
  return at;
};

const registerOf = (
  end: SessionEnd | undefined,
  at: Instant,
  recordAnomaly: RecordAnomaly,
): bigint | undefined => {
  if (end?.registerWh === undefined) return undefined;
  if (isUnknownWh(end.registerWh)) {
    recordAnomaly('NO_VALUE', at);
    return undefined;
  }
  const register = registerFromWh(end.registerWh);
  if (register !== undefined) return register;
  recordAnomaly('VALUE_UNPARSEABLE', at);
  return undefined;
};
