import type { CommandOf } from '../../../command/command-request.ts';
import type { SetChargingProfileRequest } from '../../generated/v201/set-charging-profile-request.js';
import type { SetChargingProfileResponse } from '../../generated/v201/set-charging-profile-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { chargingProfile } from './charging-profile.ts';
import { message } from './message.ts';

/** SetChargingProfile (OCPP 2.0.1 part 2 section 1.52), of an EVSE; 0 is the whole charger. */
export const setChargingProfile = message<
  CommandOf<'set-charging-profile'>,
  SetChargingProfileRequest,
  SetChargingProfileResponse
>(
  ({ connector: { evseId }, profile }) => ({ evseId, chargingProfile: chargingProfile(profile) }),
  (answer) => statusOutcome(answer),
);
