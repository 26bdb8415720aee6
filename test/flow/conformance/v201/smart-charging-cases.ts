import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, minute, ordered, rejected } from '../steps.ts';
import { ofTransaction, profile, sets, wireProfile, wireSchedule } from './charging-profile.ts';
import { charged, ends, meters, starts } from './messages.ts';

const ofCharger = {
  own: { purpose: 'charger-limit' },
  wire: { chargingProfilePurpose: 'ChargingStationMaxProfile' },
};

const clears = (
  command: object,
  wire: object,
  word = 'Accepted',
  outcome: object = { state: 'accepted' },
) =>
  ordered(
    { type: 'clear-charging-profile', ...command },
    ['ClearChargingProfile', wire],
    { status: word },
    outcome,
  );

const composite = (evseId: number) =>
  ordered(
    {
      type: 'composite-schedule',
      ...(evseId === 0 ? {} : { evseId }),
      durationSeconds: 300,
      unit: 'A',
    },
    ['GetCompositeSchedule', { evseId, duration: 300, chargingRateUnit: 'A' }],
    {
      status: 'Accepted',
      schedule: {
        evseId,
        duration: 300,
        scheduleStart: minute(0),
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
      },
    },
    {
      state: 'accepted',
      response: {
        data: {
          kind: 'composite-schedule',
          schedule: { unit: 'A', periods: [{ startSeconds: 0, limit: 16 }] },
        },
      },
    },
  );

/** Block K, smart charging: the limits that the operator sets. */
export const smartChargingCases: ConformanceBlock = {
  name: 'K Smart charging: limits of the operator',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_K_01',
      statement: 'a limit for all sessions of an EVSE is set',
      steps: [sets(1)],
    },
    {
      id: 'TC_K_02',
      statement: 'a limit for a session that does not run is a refusal of the charger',
      steps: [sets(1, ofTransaction, 'Rejected', rejected('rejected', 'Rejected'))],
    },
    {
      id: 'TC_K_03',
      statement: 'a limit for the whole charger is set',
      steps: [sets(0, ofCharger)],
    },
    {
      id: 'TC_K_04',
      statement: 'a limit is replaced by another one of the same number',
      steps: [
        sets(1),
        sets(1, {
          own: { schedule: { ...profile.schedule, periods: [{ startSeconds: 0, limit: 8 }] } },
          wire: {
            chargingSchedule: [
              { ...wireSchedule, chargingSchedulePeriod: [{ startPeriod: 0, limit: 8 }] },
            ],
          },
        }),
      ],
    },
    {
      id: 'TC_K_05',
      statement: 'a limit is cleared by its number',
      steps: [sets(1), clears({ profileId: 7 }, { chargingProfileId: 7 })],
    },
    {
      id: 'TC_K_06',
      statement: 'a limit is cleared by its purpose and its level',
      steps: [
        sets(1),
        clears(
          { purpose: 'default', stackLevel: 1 },
          {
            chargingProfileCriteria: {
              chargingProfilePurpose: 'TxDefaultProfile',
              stackLevel: 1,
            },
          },
        ),
      ],
    },
    {
      id: 'TC_K_08',
      statement: 'a limit that the charger does not have is not found',
      steps: [
        clears(
          { profileId: 7 },
          { chargingProfileId: 7 },
          'Unknown',
          rejected('not-found', 'Unknown'),
        ),
      ],
    },
    {
      id: 'TC_K_10',
      statement: 'a limit for all sessions of all EVSEs is set',
      steps: [sets(0)],
    },
    {
      id: 'TC_K_15',
      statement: 'a charger without smart charging answers with an error, which is the outcome',
      steps: [
        ordered(
          { type: 'set-charging-profile', evseId: 1, profile },
          ['SetChargingProfile', { evseId: 1, chargingProfile: wireProfile }],
          { error: 'NotSupported' },
          { state: 'failed', error: { code: 'NotSupported' } },
        ),
      ],
    },
    {
      id: 'TC_K_19',
      statement: 'a limit that recurs every day is set',
      steps: [
        sets(1, {
          own: { kind: 'daily' },
          wire: { chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' },
        }),
      ],
    },
    {
      id: 'TC_K_37',
      statement: 'a remote start carries the limit of its session, which is billed',
      steps: [
        ordered(
          {
            type: 'start',
            tokenId: 'ADA',
            connectorId: 1,
            profile: { ...profile, purpose: 'transaction' },
          },
          [
            'RequestStartTransaction',
            {
              evseId: 1,
              remoteStartId: aNumber,
              idToken: { idToken: 'ADA', type: 'Central' },
              chargingProfile: { ...wireProfile, chargingProfilePurpose: 'TxProfile' },
            },
          ],
        ),
        starts('RemoteStart', { info: { remoteStartId: '$remoteStart' } }),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged({ startedBy: '$start' })] },
    },
    {
      id: 'TC_K_43',
      statement: 'the limits that apply at an EVSE are asked for, and the outcome has them',
      steps: [composite(1)],
    },
    {
      id: 'TC_K_44',
      statement: 'the limits that apply to the charger are asked for, and the outcome has them',
      steps: [composite(0)],
    },
    {
      id: 'TC_K_60',
      statement: 'a limit for a running session names its transaction, and the session is billed',
      steps: [starts(), sets(1, ofTransaction), meters(1), ends(2, 'StopAuthorized', 'Local')],
      leaves: { sessions: [charged()] },
    },
    {
      id: 'TC_K_70',
      statement: 'several limits of different levels are set one after the other',
      steps: [
        sets(1),
        sets(1, {
          own: { profileId: 8, stackLevel: 2 },
          wire: {
            id: 8,
            stackLevel: 2,
            chargingSchedule: [{ ...wireSchedule, id: 8 }],
          },
        }),
      ],
    },
  ],
};
