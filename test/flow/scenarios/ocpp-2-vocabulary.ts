import { expect } from 'vitest';

/** A command as an operator gives it, the message that it becomes in OCPP 2, an answer of a charger, and the outcome. */
export type Word = {
  readonly command: { readonly type: string; readonly [field: string]: unknown };
  readonly action: string;
  readonly payload: object;
  readonly answer: object;
  readonly outcome: object;
};

const accepted = { state: 'accepted' };
const rejected = (reason: string, word: string) => ({
  state: 'rejected',
  response: { reason, word },
});

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
const hash = { issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const wireHash = { hashAlgorithm: 'SHA256', ...hash };
const pem = '-----BEGIN CERTIFICATE-----';
const numbered = { requestId: 11 };
const heartbeat = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'HeartbeatInterval' },
};

/** The vocabulary of commands, but for starting, stopping and what follows from it. */
export const ocpp2Vocabulary: readonly Word[] = [
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
  {
    command: { type: 'get-logs', kind: 'security', url: 'https://logs.example/a', requestId: 11 },
    action: 'GetLog',
    payload: {
      logType: 'SecurityLog',
      ...numbered,
      log: { remoteLocation: 'https://logs.example/a' },
    },
    answer: { status: 'Accepted', filename: 'a.log' },
    outcome: { state: 'accepted', response: { data: { fileName: 'a.log' } } },
  },
  {
    command: {
      type: 'update-firmware',
      url: 'https://firmware.example/1',
      retrieveAt: '2026-04-14T16:00:00Z',
    },
    action: 'UpdateFirmware',
    payload: {
      requestId: expect.any(Number),
      firmware: {
        location: 'https://firmware.example/1',
        retrieveDateTime: '2026-04-14T16:00:00.000Z',
      },
    },
    answer: { status: 'AcceptedCanceled' },
    outcome: { state: 'accepted', response: { remark: 'earlier-cancelled' } },
  },
  {
    command: { type: 'list-certificates', use: 'manufacturer-root' },
    action: 'GetInstalledCertificateIds',
    payload: { certificateType: ['ManufacturerRootCertificate'] },
    answer: {
      status: 'Accepted',
      certificateHashDataChain: [
        { certificateType: 'ManufacturerRootCertificate', certificateHashData: wireHash },
      ],
    },
    outcome: {
      state: 'accepted',
      response: { data: { certificates: [{ algorithm: 'SHA256', ...hash }] } },
    },
  },
  {
    command: { type: 'install-certificate', use: 'central-system-root', certificate: pem },
    action: 'InstallCertificate',
    payload: { certificateType: 'CSMSRootCertificate', certificate: pem },
    answer: { status: 'Failed' },
    outcome: rejected('failed', 'Failed'),
  },
  {
    command: { type: 'delete-certificate', certificate: { algorithm: 'SHA256', ...hash } },
    action: 'DeleteCertificate',
    payload: { certificateHashData: wireHash },
    answer: { status: 'NotFound' },
    outcome: rejected('not-found', 'NotFound'),
  },
  {
    command: { type: 'deliver-certificate', chain: pem, use: 'charger' },
    action: 'CertificateSigned',
    payload: { certificateChain: pem, certificateType: 'ChargingStationCertificate' },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'data-transfer', vendorId: 'Acme', messageId: 'Light', data: 'on' },
    action: 'DataTransfer',
    payload: { vendorId: 'Acme', messageId: 'Light', data: 'on' },
    answer: { status: 'UnknownVendorId' },
    outcome: rejected('not-supported', 'UnknownVendorId'),
  },
  {
    command: {
      type: 'set-variable-monitoring',
      setMonitoringData: [{ value: 70, type: 'UpperThreshold', severity: 5, ...heartbeat }],
    },
    action: 'SetVariableMonitoring',
    payload: {
      setMonitoringData: [{ value: 70, type: 'UpperThreshold', severity: 5, ...heartbeat }],
    },
    answer: {
      setMonitoringResult: [
        {
          ...heartbeat,
          status: 'UnsupportedMonitorType',
          type: 'UpperThreshold',
          severity: 5,
        },
      ],
    },
    outcome: rejected('not-supported', 'UnsupportedMonitorType'),
  },
  {
    command: { type: 'clear-variable-monitoring', id: [1] },
    action: 'ClearVariableMonitoring',
    payload: { id: [1] },
    answer: { clearMonitoringResult: [{ id: 1, status: 'Accepted' }] },
    outcome: accepted,
  },
  {
    command: { type: 'set-monitoring-base', monitoringBase: 'All' },
    action: 'SetMonitoringBase',
    payload: { monitoringBase: 'All' },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'set-monitoring-level', severity: 4 },
    action: 'SetMonitoringLevel',
    payload: { severity: 4 },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'get-monitoring-report' },
    action: 'GetMonitoringReport',
    payload: { requestId: expect.any(Number) },
    answer: { status: 'EmptyResultSet' },
    outcome: rejected('not-found', 'EmptyResultSet'),
  },
  {
    command: {
      type: 'set-display-message',
      message: { id: 1, priority: 'NormalCycle', message: { format: 'ASCII', content: 'Hello' } },
    },
    action: 'SetDisplayMessage',
    payload: {
      message: { id: 1, priority: 'NormalCycle', message: { format: 'ASCII', content: 'Hello' } },
    },
    answer: { status: 'NotSupportedPriority' },
    outcome: rejected('not-supported', 'NotSupportedPriority'),
  },
  {
    command: { type: 'get-display-messages', ...numbered },
    action: 'GetDisplayMessages',
    payload: numbered,
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'clear-display-message', id: 1 },
    action: 'ClearDisplayMessage',
    payload: { id: 1 },
    answer: { status: 'Unknown' },
    outcome: rejected('not-found', 'Unknown'),
  },
  {
    command: { type: 'customer-information', report: true, clear: false, ...numbered },
    action: 'CustomerInformation',
    payload: { report: true, clear: false, ...numbered },
    answer: { status: 'Accepted' },
    outcome: accepted,
  },
  {
    command: { type: 'cost-updated', totalCost: 3.2, transactionId: 'tx-1' },
    action: 'CostUpdated',
    payload: { totalCost: 3.2, transactionId: 'tx-1' },
    answer: {},
    outcome: accepted,
  },
  {
    command: { type: 'get-charging-profiles', chargingProfile: {}, ...numbered },
    action: 'GetChargingProfiles',
    payload: { chargingProfile: {}, ...numbered },
    answer: { status: 'NoProfiles' },
    outcome: rejected('not-found', 'NoProfiles'),
  },
  {
    command: { type: 'get-transaction-status' },
    action: 'GetTransactionStatus',
    payload: {},
    answer: { messagesInQueue: false },
    outcome: { state: 'accepted', response: { data: { fields: { messagesInQueue: false } } } },
  },
  {
    command: { type: 'unpublish-firmware', checksum: 'abc' },
    action: 'UnpublishFirmware',
    payload: { checksum: 'abc' },
    answer: { status: 'Unpublished' },
    outcome: accepted,
  },
];
