import type { CommandOf } from '../../../command/command-request.ts';
import { validateUnlockConnectorRequest } from '../../generated/v16/unlock-connector-request.js';
import { validateUnlockConnectorResponse } from '../../generated/v16/unlock-connector-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { connectorNumber } from './connector-number.ts';
import { exchange } from './exchange.ts';

/** UnlockConnector of OCPP 1.6, sections 6.53 and 6.54. */
export const unlockConnector = exchange(
  'UnlockConnector',
  validateUnlockConnectorRequest,
  validateUnlockConnectorResponse,
  ({ connector }: CommandOf<'unlock'>) => {
    const connectorId = connectorNumber(connector);
    return typeof connectorId === 'object' ? connectorId : { connectorId };
  },
  (answer) => statusOutcome(answer),
);
