import type { RecordAnomaly } from '../model/anomaly-collector.ts';
import type { RegisterPoint } from './count-register-energy.ts';
import { ownBound } from './own-bound.ts';
import { anyChargerBound, type PhysicalBound } from './physical-bound.ts';
import { continues, inOrder, type RegisterReadings, rounding } from './register-readings.ts';
import type { SessionWindow } from './session-window.ts';

/** Rounding of registers in whole kWh, in mWh: 1 kWh. */
const wholeKwh = 1_000_000n;

/** A register of less, in mWh, can as well be one about zero as one in kWh: 10 Wh. */
const aboutZero = 10_000n;

/** A register of less, in mWh, can as well be one in Wh: 100 kWh. */
const muchForWh = 100_000_000n;

/** Energy between start and stop that readings can be compared with, in mWh: 100 Wh. */
const comparable = 100_000n;

/** A unit that explains what the labels do not: the part that has it, and by how much its register is to be multiplied. */
type Guess = {
  readonly of: ReadonlySet<'start' | 'readings' | 'stop'>;
  readonly scale: (value: bigint) => bigint;
  /** The least that one of its registers must show, in mWh. */
  readonly least: bigint;
  /** How far the scaled registers may be rounded, in mWh. */
  readonly rounded: bigint;
  readonly code: 'UNIT_KWH_AS_WH' | 'UNIT_WH_AS_KWH';
};

const thousandfold = (value: bigint): bigint => value * 1000n;

const guesses: readonly Guess[] = [
  {
    of: new Set(['readings']),
    scale: thousandfold,
    least: aboutZero,
    rounded: wholeKwh,
    code: 'UNIT_KWH_AS_WH',
  },
  {
    of: new Set(['start']),
    scale: thousandfold,
    least: aboutZero,
    rounded: wholeKwh,
    code: 'UNIT_KWH_AS_WH',
  },
  {
    of: new Set(['stop']),
    scale: thousandfold,
    least: aboutZero,
    rounded: wholeKwh,
    code: 'UNIT_KWH_AS_WH',
  },
  {
    of: new Set(['start', 'stop']),
    scale: thousandfold,
    least: aboutZero,
    rounded: wholeKwh,
    code: 'UNIT_KWH_AS_WH',
  },
  {
    of: new Set(['start', 'readings']),
    scale: thousandfold,
    least: aboutZero,
    rounded: wholeKwh,
    code: 'UNIT_KWH_AS_WH',
  },
  {
    of: new Set(['readings']),
    scale: (value) => value / 1000n,
    least: muchForWh,
    rounded: 0n,
    code: 'UNIT_WH_AS_KWH',
  },
];

/** A start of no more, in mWh, may mean "unknown": 1 Wh. */
const perhapsUnknown = 1000n;

/**
 * Names a wrong unit that start, readings and stop show among themselves, without any measured power: as labelled they do not
 * continue one another, but they do with one of them in kWh instead of Wh or the reverse; or the readings rise by a
 * thousandth of what lies between start and stop. What is named is held.
 */
export const checkUnits = (
  { begin, sample, end }: RegisterReadings,
  window: SessionWindow,
  registered: PhysicalBound | undefined,
  recordAnomaly: RecordAnomaly,
): void => {
  const line = lineOf({ begin, sample, end }, window);
  const { readings } = line;
  if (!window.ended || readings.length === 0) return;
  const bound = registered ?? ownBound(readings);
  const agree = isCoherent([...line.start, ...readings, ...line.stop], bound);
  const told = guesses.filter((guess) => tells(guess, line));
  const guessed = agree ? undefined : told.find((guess) => explains(guess, line, registered));
  const code = guessed?.code ?? byRise(line);
  if (code !== undefined) recordAnomaly(code, window.startedAt);
};

type Line = Readonly<Record<'start' | 'readings' | 'stop', readonly RegisterPoint[]>>;

