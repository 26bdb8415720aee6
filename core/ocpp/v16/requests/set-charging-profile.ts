import type { CommandOf } from '../../../command/command-request.ts';
import { validateSetChargingProfileRequest } from '../../generated/v16/set-charging-profile-request.js';
import { validateSetChargingProfileResponse } from '../../generated/v16/set-charging-profile-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { chargingProfile } from './charging-profile.ts';
import { connectorNumber } from './connector-number.ts';
import { exchange } from './exchange.ts';

/** SetChargingProfile of OCPP 1.6, sections 6.43 and 6.44. */
export const setChargingProfile = exchange(
  'SetChargingProfile',
  validateSetChargingProfileRequest,
  validateSetChargingProfileResponse,
  ({ connector, profile }: CommandOf<'set-charging-profile'>) => {
    const connectorId = connectorNumber(connector);
    if (typeof connectorId === 'object') return connectorId;
    const csChargingProfiles = chargingProfile(profile);
    return 'inexpressible' in csChargingProfiles
      ? csChargingProfiles
      : { connectorId, csChargingProfiles };
  },
  (answer) => statusOutcome(answer),
);
