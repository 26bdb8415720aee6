/** One charging session as a simulated charger will report it. Times are epoch milliseconds, energy is mWh. */
export type ChargingPlan = {
  readonly connectorId: number;
  readonly idTag: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Energy of the session in mWh. */
  readonly energy: bigint;
  /** The meter's register when the session starts, in mWh: it counts over the charger's whole life. */
  readonly registerAtStart: bigint;
  /** How many periodic readings lie between start and stop. */
  readonly readings: number;
  /** Share of the session, 0 to 1, after which the vehicle is full and only parks; 1 charges to the end. */
  readonly chargingShare: number;
};

/** The meter at one moment of a plan. */
export type PlannedReading = {
  readonly at: number;
  /** mWh. */
  readonly register: bigint;
  /** W. */
  readonly power: number;
};

/** The meter of a plan at a point in time: energy grows evenly until the vehicle is full. */
export const planAt = (plan: ChargingPlan, at: number): PlannedReading => {
  const fullAt = plan.startedAt + Math.round((plan.endedAt - plan.startedAt) * plan.chargingShare);
  const chargingMs = Math.max(1, fullAt - plan.startedAt);
  const elapsed = Math.min(Math.max(0, at - plan.startedAt), chargingMs);
  const energy = at >= fullAt ? plan.energy : (plan.energy * BigInt(elapsed)) / BigInt(chargingMs);
  const power = at >= fullAt ? 0 : Math.round((Number(plan.energy) * 3600) / chargingMs);
  return { at, register: plan.registerAtStart + energy, power };
};

/** The periodic readings of a plan, evenly spread between its start and its end, both excluded. */
export const plannedReadings = (plan: ChargingPlan): readonly PlannedReading[] => {
  const step = (plan.endedAt - plan.startedAt) / (plan.readings + 1);
  return Array.from({ length: plan.readings }, (_, index) =>
    planAt(plan, plan.startedAt + Math.round(step * (index + 1))),
  );
};
