import type { Step } from '../conformance-case.ts';
import { minute, ordered } from '../steps.ts';

/** A limit as an operator writes it. */
export const profile = {
  profileId: 7,
  stackLevel: 1,
  purpose: 'default',
  kind: 'absolute',
  schedule: { unit: 'A', startsAt: minute(0), periods: [{ startSeconds: 0, limit: 16 }] },
};

/** Its schedule in the words of OCPP 2.0.1. */
export const wireSchedule = {
  id: 7,
  startSchedule: minute(0),
  chargingRateUnit: 'A',
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
};

/** The limit in the words of OCPP 2.0.1. */
export const wireProfile = {
  id: 7,
  stackLevel: 1,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: [wireSchedule],
};

type Change = { readonly own?: object; readonly wire?: object };

/** The operator sets a limit at an EVSE, 0 for the whole charger. */
export const sets = (
  evseId: number,
  { own, wire }: Change = {},
  word = 'Accepted',
  outcome: object = { state: 'accepted' },
): Step =>
  ordered(
    {
      type: 'set-charging-profile',
      ...(evseId === 0 ? {} : { evseId }),
      profile: { ...profile, ...own },
    },
    ['SetChargingProfile', { evseId, chargingProfile: { ...wireProfile, ...wire } }],
    { status: word },
    outcome,
  );

/** The difference to the limit of one session. */
export const ofTransaction: Change = {
  own: { purpose: 'transaction', transactionId: 'tx' },
  wire: { chargingProfilePurpose: 'TxProfile', transactionId: 'tx' },
};
