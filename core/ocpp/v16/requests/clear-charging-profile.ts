import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateClearChargingProfileRequest } from '../../generated/v16/clear-charging-profile-request.js';
import { validateClearChargingProfileResponse } from '../../generated/v16/clear-charging-profile-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { profilePurposeWord } from './charging-profile.ts';
import { optionalConnectorNumber } from './connector-number.ts';
import { exchange } from './exchange.ts';

/** ClearChargingProfile of OCPP 1.6, sections 6.11 and 6.12. */
export const clearChargingProfile = exchange(
  'ClearChargingProfile',
  validateClearChargingProfileRequest,
  validateClearChargingProfileResponse,
  ({ profileId, connector, purpose, stackLevel }: CommandOf<'clear-charging-profile'>) => {
    const connectorId = optionalConnectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    const chargingProfilePurpose = purpose === undefined ? undefined : profilePurposeWord(purpose);
    return omitUndefined({ id: profileId, connectorId, chargingProfilePurpose, stackLevel });
  },
  (answer) => statusOutcome(answer),
);
