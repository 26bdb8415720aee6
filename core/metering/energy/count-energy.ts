import type { Noted, RecordAnomaly } from '../model/anomaly-collector.ts';
import type { MeteringQuality } from '../model/metered.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import {
  countRegisterEnergy,
  type RegisterPoint,
  type RegisterRules,
  type RegisterStep,
} from '../register/count-register-energy.ts';
import { type PhysicalBound, physicalBound } from '../register/physical-bound.ts';
import { checkCurrent } from './check-current.ts';
import { checkEnds } from './check-ends.ts';
import { checkLastStep } from './check-last-step.ts';
import { checkLesser } from './check-lesser.ts';
import { checkOthers } from './check-others.ts';
import { checkPhases } from './check-phases.ts';
import { checkPower } from './check-power.ts';
import { checkPowerOfIntervals } from './check-power-of-intervals.ts';
import { checkUnread } from './check-unread.ts';
import { powerSteps } from './integrate-power.ts';
import { isStartStale } from './is-start-stale.ts';
import type { SessionView } from './session-view.ts';
import { shownBeforeRegister } from './shown-before-register.ts';
import { hasSteepStep, isStartDoubtful } from './steep-step.ts';

const usualModuli: readonly bigint[] = [10n ** 9n, 2n ** 32n];

/** Where the register of a session may run over, in mWh. */
export const rollovers = ({ rolloverWh = usualModuli }: MeteringFacts): readonly bigint[] =>
  rolloverWh.map((wh) => wh * 1000n);

/** By what the register of a session is judged. */
export const rulesOf = (view: SessionView, facts: MeteringFacts): RegisterRules => ({
  bound: physicalBound(facts.maxPowerW),
  moduli: rollovers(facts),
  closed: view.line.stop !== undefined,
  ended: view.window.ended,
});

/** Energy counted since the start in mWh, how it grew, and what it is based on. */
export type CountedEnergy = {
  readonly quality: MeteringQuality;
  readonly steps: readonly RegisterStep[];
  readonly energy: bigint;
  /** Readings of the register that had to be left out. */
  readonly leftOut: readonly RegisterPoint[];
};

/**
 * Counts the energy by the best thing there is: the register, intervals, or power, which only ever estimates. While the session
 * runs, power counts nothing: the first reading of a register may show less.
 */
export const countEnergy = (
  view: SessionView,
  facts: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): CountedEnergy => {
  if (registerTells(view)) return countRegister(view, facts, recordAnomaly);
  if (view.intervals.length > 0) {
    tellAll(view.intervalNotes, recordAnomaly);
    checkPower(view.intervals, view.spans, view.window, recordAnomaly);
    checkPowerOfIntervals(view, recordAnomaly);
    checkCurrent(view.intervals, view, recordAnomaly);
    return counted('interval', view.window.ended ? view.intervals : view.shownIntervals);
  }
  if (view.spans.length > 0 && view.window.ended) {
    tellAll(view.powerNotes, recordAnomaly);
    recordAnomaly('POWER_ONLY', view.window.startedAt);
    return counted('power', powerSteps(view.spans));
  }
  return counted('none', []);
};

/** A register that stays at zero while intervals or power show energy does not count: some chargers send 0 for "unknown". */
const registerTells = ({ line, intervals, spans, window }: SessionView): boolean => {
  const enough = line.points.length > (window.stopped ? 1 : 0);
  const isSilent = line.points.every(({ value }) => value === 0n);
  const othersTell =
    (intervals.at(-1)?.energy ?? 0n) > 0n || spans.some(({ energy }) => energy > 0n);
  const isAlone = line.points.length === 1 && othersTell;
  return enough && !(isSilent && othersTell) && !isAlone;
};

const counted = (
  quality: MeteringQuality,
  steps: readonly RegisterStep[],
  leftOut: readonly RegisterPoint[] = [],
): CountedEnergy => ({ quality, steps, energy: steps.at(-1)?.energy ?? 0n, leftOut });

const tellAll = (noted: Noted, recordAnomaly: RecordAnomaly): void => {
  for (const [code, at] of noted) recordAnomaly(code, at);
};

