import type { CommandOf } from '../../../command/command-request.ts';
import type { CancelReservationRequest } from '../../generated/v201/cancel-reservation-request.js';
import type { CancelReservationResponse } from '../../generated/v201/cancel-reservation-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** CancelReservation (OCPP 2.0.1 part 2 section 1.3). */
export const cancelReservation = message<
  CommandOf<'cancel-reservation'>,
  CancelReservationRequest,
  CancelReservationResponse
>(
  ({ reservationId }) => ({ reservationId }),
  (answer) => statusOutcome(answer),
);
