import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { ReserveNowRequest } from '../../generated/v201/reserve-now-request.js';
import type { ReserveNowResponse } from '../../generated/v201/reserve-now-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { optionalEvseId } from './evse.ts';
import { idToken } from './id-token.ts';
import { message } from './message.ts';

/** ReserveNow (OCPP 2.0.1 part 2 section 1.48), which reserves an EVSE, or any that has a connector of a type. */
export const reserveNow = message<CommandOf<'reserve'>, ReserveNowRequest, ReserveNowResponse>(
  ({ reservationId, connector, connectorType, tokenId, parentTokenId, expiresAt }) =>
    omitUndefined({
      id: reservationId,
      expiryDateTime: expiresAt,
      // Each version has words of its own for it: its schema decides.
      connectorType: connectorType as ReserveNowRequest['connectorType'],
      idToken: idToken(tokenId),
      evseId: optionalEvseId(connector),
      groupIdToken: parentTokenId === undefined ? undefined : idToken(parentTokenId),
    }),
  (answer) => statusOutcome(answer),
);