const countRegister = (view: SessionView, facts: MeteringFacts, recordAnomaly: RecordAnomaly) => {
  const { line, window, spans } = view;
  const rules = rulesOf(view, facts);
  const { steps, leftOut } = countRegisterEnergy(line.points, rules, recordAnomaly);
  const risen = (line.points.at(-1)?.value ?? 0n) - (line.points[0]?.value ?? 0n);
  const verdict = checkPower(steps, spans, window, recordAnomaly, risen);
  const isUnit = verdict === 'UNIT_KWH_AS_WH' || verdict === 'UNIT_WH_AS_KWH';
  if (window.stopped && !isUnit) {
    checkOthers(view, { steps, leftOut }, rules, recordAnomaly);
    checkLesser(view, steps, facts, rules, recordAnomaly);
    checkEnds(steps, view, facts, recordAnomaly);
    checkPhases(steps, view, facts, recordAnomaly);
  }
  checkCurrent(steps, view, recordAnomaly);
  checkCourse(steps, view, facts, recordAnomaly);
  if (line.start === undefined) recordAnomaly('START_REGISTER_MISSING', window.startedAt);
  if (window.stopped && line.points.at(-1)?.at !== window.endedAt) {
    recordAnomaly('STOP_REGISTER_MISSING', window.endedAt);
  }
  if (window.stopped && line.start === undefined && line.stop === undefined) {
    recordAnomaly('METER_ENDS_MISSING', window.startedAt);
  }
  return counted(
    'register',
    window.ended ? steps : runningSteps(steps, view, rules.bound),
    leftOut,
  );
};

/** Holds the course of a session against itself, most of all where nothing is registered that bounds it. */
const checkCourse = (
  steps: readonly RegisterStep[],
  view: SessionView,
  facts: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): void => {
  if (view.window.stopped && isStartStale(steps, view)) {
    recordAnomaly('ENERGY_CONTRADICTED', view.window.startedAt);
  }
  if (facts.maxPowerW !== undefined) return;
  const known = withPrevious(view, facts);
  const isDoubtful = hasSteepStep(steps, known) || isStartDoubtful(steps, known);
  if (view.window.stopped && isDoubtful)
    recordAnomaly('ENERGY_CONTRADICTED', view.window.startedAt);
  checkLastStep(steps, known, recordAnomaly);
  checkUnread(steps, view, facts, recordAnomaly);
};

/** A session with the power that its charger has shown, in the session before it, as if it had been measured at the start. */
const withPrevious = (view: SessionView, { previousPower }: MeteringFacts): SessionView =>
  previousPower === undefined
    ? view
    : { ...view, power: [{ at: view.window.startedAt, value: previousPower }, ...view.power] };

/** The steps of a session that runs: a first one that its CDR may be held for is not counted, nor anything after it. */
const runningSteps = (
  steps: readonly RegisterStep[],
  view: SessionView,
  bound: PhysicalBound | undefined,
): readonly RegisterStep[] =>
  bound === undefined && isStartDoubtful(steps, view)
    ? steps.slice(0, 1)
    : afterIntervals(steps, view);

/** While a session runs, its energy does not fall where intervals showed more before the register told. */
const afterIntervals = (
  steps: readonly RegisterStep[],
  view: SessionView,
): readonly RegisterStep[] => {
  const shown = shownBeforeRegister(view);
  if (shown === undefined) return steps;
  return steps.map(({ at, energy }) => ({
    at,
    energy: at >= shown.until && energy < shown.energy ? shown.energy : energy,
  }));
};

/** The energy of a verified signed pair, which goes before what was counted; a difference of 10 Wh and 0.5 % is an anomaly. */
export const verifiedEnergy = (
  { energy }: CountedEnergy,
  { window }: SessionView,
  { verified }: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): bigint => {
  if (verified === undefined) return energy;
  const signed = verified.stop.register - verified.start.register;
  if (signed < 0n) {
    recordAnomaly('REG_DECREASE', window.startedAt);
    return 0n;
  }
  const difference = signed > energy ? signed - energy : energy - signed;
  const half = signed / 200n;
  if (difference > (half > 10_000n ? half : 10_000n))
    recordAnomaly('SIGNED_MISMATCH', window.startedAt);
  return signed;
};
