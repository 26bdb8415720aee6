import { milliWattHours } from '../units/energy.ts';
import { instant, isoInstant } from '../units/instant.ts';
import { milliWatts } from '../units/power.ts';
import { activitiesOf } from './activities-of.ts';
import type { Anomaly } from './anomaly.ts';
import { type AnomalyCode, anomalyMeaning, anomalyOf } from './anomaly-codes.ts';
import { auditSequence } from './audit-sequence.ts';
import { countEnergy, verifiedEnergy } from './count-energy.ts';
import { energySeries } from './energy-series.ts';
import { meterEnds } from './meter-ends.ts';
import type { Metered } from './metered.ts';
import type { MeteringFacts } from './metering-facts.ts';
import { type Noted, type Noter, noterInto } from './noted.ts';
import { physicalBound } from './physical-bound.ts';
import type { Points } from './points.ts';
import type { RegisterLine } from './register-line.ts';
import { type SessionView, sessionView } from './session-view.ts';
import { holds, sortAnomalies } from './sort-anomalies.ts';
import { correctedStates, type StatePoint } from './state-points.ts';

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
  const view = sessionView(points, facts, noter);
  const counted = countEnergy(view, facts, noter);
  const energy = verifiedEnergy(counted, view, facts, noter);
  judge(view, energy, facts, noter);
  if (view.window.stopped) {
    auditSequence(points.sequence, view.window.startedAt, noter);
  }
  if (view.window.stopped && energy === 0n && !missesEnergy(noted)) {
    noter('ZERO_ENERGY', view.window.startedAt);
  }
  const series = energySeries(counted.steps, view.window, energy);
  const latestPower = view.power.at(-1);
  const corrected = correctedStates(states, view.clock);
  const anomalies = anomaliesOf(points, noted);
  const shownTo = counted.steps.at(-1)?.at;
  const bound = physicalBound(facts.maxPowerW);
  const evidence = {
    states: corrected,
    series,
    power: view.power,
    ...(shownTo !== undefined && { shownTo }),
    ...(bound !== undefined && { bound }),
  };
  return {
    startedAt: view.window.startedAt,
    endedAt: view.window.endedAt,
    energy: milliWattHours(energy),
    quality: facts.verified === undefined ? counted.quality : 'signed',
    hold: holds(anomalies),
    anomalies,
    series,
    activities: activitiesOf(view.window, evidence),
    ...meterEnds(view, points, facts),
    ...(latestPower !== undefined && { power: milliWatts(latestPower.value) }),
    ...(points.stateOfCharge !== undefined && { stateOfCharge: points.stateOfCharge.percent }),
  };
};

const judge = (
  { window, line, intervals, stretches }: SessionView,
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

const anomaliesOf = (points: Points, noted: Noted): readonly Anomaly[] => {
  const refs = new Map<AnomalyCode, string>(points.notes);
  for (const [code, at] of noted) {
    const ref = isoInstant(instant(at));
    const known = refs.get(code);
    if (known === undefined || ref < known) refs.set(code, ref);
  }
  return sortAnomalies([...refs].map(([code, ref]) => anomalyOf(code, ref)));
};