/** The registers of a session by what they are of; where no message states that of an end, as in OCPP 2.x, the reading labelled so does. */
const lineOf = (
  { begin, sample, end }: RegisterReadings,
  { startedAt, endedAt, startRegister, stopRegister }: SessionWindow,
): Line => {
  const [begun] = inOrder(begin);
  const ended = inOrder(end).at(-1);
  const start = startRegister === undefined ? begun : { at: startedAt, value: startRegister };
  const stop = stopRegister === undefined ? ended : { at: endedAt, value: stopRegister };
  const others = [
    ...begin.filter(({ value }) => startRegister !== undefined || value !== begun?.value),
    ...sample,
    ...end.filter(({ value }) => stopRegister !== undefined || value !== ended?.value),
  ];
  return {
    start: start === undefined ? [] : [start],
    readings: inOrder(others).filter(({ at }) => at >= startedAt && at <= endedAt),
    stop: stop === undefined ? [] : [stop],
  };
};

/**
 * True if there is enough to tell a unit by: a single register beside a start and a stop in Wh may be that of a counter which began with the
 * session, unless the start counts like it or may mean "unknown", or nothing is known of the stop.
 */
const tells = ({ of, code }: Guess, { start, readings, stop }: Line): boolean =>
  !areOne(readings) ||
  (code === 'UNIT_KWH_AS_WH' &&
    of.has('readings') &&
    (of.has('start') || stop.length === 0 || !isKnown(start[0])));

const areOne = (readings: readonly RegisterPoint[]): boolean =>
  readings.every(({ value }) => value === readings[0]?.value);

const isKnown = (start: RegisterPoint | undefined): boolean =>
  start !== undefined && start.value > perhapsUnknown;

const isCoherent = (points: readonly RegisterPoint[], bound: PhysicalBound): boolean =>
  points.every((point, index) => {
    const before = points[index - 1];
    return before === undefined || continues(before, point, bound);
  });

const explains = (
  { of, scale, least, rounded }: Guess,
  line: Line,
  registered: PhysicalBound | undefined,
): boolean => {
  const parts = (['start', 'readings', 'stop'] as const).map((part) => {
    if (!of.has(part)) return line[part];
    return line[part].map(({ at, value }) => ({ at, value: scale(value) }));
  });
  const [stated = [], readings = [], stop = []] = parts;
  const start = of.has('start') || isKnown(stated[0]) ? stated : [];
  const isReal = [...of].every((part) => line[part].some(({ value }) => value >= least));
  const isMixed = [start, readings, stop].filter((points) => points.length > 0).length > 1;
  // One register has no course that could bound it.
  const bound = registered ?? (areOne(readings) ? anyChargerBound : ownBound(readings));
  return (
    isReal &&
    isMixed &&
    isCoherent(readings, bound) &&
    meets(start.at(-1), readings[0], rounded, bound) &&
    meets(readings.at(-1), stop[0], rounded, bound)
  );
};

/** True if the register goes on from one part of the session to the next, either of which may be rounded. */
const meets = (
  before: RegisterPoint | undefined,
  after: RegisterPoint | undefined,
  rounded: bigint,
  bound: PhysicalBound,
): boolean => {
  if (before === undefined || after === undefined) return true;
  const rise = after.value - before.value;
  return rise >= -rounding - rounded && rise - rounded <= bound(after.at - before.at);
};

const byRise = ({ start, readings, stop }: Line): Guess['code'] | undefined => {
  const [from, to] = [start[0], stop[0]];
  const [first, last] = [readings[0], readings.at(-1)];
  if (from === undefined || to === undefined || first === undefined || last === undefined) return;
  const ends = to.value - from.value;
  const length = to.at - from.at;
  const read = last.at - first.at;
  // A clock that stood still says nothing about how fast they rise.
  if (read === 0n || ends < comparable || read * 2n < length || readings.length < 3) return;
  const risen = ((last.value - first.value) * length) / read;
  return ends >= risen * 500n && ends <= risen * 2000n ? 'UNIT_KWH_AS_WH' : undefined;
};
