import { ascending, isAscending } from '../../units/ascending.ts';
import { instant } from '../../units/instant.ts';
import type { AnomalyCode } from '../model/anomaly-codes.ts';
import { anomalyRecorder, type Noted, type RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringFacts, SessionEnd } from '../model/metering-facts.ts';
import { clockSetting, type Witness } from '../points/clock-setting.ts';
import { constantClock } from '../points/constant-clock.ts';
import { type Clock, clockOf } from '../points/correct-clock.ts';
import { type Points, type Series, withoutChecks } from '../points/points.ts';
import { type ReadTimestamp, readTimestamp } from '../points/read-timestamp.ts';
import { sessionClock } from '../points/session-clock.ts';
import type { StatePoint } from '../points/state-points.ts';
import { unsetClock } from '../points/unset-clock.ts';
import { anyChargerBound, physicalBound } from '../register/physical-bound.ts';
import { registerFromWh } from '../register/register-from-wh.ts';
import { type RegisterTimeline, registerTimeline } from '../register/register-timeline.ts';
import { endTime, type SessionWindow, sessionWindow } from '../register/session-window.ts';
import { nearestPlace, type TotalSample, totalSamples } from '../register/total-samples.ts';
import { type PowerSpan, powerSpans } from './integrate-power.ts';
import { type IntervalView, readIntervals } from './read-intervals.ts';

/** The points of a session in order: its bounds, its register, its intervals and its power, each with a clear meaning. */
export type SessionView = IntervalView & {
  readonly window: SessionWindow;
  /** How the charger's clock is to be read, and that of its readings. */
  readonly clock: Clock;
  readonly readingClock: Clock;
  readonly line: RegisterTimeline;
  /** How many phases show one and the same register, which is their total or that of each; 0 where they differ, or a total was measured. */
  readonly repeatedPhases: bigint;
  /** True if it is that of the only phase which was measured. */
  readonly isPhaseTotal: boolean;
  /** All registers that were read during the session, whichever of them counts, the vehicle's too: one per location and phase. */
  readonly registers: readonly PlacedRegister[];
  /** The same of what was imported less what was exported. */
  readonly nets: readonly PlacedRegister[];
  /** Where the intervals and the register were measured; that of the ends alone is at the outlet. */
  readonly intervalPlace: string;
  readonly registerPlace: string;
  readonly power: readonly TotalSample[];
  /** Measured current in mA; empty while the session runs. */
  readonly currents: readonly TotalSample[];
  readonly spans: readonly PowerSpan[];
  /** True if the power is that of the whole connector, as the charger gave it. */
  readonly isTotalPower: boolean;
  /** Anomalies of power gaps, recorded only if energy is counted by power. */
  readonly powerNotes: Noted;
};

/** The readings of a register in order, the place where they were measured, and the phase (`` for all). */
export type PlacedRegister = {
  readonly location: string;
  readonly phase: string;
  readonly points: readonly TotalSample[];
};

const outlet = 'Outlet';

/** Puts the points of a session in order. Throws when there is neither start nor stop nor reading. */
export const arrangeSession = (
  all: Points,
  facts: MeteringFacts,
  states: readonly StatePoint[],
  recordAnomaly: RecordAnomaly,
): SessionView => {
  const points = withoutChecks(all);
  const allSeries = [...points.series.values()];
  const checks = [...all.series.values()];
  const bound = physicalBound(facts.maxPowerW);
  const clock = chargerClock(points, facts, states, recordAnomaly);
  const begun = facts.start && endTime(facts.start, facts, clock, () => undefined);
  const readingClock = sessionClock(clock, begun, recordAnomaly);
  const clocks = { ends: clock, readings: readingClock };
  const window = sessionWindow(points, facts, clocks, recordAnomaly);
  if (window === undefined) throw new Error('a session without start, stop and readings');
  const phases: Noted = new Map();
  const noteRegister: RecordAnomaly = (code, at) => {
    phases.set(code, at);
    recordAnomaly(code, at);
  };
  const registers = totalSamples(allSeries, 'register', readingClock, noteRegister);
  const net =
    registers.size > 0 ? registers : totalSamples(allSeries, 'net', readingClock, recordAnomaly);
  const powerNotes: Noted = new Map();
  const notePower = anomalyRecorder(powerNotes);
  const power = mergedRates(totalSamples(allSeries, 'power', readingClock, notePower), window);
  const silent = () => undefined;
  const spans = powerSpans(power, notePower);
  // Of a charger that repeats the total for each phase, power by phase is a multiple as well.
  const isTotalPower = allSeries.some(({ key }) => key.quantity === 'power' && key.phase === '');
  return {
    window,
    clock,
    readingClock,
    line: registerTimeline(net, window, bound, recordAnomaly),
    repeatedPhases: phases.has('PHASE_REPEATS_TOTAL') ? phaseCount(allSeries) : 0n,
    isPhaseTotal: phases.has('PHASE_AS_TOTAL'),
    registers: window.stopped ? allOf('register', checks, window, readingClock) : [],
    nets: window.stopped ? allOf('net', allSeries, window, readingClock) : [],
    ...readIntervals({
      series: allSeries,
      window,
      bound,
      clock: readingClock,
      spans,
      isTotalPower,
    }),
    intervalPlace: nearestPlace(allSeries, 'interval') ?? outlet,
    registerPlace: nearestPlace(allSeries, 'register') ?? nearestPlace(allSeries, 'net') ?? outlet,
    power,
    currents: window.stopped
      ? mergedRates(totalSamples(checks, 'current', readingClock, silent), window)
      : [],
    spans,
    isTotalPower,
    powerNotes,
  };
};

