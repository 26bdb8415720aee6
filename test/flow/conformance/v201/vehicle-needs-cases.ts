import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, minute, ordered, says } from '../steps.ts';
import { ofTransaction, sets, wireProfile, wireSchedule } from './charging-profile.ts';
import { charged, ends, event, meters, starts } from './messages.ts';

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

const scheduled = (chargingSchedule: object) =>
  says(
    'NotifyEVChargingSchedule',
    { timeBase: minute(0), evseId: 1, chargingSchedule },
    { status: 'Accepted' },
  );

const schedules = scheduled(wireSchedule);

/** The schedule of a vehicle that draws so many W. */
const schedulesOf = (limit: number) =>
  scheduled({
    id: 2,
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  });

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

/** Block K, smart charging: limits from elsewhere, and the needs of vehicles. */
export const vehicleNeedsCases: ConformanceBlock = {
  name: 'K Smart charging: limits from elsewhere, needs of vehicles',
  protocol: 'ocpp2.0.1',
  cases: [
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
      steps: [
        starts(),
        needs,
        sets(1, ofTransaction),
        schedulesOf(20_000),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
    },
    {
      id: 'TC_K_57',
      statement:
        'a schedule that the vehicle changes on the way is kept, and its session is billed',
      ...highLevel,
      steps: [
        starts(),
        needs,
        schedules,
        schedulesOf(3000),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: {
        ...highLevel.leaves,
        messages: [...highLevel.leaves.messages, ['NotifyEVChargingSchedule', { evseId: 1 }]],
      },
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
      steps: [
        starts(),
        needs,
        sets(1, ofTransaction),
        schedules,
        needs,
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: {
        ...highLevel.leaves,
        messages: [...highLevel.leaves.messages, ['NotifyEVChargingNeeds', { evseId: 1 }]],
      },
    },
  ],
};
