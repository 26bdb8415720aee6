import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { ClearChargingProfileRequest } from '../../generated/v201/clear-charging-profile-request.js';
import type { ClearChargingProfileResponse } from '../../generated/v201/clear-charging-profile-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { profilePurposeWord } from './charging-profile.ts';
import { message } from './message.ts';

/** ClearChargingProfile (OCPP 2.0.1 part 2 section 1.8). */
export const clearChargingProfile = message<
  CommandOf<'clear-charging-profile'>,
  ClearChargingProfileRequest,
  ClearChargingProfileResponse
>(
  ({ profileId, connector, purpose, stackLevel }) => {
    const criteria = omitUndefined({
      evseId: connector?.evseId,
      chargingProfilePurpose: purpose === undefined ? undefined : profilePurposeWord(purpose),
      stackLevel,
    });
    return omitUndefined({
      chargingProfileId: profileId,
      chargingProfileCriteria: Object.keys(criteria).length === 0 ? undefined : criteria,
    });
  },
  (answer) => statusOutcome(answer),
);
