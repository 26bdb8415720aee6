import { checkPower } from './check-power.ts';
import { powerSteps } from './integrate-power.ts';
import type { MeteringQuality } from './metered.ts';
import type { MeteringFacts } from './metering-facts.ts';
import type { Noted, Noter } from './noted.ts';
import { physicalBound } from './physical-bound.ts';
import type { SessionView } from './session-view.ts';
import { type RegisterStep, walkRegister } from './walk-register.ts';

const usualModuli: readonly bigint[] = [10n ** 9n, 2n ** 32n];

/** Energy counted since the start in mWh, how it grew, and what it rests on. */
export type CountedEnergy = {
  readonly quality: MeteringQuality;
  readonly steps: readonly RegisterStep[];
  readonly energy: bigint;
};

/** Counts the energy by the best thing there is: the register, intervals, or power, which only ever estimates. */
export const countEnergy = (
  view: SessionView,
  facts: MeteringFacts,
  noter: Noter,
): CountedEnergy => {
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
const registerTells = ({ line, intervals, stretches, window }: SessionView): boolean => {
  const enough = line.points.length > (window.stopped ? 1 : 0);
  const isSilent = line.points.every(({ value }) => value === 0n);
  const othersTell =
    (intervals.at(-1)?.energy ?? 0n) > 0n || stretches.some(({ energy }) => energy > 0n);
  const isAlone = line.points.length === 1 && othersTell;
  return enough && !(isSilent && othersTell) && !isAlone;
};

const counted = (quality: MeteringQuality, steps: readonly RegisterStep[]): CountedEnergy => ({
  quality,
  steps,
  energy: steps.at(-1)?.energy ?? 0n,
});

const tellAll = (noted: Noted, noter: Noter): void => {
  for (const [code, at] of noted) noter(code, at);
};

const countRegister = (
  { line, window, stretches }: SessionView,
  facts: MeteringFacts,
  noter: Noter,
) => {
  const moduli = (facts.rolloverWh ?? usualModuli).map((wh) => wh * 1000n);
  const rules = {
    bound: physicalBound(facts.maxPowerW),
    moduli,
    closed: line.stop !== undefined,
  };
  const steps = walkRegister(line.points, rules, noter);
  checkPower(steps, stretches, window, noter);
  if (line.start === undefined) noter('START_REGISTER_MISSING', window.startedAt);
  if (window.stopped && line.points.at(-1)?.at !== window.endedAt) {
    noter('STOP_REGISTER_MISSING', window.endedAt);
  }
  return counted('register', steps);
};

/** The energy of a verified signed pair, which goes before what was counted; a difference of 10 Wh and 0.5 % is told. */
export const verifiedEnergy = (
  { energy }: CountedEnergy,
  { window }: SessionView,
  { verified }: MeteringFacts,
  noter: Noter,
): bigint => {
  if (verified === undefined) return energy;
  const signed = verified.stop.register - verified.start.register;
  if (signed < 0n) {
    noter('REG_DECREASE', window.startedAt);
    return 0n;
  }
  const difference = signed > energy ? signed - energy : energy - signed;
  const half = signed / 200n;
  if (difference > (half > 10_000n ? half : 10_000n)) noter('SIGNED_MISMATCH', window.startedAt);
  return signed;
};
