import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, minute, ordered, rejected, says } from '../steps.ts';
import { charged, ends, event, meters, starts } from './messages.ts';

const profile = {
  profileId: 7,
  stackLevel: 1,
  purpose: 'default',
  kind: 'absolute',
  schedule: { unit: 'A', startsAt: minute(0), periods: [{ startSeconds: 0, limit: 16 }] },
};

const wireSchedule = {
  id: 7,
  startSchedule: minute(0),
  chargingRateUnit: 'A',
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
};

const wireProfile = {
  id: 7,
  stackLevel: 1,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: [wireSchedule],
};

type Change = { readonly own?: object; readonly wire?: object };

const sets = (
  evseId: number,
  { own, wire }: Change = {},
  word = 'Accepted',
  outcome: object = { state: 'accepted' },
) =>
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

const ofTransaction: Change = {
  own: { purpose: 'transaction', transactionId: 'tx' },
  wire: { chargingProfilePurpose: 'TxProfile', transactionId: 'tx' },
};
const ofCharger: Change = {
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

const limits = (chargingLimitSource: string) =>
  says('NotifyChargingLimit', {
    chargingLimit: { chargingLimitSource },
    chargingSchedule: [wireSchedule],
    evseId: 1,
  });

const releases = says('ClearedChargingLimit', { chargingLimitSource: 'EMS', evseId: 1 });

const rateChanges = (seqNo: number) => event('Updated', seqNo, 30, 'ChargingRateChanged');

const needs = says(
  'NotifyEVChargingNeeds',
  {
    evseId: 1,
    chargingNeeds: {
      requestedEnergyTransfer: 'AC_three_phase',
      departureTime: minute(240),
      acChargingParameters: {
        energyAmount: 12_000,
        evMinCurrent: 6,
        evMaxCurrent: 32,
        evMaxVoltage: 400,
      },
    },
  },
  { status: 'Rejected' },
);

const schedules = says(
  'NotifyEVChargingSchedule',
  { timeBase: minute(0), evseId: 1, chargingSchedule: wireSchedule },
  { status: 'Accepted' },
);

const unplanned =
  'Nobody plans what a vehicle draws: its needs are kept and answered `Rejected`, and the operator sets limits by `set-charging-profile`.';

/** A session in which a vehicle names its needs, gets a limit of the operator, and tells its schedule. */
const highLevel = {
  limit: unplanned,
  steps: [
    starts(),
    needs,
    sets(1, ofTransaction),
    schedules,
    meters(1),
    ends(2, 'StopAuthorized', 'Local'),
  ],
  leaves: {
    sessions: [charged()],
    messages: [
      ['NotifyEVChargingNeeds', { evseId: 1 }],
      ['NotifyEVChargingSchedule', { evseId: 1 }],
    ] as const,
  },
};

/** Block K, smart charging. */
export const smartChargingCases: ConformanceBlock = {
  name: 'K Smart charging',
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
      id: 'TC_K_48',
      statement: 'a limit from elsewhere is kept as it came',
      steps: [limits('EMS')],
      leaves: {
        messages: [['NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'EMS' } }]],
      },
    },
    {
      id: 'TC_K_50',
      statement: 'the release of a limit from elsewhere is kept as it came',
      steps: [limits('EMS'), releases],
      leaves: {
        messages: [
          ['NotifyChargingLimit', { evseId: 1 }],
          ['ClearedChargingLimit', { chargingLimitSource: 'EMS', evseId: 1 }],
        ],
      },
    },
    {
      id: 'TC_K_51',
      statement:
        'the release of a limit from elsewhere during a session is kept, and the session is billed',
      steps: [
        starts(),
        limits('EMS'),
        rateChanges(1),
        releases,
        meters(2),
        ends(3, 'StopAuthorized', 'Local'),
      ],
      leaves: {
        sessions: [charged({}, ['event', 'event', 'meter'])],
        messages: [
          ['NotifyChargingLimit', { evseId: 1 }],
          ['ClearedChargingLimit', { chargingLimitSource: 'EMS' }],
        ],
      },
    },
    {
      id: 'TC_K_52',
      statement: 'the limits of the charger are asked for, and its report is kept and put together',
      steps: [
        ordered(
          {
            type: 'get-charging-profiles',
            chargingProfile: { chargingLimitSource: ['EMS'] },
          },
          [
            'GetChargingProfiles',
            { requestId: aNumber, chargingProfile: { chargingLimitSource: ['EMS'] } },
          ],
        ),
        says('ReportChargingProfiles', {
          requestId: '$request',
          chargingLimitSource: 'EMS',
          evseId: 1,
          tbc: false,
          chargingProfile: [
            { ...wireProfile, chargingProfilePurpose: 'ChargingStationExternalConstraints' },
          ],
        }),
      ],
      leaves: {
        messages: [['ReportChargingProfiles', { chargingLimitSource: 'EMS', evseId: 1 }]],
        shows: { '/reports/$request': { complete: true, parts: 1 } },
      },
    },
    {
      id: 'TC_K_53',
      statement:
        'the needs of a vehicle are kept, and its session with the limit of the operator is billed',
      ...highLevel,
    },
    {
      id: 'TC_K_55',
      statement: 'the schedule of a vehicle above its limit is kept, and its session is billed',
      ...highLevel,
    },
    {
      id: 'TC_K_57',
      statement:
        'a schedule that the vehicle changes on the way is kept, and its session is billed',
      ...highLevel,
      steps: [starts(), needs, schedules, meters(1), ends(2, 'StopAuthorized', 'Local')],
    },
    {
      id: 'TC_K_58',
      statement: 'a limit that the operator changes on the way is set, and the session is billed',
      ...highLevel,
      steps: [
        starts(),
        needs,
        sets(1, ofTransaction),
        sets(1, ofTransaction),
        schedules,
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
    },
    {
      id: 'TC_K_59',
      statement:
        'the needs that a vehicle names again on the way are kept, and its session is billed',
      ...highLevel,
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
