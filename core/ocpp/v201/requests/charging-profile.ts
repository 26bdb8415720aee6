import type { ChargingProfile, ProfilePurpose } from '../../../command/charging-profile.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type {
  ChargingProfileType,
  ChargingScheduleType,
} from '../../generated/v201/set-charging-profile-request.js';

const purposes = {
  'charger-limit': 'ChargingStationMaxProfile',
  default: 'TxDefaultProfile',
  transaction: 'TxProfile',
} as const satisfies Record<ProfilePurpose, ChargingProfileType['chargingProfilePurpose']>;

/** The word for the purpose of a profile (OCPP 2.0.1 part 2 section 3.15). */
export const profilePurposeWord = (
  purpose: ProfilePurpose,
): ChargingProfileType['chargingProfilePurpose'] => purposes[purpose];

const kinds = {
  absolute: { chargingProfileKind: 'Absolute' },
  relative: { chargingProfileKind: 'Relative' },
  daily: { chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' },
  weekly: { chargingProfileKind: 'Recurring', recurrencyKind: 'Weekly' },
} as const satisfies Record<ChargingProfile['kind'], Partial<ChargingProfileType>>;

const chargingSchedule = ({ profileId, schedule }: ChargingProfile): ChargingScheduleType =>
  omitUndefined({
    id: profileId,
    startSchedule: schedule.startsAt,
    duration: schedule.durationSeconds,
    chargingRateUnit: schedule.unit,
    minChargingRate: schedule.minimum,
    chargingSchedulePeriod: schedule.periods.map(({ startSeconds, limit, phases }) =>
      omitUndefined({ startPeriod: startSeconds, limit, numberPhases: phases }),
    ),
  }) as ChargingScheduleType;

/** Writes ChargingProfileType (OCPP 2.0.1 part 2 section 2.14); its one schedule has the number of the profile. */
export const chargingProfile = (profile: ChargingProfile): ChargingProfileType => ({
  ...omitUndefined({
    id: profile.profileId,
    stackLevel: profile.stackLevel,
    chargingProfilePurpose: profilePurposeWord(profile.purpose),
    ...kinds[profile.kind],
    validFrom: profile.validFrom,
    validTo: profile.validTo,
    transactionId: profile.transactionId,
  }),
  chargingSchedule: [chargingSchedule(profile)],
});
