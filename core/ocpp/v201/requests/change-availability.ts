import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { ChangeAvailabilityRequest } from '../../generated/v201/change-availability-request.js';
import type { ChangeAvailabilityResponse } from '../../generated/v201/change-availability-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { evse } from './evse.ts';
import { message } from './message.ts';

/** ChangeAvailability (OCPP 2.0.1 part 2 section 1.6). */
export const changeAvailability = message<
  CommandOf<'availability'>,
  ChangeAvailabilityRequest,
  ChangeAvailabilityResponse
>(
  ({ connector, available }) =>
    omitUndefined({
      operationalStatus: available ? 'Operative' : 'Inoperative',
      evse: evse(connector),
    } as const),
  (answer) => statusOutcome(answer),
);
