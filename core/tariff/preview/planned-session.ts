import type { Activity, EnergyPoint, Metered } from '../../metering/model/metered.ts';
import { type MilliWattHours, milliWattHours } from '../../units/energy.ts';
import { type Duration, type Instant, instant } from '../../units/instant.ts';
import type { MilliWatts } from '../../units/power.ts';
import { roundHalfUp } from '../../units/rounding.ts';

/** A power that holds from a moment on, until the next step or the end of charging. */
export type PowerStep = { readonly after: Duration; readonly power: MilliWatts };

/** A session as somebody plans it, to see what it would cost. */
export type PlannedSession = {
  readonly startedAt: Instant;
  /** From the start to the end, idle time included. */
  readonly duration: Duration;
  /** How long the vehicle stays at the end and takes nothing, by its own choice; at most the duration. */
  readonly idle: Duration;
  /** Either evenly over the charging time, or in steps of power, ascending and inside of it. */
  readonly taken:
    | { readonly kind: 'energy'; readonly energy: MilliWattHours }
    | { readonly kind: 'power'; readonly steps: readonly PowerStep[] };
};

const millisecondsPerHour = 3_600_000n;

const chargingEnd = ({ startedAt, duration, idle }: PlannedSession): Instant =>
  instant(startedAt + duration - idle);

/** The energy at each step and at the end of charging, summed up exactly and rounded to the mWh as a running total. */
const stepPoints = (
  steps: readonly PowerStep[],
  startedAt: Instant,
  end: Instant,
): readonly EnergyPoint[] => {
  let product = 0n;
  return steps.flatMap(({ after, power }, index) => {
    const from = startedAt + after;
    const next = steps[index + 1];
    const to = next === undefined ? end : startedAt + next.after;
    const before = roundHalfUp(product, millisecondsPerHour);
    product += power * (to - from);
    const energy = roundHalfUp(product, millisecondsPerHour);
    return [
      { at: instant(from), energy: milliWattHours(before) },
      { at: instant(to), energy: milliWattHours(energy) },
    ];
  });
};

const takenPoints = (plan: PlannedSession): readonly EnergyPoint[] => {
  const end = chargingEnd(plan);
  return plan.taken.kind === 'energy'
    ? [{ at: end, energy: plan.taken.energy }]
    : stepPoints(plan.taken.steps, plan.startedAt, end);
};

const activitiesOf = (plan: PlannedSession): readonly Activity[] => {
  const charging: Activity = { from: plan.startedAt, kind: 'charging' };
  if (plan.idle <= 0n) return [charging];
  const idle: Activity = { from: chargingEnd(plan), kind: 'idle' };
  return idle.from === plan.startedAt ? [idle] : [charging, idle];
};

/** The measurement of a planned session as if it had been read at every change of its power. */
export const meterPlannedSession = (plan: PlannedSession): Metered => {
  const { startedAt, duration } = plan;
  const endedAt = instant(startedAt + duration);
  const taken = takenPoints(plan);
  const energy = taken.at(-1)?.energy ?? milliWattHours(0n);
  const all = [{ at: startedAt, energy: milliWattHours(0n) }, ...taken, { at: endedAt, energy }];
  return {
    startedAt,
    endedAt,
    energy,
    quality: 'register',
    hold: false,
    anomalies: [],
    // Where several fall together the last one holds all of the energy until then.
    series: all.filter(({ at }, index) => all[index + 1]?.at !== at),
    activities: activitiesOf(plan),
  };
};
