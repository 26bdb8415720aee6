import type { ChargerConnection } from './charger-connection.ts';
import { type ChargingPlan, type PlannedReading, plannedReadings } from './charging-plan.ts';
import type { RunningCharge } from './speech.ts';
import { speechOf } from './speech-of.ts';

/** Events while a plan is carried out; the fleet's views listen to them. */
export type ChargeProgress = {
  /** Called before each reading is sent; a live demo waits here, a replay does not. */
  readonly beforeReading?: (reading: PlannedReading) => Promise<void>;
  /** Called before the session ends: a live demo has it stopped then. */
  readonly beforeEnd?: () => Promise<void>;
};

/**
 * Carries out one charging session over a charger's connection, in the words of its OCPP version: Preparing, authorization,
 * start, readings, stop with the readings of begin and end, Finishing, Available.
 */
export const charge = async (
  connection: ChargerConnection,
  plan: ChargingPlan,
  progress: ChargeProgress = {},
): Promise<void> => {
  const { connectorId, idTag, startedAt, endedAt } = plan;
  const { reportStatus, authorize, begin } = speechOf(connection.protocol);
  await reportStatus(connection, connectorId, 'Preparing', startedAt);
  await authorize(connection, idTag);
  const running = await begin(connection, plan);
  await running.charging();
  await sendReadings(running, plan, progress);
  await progress.beforeEnd?.();
  await running.end();
  await reportStatus(connection, connectorId, 'Finishing', endedAt);
  await reportStatus(connection, connectorId, 'Available', endedAt);
};

const sendReadings = async (
  running: RunningCharge,
  plan: ChargingPlan,
  progress: ChargeProgress,
): Promise<void> => {
  let isSuspended = false;
  for (const reading of plannedReadings(plan)) {
    await progress.beforeReading?.(reading);
    if (!isSuspended && reading.power === 0) {
      isSuspended = true;
      await running.suspended(reading.at);
    }
    await running.report(reading);
  }
};
