import type { ChargerConnection } from './charger-connection.ts';
import {
  type ChargingPlan,
  type PlannedReading,
  planAt,
  plannedReadings,
} from './charging-plan.ts';
import { meterValue, wholeWattHours } from './meter-value.ts';

/** Events while a plan is carried out; the fleet's views listen to them. */
export type ChargeProgress = {
  /** Called before each reading is sent; a live demo waits here, a replay does not. */
  readonly beforeReading?: (reading: PlannedReading) => Promise<void>;
};

/** Reports a connector's status at a time of the charger's clock. */
export const reportStatus = (
  connection: ChargerConnection,
  connectorId: number,
  status: string,
  at: number,
): Promise<Record<string, unknown>> =>
  connection.call('StatusNotification', {
    connectorId,
    errorCode: 'NoError',
    status,
    timestamp: new Date(at).toISOString(),
  });

/**
 * Carries out one charging session over a charger's connection: Preparing, Authorize, StartTransaction, MeterValues,
 * StopTransaction with the readings of begin and end, Finishing, Available. Gives the transaction id.
 */
export const charge = async (
  connection: ChargerConnection,
  plan: ChargingPlan,
  progress: ChargeProgress = {},
): Promise<number> => {
  const { connectorId, idTag } = plan;
  const first = planAt(plan, plan.startedAt);
  await reportStatus(connection, connectorId, 'Preparing', plan.startedAt);
  await connection.call('Authorize', { idTag });
  const started = await connection.call('StartTransaction', {
    connectorId,
    idTag,
    meterStart: wholeWattHours(first.register),
    timestamp: new Date(plan.startedAt).toISOString(),
  });
  const transactionId = Number(started['transactionId']);
  await reportStatus(connection, connectorId, 'Charging', plan.startedAt);
  await sendReadings(connection, plan, transactionId, progress);
  await stop(connection, plan, transactionId);
  await reportStatus(connection, connectorId, 'Finishing', plan.endedAt);
  await reportStatus(connection, connectorId, 'Available', plan.endedAt);
  return transactionId;
};

const sendReadings = async (
  connection: ChargerConnection,
  plan: ChargingPlan,
  transactionId: number,
  progress: ChargeProgress,
): Promise<void> => {
  let suspended = false;
  for (const reading of plannedReadings(plan)) {
    await progress.beforeReading?.(reading);
    if (!suspended && reading.power === 0) {
      suspended = true;
      await reportStatus(connection, plan.connectorId, 'SuspendedEV', reading.at);
    }
    await connection.call('MeterValues', {
      connectorId: plan.connectorId,
      transactionId,
      meterValue: [meterValue(reading, 'Sample.Periodic')],
    });
  }
};

const stop = async (
  connection: ChargerConnection,
  plan: ChargingPlan,
  transactionId: number,
): Promise<void> => {
  const first = planAt(plan, plan.startedAt);
  const last = { ...planAt(plan, plan.endedAt), power: 0 };
  await connection.call('StopTransaction', {
    transactionId,
    idTag: plan.idTag,
    meterStop: wholeWattHours(last.register),
    timestamp: new Date(plan.endedAt).toISOString(),
    reason: 'Local',
    transactionData: [meterValue(first, 'Transaction.Begin'), meterValue(last, 'Transaction.End')],
  });
};
