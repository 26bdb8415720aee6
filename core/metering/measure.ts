import { milliWattHours } from '../units/energy.ts';
import { instant, isoInstant } from '../units/instant.ts';
import { milliWatts } from '../units/power.ts';
import { activitiesOf } from './energy/activities-of.ts';
import { auditDate } from './energy/audit-date.ts';
import { missingMessages } from './energy/audit-sequence.ts';
import { auditStart } from './energy/audit-start.ts';
import { checkUnitByCourse } from './energy/check-unit-by-course.ts';
import { checkUnreadEnds } from './energy/check-unread-ends.ts';
import { checkElsewhere, countElsewhere } from './energy/count-elsewhere.ts';
import { type CountedEnergy, countEnergy, verifiedEnergy } from './energy/count-energy.ts';
import { energyCandidates } from './energy/energy-candidates.ts';
import { energySeries } from './energy/energy-series.ts';
import { meterEnds } from './energy/meter-ends.ts';
import { arrangeSession, type SessionView } from './energy/session-view.ts';
import type { Anomaly } from './model/anomaly.ts';
import { type AnomalyCode, anomalyMeaning, anomalyOf } from './model/anomaly-codes.ts';
import { anomalyRecorder, type Noted, type RecordAnomaly } from './model/anomaly-collector.ts';
import type { Activity, Metered } from './model/metered.ts';
import type { MeteringFacts } from './model/metering-facts.ts';
import { holds, sortAnomalies } from './model/sort-anomalies.ts';
import type { Points } from './points/points.ts';
import { correctedStates, type StatePoint } from './points/state-points.ts';
import type { RegisterPoint } from './register/count-register-energy.ts';
import { anyChargerBound, physicalBound } from './register/physical-bound.ts';
import type { RegisterTimeline } from './register/register-timeline.ts';

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
  const recordAnomaly = anomalyRecorder(noted);
  const view = arrangeSession(points, facts, states, recordAnomaly);
  const counted = countEnergy(view, facts, recordAnomaly);
  const energy = verifiedEnergy(counted, view, facts, recordAnomaly);
  const elsewhere = countElsewhere(points, facts, view);
  checkElsewhere(elsewhere, counted, view, recordAnomaly);
  judge(view, energy, facts, recordAnomaly);
  const missing = view.window.stopped ? missingMessages(points.sequence) : undefined;
  if (missing !== undefined) recordAnomaly('SEQ_GAP', view.window.startedAt);
  if (view.window.stopped && energy === 0n && !missesEnergy(noted)) {
    recordAnomaly('ZERO_ENERGY', view.window.startedAt);
  }
  const series = energySeries(counted.steps, view.window, energy);
  const latestPower = view.power.at(-1);
  const corrected = correctedStates(states, view.clock, begunAt(view, facts), recordAnomaly);
  const shownTo = counted.steps.at(-1)?.at;
  const bound = physicalBound(facts.maxPowerW);
  const evidence = {
    states: corrected,
    series,
    power: view.power,
    ...(shownTo !== undefined && { shownTo }),
    ...(bound !== undefined && { bound }),
  };
  const activities = activitiesOf(view.window, evidence);
  judgeCourse(view, counted, { activities, states: corrected }, facts, recordAnomaly);
  const anomalies = anomaliesOf(points, noted, missing);
  return {
    startedAt: view.window.startedAt,
    endedAt: view.window.endedAt,
    energy: milliWattHours(energy),
    quality: facts.verified === undefined ? counted.quality : 'signed',
    hold: holds(anomalies),
    anomalies,
    series,
    activities,
    ...meterEnds(view, points, facts, counted),
    ...(view.window.ended && { candidates: energyCandidates(view, counted, facts, elsewhere) }),
    ...(latestPower !== undefined && { power: milliWatts(latestPower.value) }),
    ...(points.stateOfCharge !== undefined && { stateOfCharge: points.stateOfCharge.percent }),
  };
};

/** Holds what was counted against the use of the session's time; signed values are known to be right. */
const judgeCourse = (
  view: SessionView,
  counted: CountedEnergy,
  use: { readonly activities: readonly Activity[]; readonly states: readonly StatePoint[] },
  facts: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): void => {
  if (facts.verified !== undefined) return;
  const points = courseOf(view, counted);
  if (points.length > 0) {
    checkUnitByCourse(
      { ...view, points },
      counted.energy,
      use.activities,
      facts.maxPowerW,
      recordAnomaly,
    );
  }
  checkUnreadEnds(view, counted, use, facts, recordAnomaly);
};

/** The registers that were counted, or those of a counter that intervals amount to. */
const courseOf = (
  { line }: SessionView,
  { quality, steps }: CountedEnergy,
): readonly RegisterPoint[] => {
  if (quality === 'register') return line.points;
  return quality === 'interval'
    ? steps.map(({ at, energy }) => ({ at: instant(at), value: energy }))
    : [];
};

/** When a session began, and when we received that. */
const begunAt = ({ window: { startedAt } }: SessionView, { start }: MeteringFacts) => ({
  at: startedAt,
  received: start === undefined ? startedAt : instant(BigInt(start.receivedAt)),
});

const judge = (
  { window, line, intervals, spans }: SessionView,
  energy: bigint,
  facts: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): void => {
  const bound = physicalBound(facts.maxPowerW) ?? anyChargerBound;
  const { startedAt, endedAt, stopped } = window;
  if (energy > bound(endedAt - startedAt)) {
    recordAnomaly('ENERGY_EXCEEDS_PHYSICAL', startedAt);
  }
  auditContinuity(line, facts, recordAnomaly);
  if (!stopped) return;
  auditDate(line, window, facts, recordAnomaly);
  auditStart(line, window, facts, recordAnomaly);
  const isMeasured = line.points.length > 1 || intervals.length > 0 || spans.length > 0;
  if (!isMeasured && facts.verified === undefined) recordAnomaly('NO_METER_DATA', startedAt);
};

/** An energy of 0 that is based on something that could not be counted is not known to be 0. */
const missesEnergy = (noted: Noted): boolean =>
  [...noted.keys()].some((code) => anomalyMeaning(code).severity === 'error');

/** OCPP 1.6 section 7.31: a register begins where the previous transaction of its connector ended; 10 Wh are jitter. */
const auditContinuity = (
  { start }: RegisterTimeline,
  facts: MeteringFacts,
  recordAnomaly: RecordAnomaly,
): void => {
  if (start === undefined || facts.previousRegister === undefined) return;
  const gap = start.value - facts.previousRegister;
  if (gap > 10_000n || gap < -10_000n) recordAnomaly('REG_CONTINUITY_GAP', start.at);
};

const anomaliesOf = (
  points: Points,
  noted: Noted,
  missing: string | undefined,
): readonly Anomaly[] => {
  const refs = new Map<AnomalyCode, string>(points.notes);
  for (const [code, at] of noted) {
    const ref = isoInstant(instant(at));
    const known = refs.get(code);
    if (known === undefined || ref < known) refs.set(code, ref);
  }
  return sortAnomalies(
    [...refs].map(([code, ref]) => anomalyOf(code, ref, code === 'SEQ_GAP' ? missing : undefined)),
  );
};
