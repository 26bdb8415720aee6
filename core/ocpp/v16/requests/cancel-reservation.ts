import type { CommandOf } from '../../../command/command-request.ts';
import { validateCancelReservationRequest } from '../../generated/v16/cancel-reservation-request.js';
import { validateCancelReservationResponse } from '../../generated/v16/cancel-reservation-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** CancelReservation of OCPP 1.6, sections 6.3 and 6.4. */
export const cancelReservation = exchange(
  'CancelReservation',
  validateCancelReservationRequest,
  validateCancelReservationResponse,
  ({ reservationId }: CommandOf<'cancel-reservation'>) => ({ reservationId }),
  (answer) => statusOutcome(answer),
);
