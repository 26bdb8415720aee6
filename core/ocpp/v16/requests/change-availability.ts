import { wholeCharger } from '../../../charger/connector-ref.ts';
import type { CommandOf } from '../../../command/command-request.ts';
import { validateChangeAvailabilityRequest } from '../../generated/v16/change-availability-request.js';
import { validateChangeAvailabilityResponse } from '../../generated/v16/change-availability-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { connectorNumber } from './connector-number.ts';
import { exchange } from './exchange.ts';

/** ChangeAvailability of OCPP 1.6, sections 6.5 and 6.6; connector 0 is the whole charger. */
export const changeAvailability = exchange(
  'ChangeAvailability',
  validateChangeAvailabilityRequest,
  validateChangeAvailabilityResponse,
  ({ connector = wholeCharger, available }: CommandOf<'availability'>) => {
    const connectorId = connectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    return { connectorId, type: available ? 'Operative' : 'Inoperative' };
  },
  (answer) => statusOutcome(answer),
);
