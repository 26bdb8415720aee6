import { pairOf } from '../codec/translation.ts';
import {
  activeChargingProfile,
  chargingPreferences,
  chargingProfileResponse,
  chargingProfileResult,
  setChargingProfile,
} from '../v221/charging-profile.ts';

/** Translates a request for a charging profile into 2.3.0 and back. */
export const { to: toSetChargingProfile230, from: fromSetChargingProfile230 } =
  pairOf(setChargingProfile);

/** Translates the profile that a session is charged by into 2.3.0 and back. */
export const { to: toActiveChargingProfile230, from: fromActiveChargingProfile230 } =
  pairOf(activeChargingProfile);

/** Translates the answer to a request for a charging profile into 2.3.0 and back. */
export const { to: toChargingProfileResponse230, from: fromChargingProfileResponse230 } =
  pairOf(chargingProfileResponse);

/** Translates the result of a request for a charging profile into 2.3.0 and back. */
export const { to: toChargingProfileResult230, from: fromChargingProfileResult230 } =
  pairOf(chargingProfileResult);

/** Translates a driver's wishes into 2.3.0 and back. */
export const { to: toChargingPreferences230, from: fromChargingPreferences230 } =
  pairOf(chargingPreferences);
