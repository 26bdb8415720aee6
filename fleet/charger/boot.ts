import type { ChargerConnection } from './charger-connection.ts';
import { speechOf } from './speech-of.ts';

/** Boots a simulated charger and reports its connectors as available at the given time. */
export const boot = async (
  connection: ChargerConnection,
  connectors: number,
  at: number,
): Promise<void> => {
  const speech = speechOf(connection.protocol);
  await speech.boot(connection);
  for (let connectorId = 1; connectorId <= connectors; connectorId += 1) {
    await speech.reportStatus(connection, connectorId, 'Available', at);
  }
};
