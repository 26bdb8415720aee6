import { reportStatus } from './charge.ts';
import type { ChargerConnection } from './charger-connection.ts';

/** Boots a simulated charger and reports its connectors as available at the given time. */
export const boot = async (
  connection: ChargerConnection,
  connectors: number,
  at: number,
): Promise<void> => {
  await connection.call('BootNotification', {
    chargePointVendor: 'Joulegate',
    chargePointModel: 'Simulated charger',
    chargePointSerialNumber: 'SIM-1',
    firmwareVersion: '1.0.0',
  });
  for (let connectorId = 1; connectorId <= connectors; connectorId += 1) {
    await reportStatus(connection, connectorId, 'Available', at);
  }
};
