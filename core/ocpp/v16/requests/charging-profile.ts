import type { ChargingProfile, ProfilePurpose } from '../../../command/charging-profile.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { Inexpressible } from '../../exchange.ts';
import type { SetChargingProfileRequest } from '../../generated/v16/set-charging-profile-request.js';
import { chargingSchedule } from './charging-schedule.ts';
import { transactionNumber } from './transaction-number.ts';

type Wire = SetChargingProfileRequest['csChargingProfiles'];

const purposes = {
  'charger-limit': 'ChargePointMaxProfile',
  default: 'TxDefaultProfile',
  transaction: 'TxProfile',
} as const satisfies Record<ProfilePurpose, Wire['chargingProfilePurpose']>;

/** The word for the purpose of a profile (OCPP 1.6 section 7.11). */
export const profilePurposeWord = (purpose: ProfilePurpose): Wire['chargingProfilePurpose'] =>
  purposes[purpose];

const kinds = {
  absolute: { chargingProfileKind: 'Absolute' },
  relative: { chargingProfileKind: 'Relative' },
  daily: { chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' },
  weekly: { chargingProfileKind: 'Recurring', recurrencyKind: 'Weekly' },
} as const satisfies Record<ChargingProfile['kind'], Partial<Wire>>;

/** Writes ChargingProfile (OCPP 1.6 section 7.8). */
export const chargingProfile = (profile: ChargingProfile): Wire | Inexpressible => {
  const { transactionId: id } = profile;
  const transactionId = id === undefined ? undefined : transactionNumber(id);
  if (typeof transactionId === 'object') return transactionId;
  return omitUndefined({
    chargingProfileId: profile.profileId,
    transactionId,
    stackLevel: profile.stackLevel,
    chargingProfilePurpose: profilePurposeWord(profile.purpose),
    ...kinds[profile.kind],
    validFrom: profile.validFrom,
    validTo: profile.validTo,
    chargingSchedule: chargingSchedule(profile.schedule),
  });
};
