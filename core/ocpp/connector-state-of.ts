import type { ConnectorState } from '../metering/model/reading.ts';
import type { Protocol } from './protocol.ts';
import { toConnectorState } from './v16/to-connector-state.ts';

/**
 * The state in a stored status message: `raw` is the text of its payload, `receivedAt` is in epoch milliseconds.
 * Undefined when it cannot be read.
 */
export const connectorStateOf = (
  protocol: Protocol,
  raw: string,
  receivedAt: number,
): ConnectorState | undefined => {
  switch (protocol) {
    case 'ocpp1.6':
      return toConnectorState(raw, receivedAt);
    case 'ocpp2.0.1':
    case 'ocpp2.1':
      return undefined;
    default:
      return protocol satisfies never;
  }
};
