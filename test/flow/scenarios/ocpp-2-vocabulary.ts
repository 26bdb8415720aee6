import { expect } from 'vitest';
import { accepted, heartbeat, rejected, type Word } from './ocpp-2-word.ts';

const period = { startSeconds: 0, limit: 16 };
const profile = {
  profileId: 7,
  stackLevel: 1,
  purpose: 'default',
  kind: 'absolute',
  schedule: { unit: 'A', startsAt: '2026-04-14T16:00:00Z', periods: [period] },
};
const wireProfile = {
  id: 7,
  stackLevel: 1,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: [
    {
      id: 7,
      startSchedule: '2026-04-14T16:00:00.000Z',
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
    },
  ],
};
/** The vocabulary of commands about charging, but for starting, stopping and what follows from it. */
export const chargingWords: readonly Word[] = [
  {
    command: { type: 'reset', kind: 'soft' },
    action: 'Reset',
    payload: { type: 'OnIdle' },
    answer: { status: 'Scheduled' },
    outcome: { state: 'accepted', response: { remark: 'scheduled' } },
  },
  {
    command: { type: 'reset', kind: 'hard', evseId: 2 },
    action: 'Reset',
    payload: { type: 'Immediate', evseId: 2 },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'unlock', connectorId: 1 },
    action: 'UnlockConnector',
    payload: { evseId: 1, connectorId: 1 },
    answer: { status: 'UnlockFailed' },
    outcome: rejected('failed', 'UnlockFailed'),
  },
  {
    command: { type: 'availability', connectorId: 2, available: false },
    action: 'ChangeAvailability',
    payload: { operationalStatus: 'Inoperative', evse: { id: 2, connectorId: 1 } },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'availability', available: true },
    action: 'ChangeAvailability',
    payload: { operationalStatus: 'Operative' },
    answer: { status: 'Rejected' },
    outcome: rejected('rejected', 'Rejected'),
  },
  {
    command: { type: 'trigger', message: 'status', evseId: 1 },
    action: 'TriggerMessage',
    payload: { requestedMessage: 'StatusNotification', evse: { id: 1 } },
    answer: { status: 'NotImplemented' },
    outcome: rejected('not-supported', 'NotImplemented'),
  },
  {
    command: { type: 'get-configuration', keys: ['OCPPCommCtrlr.HeartbeatInterval', 'No.Such'] },
    action: 'GetVariables',
    payload: {
      getVariableData: [heartbeat, { component: { name: 'No' }, variable: { name: 'Such' } }],
    },
    answer: {
      getVariableResult: [
        { ...heartbeat, attributeStatus: 'Accepted', attributeValue: '540' },
        {
          component: { name: 'No' },
          variable: { name: 'Such' },
          attributeStatus: 'UnknownComponent',
        },
      ],
    },
    outcome: {
      state: 'accepted',
      response: {
        data: {
          keys: [{ key: 'OCPPCommCtrlr.HeartbeatInterval', value: '540' }],
          unknownKeys: ['No.Such'],
        },
      },
    },
  },
  {
    command: { type: 'set-configuration', key: 'OCPPCommCtrlr.HeartbeatInterval', value: '300' },
    action: 'SetVariables',
    payload: { setVariableData: [{ ...heartbeat, attributeValue: '300' }] },
    answer: { setVariableResult: [{ ...heartbeat, attributeStatus: 'RebootRequired' }] },
    outcome: { state: 'accepted', response: { remark: 'reboot-required' } },
  },
  {
    command: { type: 'clear-cache' },
    action: 'ClearCache',
    payload: {},
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'local-list-version' },
    action: 'GetLocalListVersion',
    payload: {},
    answer: { versionNumber: 12 },
    outcome: { state: 'accepted', response: { data: { version: 12 } } },
  },
  {
    command: {
      type: 'local-list',
      full: true,
      version: 13,
      tokens: [{ tokenId: '04A2B3C4', status: 'Accepted' }],
    },
    action: 'SendLocalList',
    payload: {
      versionNumber: 13,
      updateType: 'Full',
      localAuthorizationList: [
        {
          idToken: { idToken: '04A2B3C4', type: 'ISO14443' },
          idTokenInfo: { status: 'Accepted' },
        },
      ],
    },
    answer: { status: 'VersionMismatch' },
    outcome: rejected('version-mismatch', 'VersionMismatch'),
  },
  {
    command: {
      type: 'reserve',
      connectorId: 1,
      tokenId: 'ADA',
      expiresAt: '2026-04-14T20:00:00+02:00',
    },
    action: 'ReserveNow',
    payload: {
      id: expect.any(Number),
      expiryDateTime: '2026-04-14T18:00:00.000Z',
      idToken: { idToken: 'ADA', type: 'Central' },
      evseId: 1,
    },
    answer: { status: 'Occupied' },
    outcome: rejected('occupied', 'Occupied'),
  },
  {
    command: { type: 'cancel-reservation', reservationId: 5 },
    action: 'CancelReservation',
    payload: { reservationId: 5 },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'set-charging-profile', connectorId: 1, profile },
    action: 'SetChargingProfile',
    payload: { evseId: 1, chargingProfile: wireProfile },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'clear-charging-profile', profileId: 7 },
    action: 'ClearChargingProfile',
    payload: { chargingProfileId: 7 },
    answer: { status: 'Unknown' },
    outcome: rejected('not-found', 'Unknown'),
  },
  {
    command: { type: 'composite-schedule', connectorId: 1, durationSeconds: 600, unit: 'W' },
    action: 'GetCompositeSchedule',
    payload: { evseId: 1, duration: 600, chargingRateUnit: 'W' },
    answer: {
      status: 'Accepted',
      schedule: {
        evseId: 1,
        duration: 600,
        scheduleStart: '2026-04-14T16:00:00Z',
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_000 }],
      },
    },
    outcome: {
      state: 'accepted',
      response: {
        data: {
          kind: 'composite-schedule',
          schedule: { unit: 'W', periods: [{ startSeconds: 0, limit: 11_000 }] },
        },
      },
    },
  },
];
