import { bootNotification } from './boot-notification.ts';
import type { ChargerConnection } from './charger-connection.ts';
import { planAt } from './charging-plan.ts';
import { meterValue, wholeWattHours } from './meter-value.ts';
import type { Speech } from './speech.ts';

const reportStatus = async (
  connection: ChargerConnection,
  connectorId: number,
  status: string,
  at: number,
): Promise<void> => {
  await connection.call('StatusNotification', {
    connectorId,
    errorCode: 'NoError',
    status,
    timestamp: new Date(at).toISOString(),
  });
};

/** The messages of OCPP 1.6: StartTransaction, MeterValues, and StopTransaction with the readings of begin and end. */
export const ocpp16: Speech = {
  boot: async (connection) => {
    await connection.call('BootNotification', bootNotification(connection.protocol));
  },
  reportStatus,
  authorize: async (connection, idTag) => {
    await connection.call('Authorize', { idTag });
  },
  begin: async (connection, plan) => {
    const { connectorId, idTag } = plan;
    const first = planAt(plan, plan.startedAt);
    const started = await connection.call('StartTransaction', {
      connectorId,
      idTag,
      meterStart: wholeWattHours(first.register),
      timestamp: new Date(plan.startedAt).toISOString(),
    });
    const transactionId = Number(started['transactionId']);
    return {
      charging: async () => await reportStatus(connection, connectorId, 'Charging', plan.startedAt),
      suspended: async (at) => await reportStatus(connection, connectorId, 'SuspendedEV', at),
      report: async (reading) => {
        await connection.call('MeterValues', {
          connectorId,
          transactionId,
          meterValue: [meterValue(reading, 'Sample.Periodic')],
        });
      },
      end: async () => {
        const last = { ...planAt(plan, plan.endedAt), power: 0 };
        await connection.call('StopTransaction', {
          transactionId,
          idTag,
          meterStop: wholeWattHours(last.register),
          timestamp: new Date(plan.endedAt).toISOString(),
          reason: 'Local',
          transactionData: [
            meterValue(first, 'Transaction.Begin'),
            meterValue(last, 'Transaction.End'),
          ],
        });
      },
    };
  },
};
