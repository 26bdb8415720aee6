import { milliWattHours } from '../units/energy.ts';
import { instant, isoInstant } from '../units/instant.ts';
import { milliWatts } from '../units/power.ts';
import { activitiesOf } from './activities-of.ts';
import type { Anomaly } from './anomaly.ts';
import { type AnomalyCode, anomalyMeaning, anomalyOf } from './anomaly-codes.ts';
import { checkPower } from './check-power.ts';
import { clockOf } from './correct-clock.ts';
import { energySeries } from './energy-series.ts';
import { type PowerStretch, powerSteps, powerStretches } from './integrate-power.ts';
import type { MeterEnd, Metered, MeteringQuality } from './metered.ts';
import type { MeteringFacts } from './metering-facts.ts';
import { type Noted, type Noter, noterInto } from './noted.ts';
import { physicalBound } from './physical-bound.ts';
import type { Points, SignedPoint } from './points.ts';
import { type RegisterLine, registerLine } from './register-points.ts';
import { type SessionWindow, sessionWindow } from './session-window.ts';
import { holds, sortAnomalies } from './sort-anomalies.ts';
import type { StatePoint } from './state-points.ts';
import { sumIntervals } from './sum-intervals.ts';
import { type TotalSample, totalSamples } from './total-samples.ts';
import { type RegisterStep, walkRegister } from './walk-register.ts';

const usualModuli: readonly bigint[] = [10n ** 9n, 2n ** 32n];

/**
 * Turns points into trusted energy (the second stage of metering). In order of authority: a verified signed pair, the
 * register from start to stop, intervals, and the power over time, which is shown but never billed. Deterministic:
 * equal points and facts give equal bytes. Throws when there is neither start nor stop nor reading.
 */
export const measure = (
  points: Points,
  facts: MeteringFacts,
  states: readonly StatePoint[],
): Metered => {
  const noted: Noted = new Map();
  const noter = noterInto(noted);
  const view = viewOf(points, facts, noter);
  const counted = countEnergy(view, facts, noter);
  const energy = verifiedEnergy(counted, view, facts, noter);
  judge(view, energy, facts, noter);
  if (view.window.stopped && energy === 0n && !missesEnergy(noted)) {
    noter('ZERO_ENERGY', view.window.startedAt);
  }
  const series = energySeries(counted.steps, view.window, energy);
  const anomalies = anomaliesOf(points, noted);
  const latestPower = view.power.at(-1);
  return {
    startedAt: view.window.startedAt,
    endedAt: view.window.endedAt,
    energy: milliWattHours(energy),
    quality: facts.verified === undefined ? counted.quality : 'signed',
    hold: holds(anomalies),
    anomalies,
    series,
    activities: activitiesOf(view.window, { states, series, power: view.power }),
    ...meterEnds(view, points, facts),
    ...(latestPower !== undefined && { power: milliWatts(latestPower.value) }),
    ...(points.stateOfCharge !== undefined && { stateOfCharge: points.stateOfCharge.percent }),
  };
};

type View = {
  readonly window: SessionWindow;
  readonly line: RegisterLine;
  readonly intervals: readonly RegisterStep[];
  readonly power: readonly TotalSample[];
  readonly stretches: readonly PowerStretch[];
  /** What was noted about intervals and power gaps, to be told only if they are what counts. */
  readonly intervalNotes: Noted;
  readonly powerNotes: Noted;
};

const viewOf = (points: Points, facts: MeteringFacts, noter: Noter): View => {
  const allSeries = [...points.series.values()];
  const clock = clockOf(allSeries, noter);
  const window = sessionWindow(points, facts, clock, noter);
  if (window === undefined) throw new Error('a session without start, stop and readings');
  const bound = physicalBound(facts.maxPowerW);
  const registers = totalSamples(allSeries, 'register', clock, noter);
  const net = registers.size > 0 ? registers : totalSamples(allSeries, 'net', clock, noter);
  const [intervalNotes, powerNotes]: [Noted, Noted] = [new Map(), new Map()];
  const noteInterval = noterInto(intervalNotes);
  const notePower = noterInto(powerNotes);
  const intervals = totalSamples(allSeries, 'interval', clock, noteInterval);
  const power = mergedPower(totalSamples(allSeries, 'power', clock, notePower), window);
  return {
    window,
    line: registerLine(net, window, bound, noter),
    intervals: sumIntervals(intervals, window, bound, noteInterval),
    power,
    stretches: powerStretches(power, notePower),
    intervalNotes,
    powerNotes,
  };
};

