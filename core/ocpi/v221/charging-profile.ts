import { many, optional, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, decimal, flag, id, whole } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { word, words } from '../codec/word.ts';
import type {
  ActiveChargingProfile,
  ChargingPreferences,
  ChargingProfileResponse,
  ChargingProfileResult,
  PartnerChargingProfile,
  ProfilePeriod,
  SetChargingProfile,
} from '../model/charging-profile.ts';
import { profileType } from './token.ts';

const chargingProfile = record<PartnerChargingProfile>({
  startDateTime: optional('start_date_time', dateTime),
  duration: optional('duration', whole),
  chargingRateUnit: required('charging_rate_unit', word(words('W A'))),
  minChargingRate: optional('min_charging_rate', decimal(1)),
  periods: many(
    'charging_profile_period',
    record<ProfilePeriod>({
      startPeriod: required('start_period', whole),
      limit: required('limit', decimal(1)),
    }),
  ),
});

/** SetChargingProfile since 2.2.1. */
export const setChargingProfile = record<SetChargingProfile>({
  chargingProfile: required('charging_profile', chargingProfile),
  responseUrl: required('response_url', id(255)),
});

/** ActiveChargingProfile since 2.2.1. */
export const activeChargingProfile = record<ActiveChargingProfile>({
  startDateTime: required('start_date_time', dateTime),
  chargingProfile: required('charging_profile', chargingProfile),
});

/** ChargingProfileResponse since 2.2.1. */
export const chargingProfileResponse = record<ChargingProfileResponse>({
  result: required(
    'result',
    word(words('ACCEPTED NOT_SUPPORTED REJECTED TOO_OFTEN UNKNOWN_SESSION'), {
      otherwise: 'REJECTED',
    }),
  ),
  timeout: required('timeout', whole),
});

/** ChargingProfileResult, ActiveChargingProfileResult and ClearProfileResult since 2.2.1, which only their URL tells apart. */
export const chargingProfileResult = record<ChargingProfileResult>({
  result: required('result', word(words('ACCEPTED REJECTED UNKNOWN'), { otherwise: 'UNKNOWN' })),
  profile: optional('profile', activeChargingProfile),
});

/** ChargingPreferences since 2.2.1. */
export const chargingPreferences = record<ChargingPreferences>({
  profileType: required('profile_type', profileType),
  departureTime: optional('departure_time', dateTime),
  energyNeed: optional('energy_need', decimal()),
  dischargeAllowed: optional('discharge_allowed', flag),
});

/** Translates a request for a charging profile into 2.2.1 and back. */
export const { to: toSetChargingProfile221, from: fromSetChargingProfile221 } =
  pairOf(setChargingProfile);

/** Translates the profile that a session is charged by into 2.2.1 and back. */
export const { to: toActiveChargingProfile221, from: fromActiveChargingProfile221 } =
  pairOf(activeChargingProfile);

/** Translates the answer to a request for a charging profile into 2.2.1 and back. */
export const { to: toChargingProfileResponse221, from: fromChargingProfileResponse221 } =
  pairOf(chargingProfileResponse);

/** Translates the result of a request for a charging profile into 2.2.1 and back. */
export const { to: toChargingProfileResult221, from: fromChargingProfileResult221 } =
  pairOf(chargingProfileResult);

/** Translates a driver's wishes into 2.2.1 and back. */
export const { to: toChargingPreferences221, from: fromChargingPreferences221 } =
  pairOf(chargingPreferences);
