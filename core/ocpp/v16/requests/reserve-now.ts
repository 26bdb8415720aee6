import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateReserveNowRequest } from '../../generated/v16/reserve-now-request.js';
import { validateReserveNowResponse } from '../../generated/v16/reserve-now-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { connectorNumber } from './connector-number.ts';
import { exchange } from './exchange.ts';

/** ReserveNow of OCPP 1.6, sections 6.37 and 6.38. */
export const reserveNow = exchange(
  'ReserveNow',
  validateReserveNowRequest,
  validateReserveNowResponse,
  (request: CommandOf<'reserve'>) => {
    if (request.connectorType !== undefined) {
      return { inexpressible: 'OCPP 1.6 reserves a connector by its number, not by its type.' };
    }
    const connectorId = connectorNumber(request.connector);
    if (typeof connectorId === 'object') return connectorId;
    return omitUndefined({
      connectorId,
      expiryDate: request.expiresAt,
      idTag: request.tokenId,
      parentIdTag: request.parentTokenId,
      reservationId: request.reservationId,
    });
  },
  (answer) => statusOutcome(answer),
);
