import { minute } from '../steps.ts';

/** A charging profile as an operator writes it, and as it is on the wire of OCPP 1.6. */
export const profile = {
  profileId: 7,
  stackLevel: 1,
  purpose: 'default',
  kind: 'absolute',
  schedule: { unit: 'A', startsAt: minute(0), periods: [{ startSeconds: 0, limit: 16 }] },
};

export const wireProfile = {
  chargingProfileId: 7,
  stackLevel: 1,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: {
    startSchedule: minute(0),
    chargingRateUnit: 'A',
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
  },
};