/** How the times of a session are to be read: by one constant where one explains them all, or else message by message. */
const chargerClock = (
  points: Points,
  facts: MeteringFacts,
  states: readonly StatePoint[],
  recordAnomaly: RecordAnomaly,
): Clock => {
  const allSeries = [...points.series.values()];
  const samples = allSeries.flatMap((one) => one.samples);
  const ends = { start: readEnd(facts.start, facts), stop: readEnd(facts.stop, facts) };
  const constant = isDated(points, ends)
    ? constantClock(samples, heardEnds(ends, facts), states, recordAnomaly)
    : undefined;
  if (constant !== undefined) return constant;
  const clock = clockSetting(
    clockOf(allSeries, recordAnomaly),
    witnessesOf(allSeries, facts),
    physicalBound(facts.maxPowerW) ?? anyChargerBound,
    recordAnomaly,
    [facts.registeredAt, facts.commissionedAt, facts.bootedAt].filter((at) => at !== undefined),
    facts.connectedAt,
  );
  return unsetClock(clock, ends.start, ends.stop, samples.map(clock)) ?? clock;
};

type ReadEnds = Readonly<Record<'start' | 'stop', ReadTimestamp | undefined>>;

const readEnd = (
  end: SessionEnd | undefined,
  { timeZone }: MeteringFacts,
): ReadTimestamp | undefined =>
  end && readTimestamp(end.timestamp, end.receivedAt, false, timeZone);

const withoutTime: readonly AnomalyCode[] = ['TS_EPOCH', 'TS_UNPARSEABLE'];

/** Whether every message of a session says when it was. */
const isDated = ({ notes }: Points, { start, stop }: ReadEnds): boolean =>
  ![...notes.keys(), ...(start?.notes ?? []), ...(stop?.notes ?? [])].some((code) =>
    withoutTime.includes(code),
  );

const heardEnds = ({ start, stop }: ReadEnds, facts: MeteringFacts) => ({
  ...(start && facts.start && { start: heardEnd(start, facts.start) }),
  ...(stop && facts.stop && { stop: heardEnd(stop, facts.stop) }),
});

const heardEnd = ({ at }: ReadTimestamp, { receivedAt }: SessionEnd) => ({
  at,
  received: instant(BigInt(receivedAt)),
});

const witnessesOf = (
  allSeries: readonly Series[],
  { start, stop, timeZone }: MeteringFacts,
): readonly Witness[] => {
  // The register of another place, as of the inlet, is another one.
  const places = allSeries.filter(isRegister).map(({ key }) => key.location);
  const place = places.includes('Outlet') ? 'Outlet' : places.toSorted()[0];
  return [
    ...[start, stop].flatMap((end) => (end === undefined ? [] : endWitness(end, timeZone))),
    ...allSeries.flatMap(({ key, samples }) =>
      samples.map(({ at, received = at, value }) => ({
        at,
        received,
        ...(isRegister({ key }) && key.location === place && { register: value }),
      })),
    ),
  ];
};

const isRegister = ({ key: { quantity, phase } }: Pick<Series, 'key'>): boolean =>
  quantity === 'register' && phase === '';

const endWitness = (
  { timestamp, receivedAt, registerWh }: SessionEnd,
  zone: string | undefined,
): readonly Witness[] => {
  const { at, notes } = readTimestamp(timestamp, receivedAt, false, zone);
  if (notes.includes('TS_EPOCH') || notes.includes('TS_UNPARSEABLE')) return [];
  const register = registerWh === undefined ? undefined : registerFromWh(registerWh);
  const received = instant(BigInt(receivedAt));
  return [{ at, received, ...(register !== undefined && { register }) }];
};

/** How many phases the registers of a session are of. */
const phaseCount = (allSeries: readonly Series[]): bigint => {
  const ofRegister = allSeries.filter(({ key }) => key.quantity === 'register');
  const lines = ofRegister.flatMap(({ key }) => /^L[123]/.exec(key.phase) ?? []);
  return BigInt(new Set(lines).size);
};

const allOf = (
  quantity: 'register' | 'net',
  allSeries: readonly Series[],
  { startedAt, endedAt }: SessionWindow,
  clock: Clock,
): readonly PlacedRegister[] =>
  allSeries
    .filter(({ key }) => key.quantity === quantity)
    .map(({ key: { location, phase }, samples }) => ({
      location,
      phase,
      points: samples
        .map((sample) => ({ at: clock(sample), value: sample.value }))
        .filter(({ at }) => at >= startedAt && at <= endedAt)
        .sort((a, b) => ascending(a.at, b.at)),
    }));

/** The samples of power or current of all occasions during a session, the largest of each time. */
const mergedRates = (
  totals: ReadonlyMap<string, readonly TotalSample[]>,
  { startedAt, endedAt }: Pick<SessionWindow, 'startedAt' | 'endedAt'>,
): readonly TotalSample[] => {
  const during = [...totals.values()].flat().filter(({ at }) => at >= startedAt && at <= endedAt);
  if (isAscending(during)) return during;
  const byTime = new Map<bigint, TotalSample>();
  for (const sample of during) {
    const known = byTime.get(sample.at);
    if (known === undefined || known.value < sample.value) byTime.set(sample.at, sample);
  }
  return [...byTime.values()].sort((a, b) => ascending(a.at, b.at));
};
