import type { CommandOf } from '../../../command/command-request.ts';
import type { UnlockConnectorRequest } from '../../generated/v201/unlock-connector-request.js';
import type { UnlockConnectorResponse } from '../../generated/v201/unlock-connector-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** UnlockConnector (OCPP 2.0.1 part 2 section 1.63). */
export const unlockConnector = message<
  CommandOf<'unlock'>,
  UnlockConnectorRequest,
  UnlockConnectorResponse
>(
  ({ connector: { evseId, connectorId } }) => ({ evseId, connectorId }),
  (answer) => statusOutcome(answer),
);
