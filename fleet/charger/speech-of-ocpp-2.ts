import { bootNotification } from './boot-notification.ts';
import { type PlannedReading, planAt } from './charging-plan.ts';
import type { Speech } from './speech.ts';

/** OCPP 2 knows whether a connector is taken, and not by what. */
const statuses: Readonly<Record<string, string>> = {
  Available: 'Available',
  Unavailable: 'Unavailable',
  Faulted: 'Faulted',
};

const iso = (at: number): string => new Date(at).toISOString();

const meterValue = ({ at, register, power }: PlannedReading, context: string): object => ({
  timestamp: iso(at),
  sampledValue: [
    {
      // Three decimals of Wh: a double holds them exactly enough up to 9 GWh.
      value: Number(register) / 1000,
      context,
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
      unitOfMeasure: { unit: 'Wh' },
    },
    { value: power, context, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
  ],
});

/** The messages of OCPP 2.0.1 and 2.1: numbered TransactionEvents, whose transaction the charger names itself. */
export const ocpp2: Speech = {
  boot: async (connection) => {
    await connection.call('BootNotification', bootNotification(connection.protocol));
  },
  reportStatus: async (connection, evseId, status, at) => {
    await connection.call('StatusNotification', {
      evseId,
      connectorId: 1,
      connectorStatus: statuses[status] ?? 'Occupied',
      timestamp: iso(at),
    });
  },
  authorize: async (connection, idTag) => {
    await connection.call('Authorize', { idToken: { idToken: idTag, type: 'Central' } });
  },
  begin: async (connection, plan) => {
    const idToken = { idToken: plan.idTag, type: 'Central' };
    // The same whenever the plan is carried out again: then every message is recognised.
    const transactionId = `sim-${plan.connectorId}-${plan.startedAt}`;
    let seqNo = 0;
    const say = async (
      eventType: string,
      at: number,
      triggerReason: string,
      info: object,
      more: object = {},
    ): Promise<void> => {
      const numbered = { eventType, timestamp: iso(at), triggerReason, seqNo };
      seqNo += 1;
      const transactionInfo = { transactionId, ...info };
      await connection.call('TransactionEvent', { ...numbered, transactionInfo, ...more });
    };
    const values = (reading: PlannedReading, context: string) => ({
      meterValue: [meterValue(reading, context)],
    });
    const evse = { id: plan.connectorId, connectorId: 1 };
    const first = planAt(plan, plan.startedAt);
    const begin = { evse, idToken, ...values(first, 'Transaction.Begin') };
    await say('Started', plan.startedAt, 'Authorized', { chargingState: 'EVConnected' }, begin);
    return {
      charging: async () =>
        await say('Updated', plan.startedAt, 'ChargingStateChanged', { chargingState: 'Charging' }),
      suspended: async (at) =>
        await say('Updated', at, 'ChargingStateChanged', { chargingState: 'SuspendedEV' }),
      report: async (reading) =>
        await say(
          'Updated',
          reading.at,
          'MeterValuePeriodic',
          {},
          values(reading, 'Sample.Periodic'),
        ),
      end: async () => {
        const last = { ...planAt(plan, plan.endedAt), power: 0 };
        const info = { stoppedReason: 'Local' };
        const end = { idToken, ...values(last, 'Transaction.End') };
        await say('Ended', plan.endedAt, 'StopAuthorized', info, end);
      },
    };
  },
};