const mergedPower = (
  totals: ReadonlyMap<string, readonly TotalSample[]>,
  { startedAt, endedAt }: SessionWindow,
): readonly TotalSample[] => {
  const byTime = new Map<bigint, TotalSample>();
  for (const sample of [...totals.values()].flat()) {
    const known = byTime.get(sample.at);
    const isDuring = sample.at >= startedAt && sample.at <= endedAt;
    if (isDuring && (known === undefined || known.value < sample.value)) {
      byTime.set(sample.at, sample);
    }
  }
  return [...byTime.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
};

type Counted = {
  readonly quality: MeteringQuality;
  readonly steps: readonly RegisterStep[];
  readonly energy: bigint;
};

const countEnergy = (view: View, facts: MeteringFacts, noter: Noter): Counted => {
  if (registerTells(view)) return countRegister(view, facts, noter);
  if (view.intervals.length > 0) {
    tellAll(view.intervalNotes, noter);
    return counted('interval', view.intervals);
  }
  if (view.stretches.length > 0) {
    tellAll(view.powerNotes, noter);
    noter('POWER_ONLY', view.window.startedAt);
    return counted('power', powerSteps(view.stretches));
  }
  return counted('none', []);
};

/** A register that stands at zero while intervals or power show energy is none: some chargers send 0 for "unknown". */
const registerTells = ({ line, intervals, stretches, window }: View): boolean => {
  const enough = line.points.length > (window.stopped ? 1 : 0);
  const isSilent = line.points.every(({ value }) => value === 0n);
  const othersTell =
    (intervals.at(-1)?.energy ?? 0n) > 0n || stretches.some(({ energy }) => energy > 0n);
  const isAlone = line.points.length === 1 && othersTell;
  return enough && !(isSilent && othersTell) && !isAlone;
};

const counted = (quality: MeteringQuality, steps: readonly RegisterStep[]): Counted => ({
  quality,
  steps,
  energy: steps.at(-1)?.energy ?? 0n,
});

const tellAll = (noted: Noted, noter: Noter): void => {
  for (const [code, at] of noted) noter(code, at);
};

const countRegister = ({ line, window, stretches }: View, facts: MeteringFacts, noter: Noter) => {
  const moduli = (facts.rolloverWh ?? usualModuli).map((wh) => wh * 1000n);
  const rules = {
    bound: physicalBound(facts.maxPowerW),
    moduli,
    closed: line.stop !== undefined,
  };
  const steps = walkRegister(line.points, rules, noter);
  checkPower(steps, stretches, window, noter);
  if (line.start === undefined) noter('START_REGISTER_MISSING', window.startedAt);
  const isOpenEnded = window.stopped && line.stop === undefined;
  if (isOpenEnded && line.points.at(-1)?.at !== window.endedAt) {
    noter('STOP_REGISTER_MISSING', window.endedAt);
  }
  return counted('register', steps);
};

const verifiedEnergy = (
  { energy }: Counted,
  { window }: View,
  { verified }: MeteringFacts,
  noter: Noter,
): bigint => {
  if (verified === undefined) return energy;
  const signed = verified.stop.register - verified.start.register;
  const difference = signed > energy ? signed - energy : energy - signed;
  const half = signed / 200n;
  if (difference > (half > 10_000n ? half : 10_000n)) noter('SIGNED_MISMATCH', window.startedAt);
  return signed;
};

const judge = (
  { window, line, intervals, stretches }: View,
  energy: bigint,
  facts: MeteringFacts,
  noter: Noter,
): void => {
  const bound = physicalBound(facts.maxPowerW);
  const { startedAt, endedAt, stopped } = window;
  if (bound !== undefined && energy > bound(endedAt - startedAt)) {
    noter('ENERGY_EXCEEDS_PHYSICAL', startedAt);
  }
  auditContinuity(line, facts, noter);
  if (!stopped) return;
  const isMeasured = line.points.length > 1 || intervals.length > 0 || stretches.length > 0;
  if (!isMeasured && facts.verified === undefined) noter('NO_METER_DATA', startedAt);
};

/** An energy of 0 that rests on something that could not be counted is not known to be 0. */
const missesEnergy = (noted: Noted): boolean =>
  [...noted.keys()].some((code) => anomalyMeaning(code).severity === 'error');

/** OCPP 1.6 section 7.31: a register begins where the previous transaction of its connector ended; 10 Wh are jitter. */
const auditContinuity = ({ start }: RegisterLine, facts: MeteringFacts, noter: Noter): void => {
  if (start === undefined || facts.previousRegister === undefined) return;
  const gap = start.value - facts.previousRegister;
  if (gap > 10_000n || gap < -10_000n) noter('REG_CONTINUITY_GAP', start.at);
};

const meterEnds = (
  { line, window }: View,
  points: Points,
  { verified }: MeteringFacts,
): Pick<Metered, 'meterStart' | 'meterStop'> => {
  if (verified !== undefined) return { meterStart: verified.start, meterStop: verified.stop };
  const start = line.start ?? line.points[0];
  const stop = line.stop ?? line.points.at(-1);
  return {
    ...(start && { meterStart: meterEnd(start, signedRecord(points, 'begin')) }),
    ...(stop && window.stopped && { meterStop: meterEnd(stop, signedRecord(points, 'end')) }),
  };
};

const meterEnd = (
  { at, value }: { readonly at: bigint; readonly value: bigint },
  signed: string | undefined,
): MeterEnd => ({
  register: milliWattHours(value),
  at: instant(at),
  ...(signed !== undefined && { signed }),
});

const signedRecord = (points: Points, occasion: 'begin' | 'end'): string | undefined => {
  const records = [...points.signed.values()]
    .filter((point) => point.occasion === occasion)
    .sort(compareSigned);
  return (occasion === 'begin' ? records[0] : records.at(-1))?.raw;
};

const compareSigned = (a: SignedPoint, b: SignedPoint): number => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.raw < b.raw ? -1 : 1;
};

const anomaliesOf = (points: Points, noted: Noted): readonly Anomaly[] => {
  const refs = new Map<AnomalyCode, string>(points.notes);
  for (const [code, at] of noted) {
    const ref = isoInstant(instant(at));
    const known = refs.get(code);
    if (known === undefined || ref < known) refs.set(code, ref);
  }
  return sortAnomalies([...refs].map(([code, ref]) => anomalyOf(code, ref)));
};
