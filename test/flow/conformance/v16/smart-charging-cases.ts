import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, ordered, rejected } from '../steps.ts';
import { charged, meters, starts, stops } from './messages.ts';
import { profile, wireProfile } from './profile.ts';

const sets = (
  connectorId: number,
  own: object,
  wire: object,
  word = 'Accepted',
  outcome: object = { state: 'accepted' },
) =>
  ordered(
    { type: 'set-charging-profile', connectorId, profile: { ...profile, ...own } },
    ['SetChargingProfile', { connectorId, csChargingProfiles: { ...wireProfile, ...wire } }],
    { status: word },
    outcome,
  );

const clears = (command: object, wire: object, word: string, outcome: object) =>
  ordered(
    { type: 'clear-charging-profile', ...command },
    ['ClearChargingProfile', wire],
    { status: word },
    outcome,
  );

/** Cases of smart charging. */
export const smartChargingCases: ConformanceBlock = {
  name: 'Smart charging',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_056',
      statement: 'a limit for all sessions of a connector is set',
      steps: [sets(1, {}, {})],
    },
    {
      id: 'TC_057',
      statement: 'a limit for a running session names its transaction, and the session is billed',
      steps: [
        starts(),
        sets(
          1,
          { purpose: 'transaction', transactionId: '$transactionText' },
          { chargingProfilePurpose: 'TxProfile', transactionId: '$transaction' },
        ),
        meters(30, 3500),
        stops(),
      ],
      leaves: { sessions: [charged()] },
    },
    {
      id: 'TC_059',
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
            'RemoteStartTransaction',
            {
              idTag: 'ADA',
              connectorId: 1,
              chargingProfile: { ...wireProfile, chargingProfilePurpose: 'TxProfile' },
            },
          ],
        ),
        starts(),
        meters(30, 3500),
        stops(),
      ],
      leaves: { sessions: [charged({ startedBy: '$start' })] },
    },
    {
      id: 'TC_066',
      statement: 'the limits that apply at a connector are asked for, and the outcome has them',
      steps: [
        ordered(
          { type: 'composite-schedule', connectorId: 1, durationSeconds: 300, unit: 'A' },
          ['GetCompositeSchedule', { connectorId: 1, duration: 300, chargingRateUnit: 'A' }],
          {
            status: 'Accepted',
            connectorId: 1,
            scheduleStart: minute(0),
            chargingSchedule: {
              duration: 300,
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
        ),
      ],
    },
    {
      id: 'TC_067',
      statement:
        'limits are cleared by their number and by their place, and unknown ones are not found',
      steps: [
        sets(1, {}, {}),
        clears({ profileId: 7 }, { id: 7 }, 'Accepted', { state: 'accepted' }),
        clears(
          { connectorId: 1, purpose: 'default', stackLevel: 1 },
          { connectorId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 1 },
          'Unknown',
          rejected('not-found', 'Unknown'),
        ),
      ],
    },
  ],
};
