import { expect } from 'vitest';
import { ecRoot } from '../../core/command/root-certificates.ts';
import { accepted, heartbeat, rejected, type Word } from './ocpp-2-word.ts';

const hash = { issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const wireHash = { hashAlgorithm: 'SHA256', ...hash };
const numbered = { requestId: 11 };
/** The vocabulary of commands about files, certificates, monitoring, messages and customers. */
export const upkeepWords: readonly Word[] = [
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
    command: { type: 'install-certificate', use: 'central-system-root', certificate: ecRoot },
    action: 'InstallCertificate',
    payload: { certificateType: 'CSMSRootCertificate', certificate: ecRoot },
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
    command: { type: 'deliver-certificate', chain: ecRoot, use: 'charger' },
    action: 'CertificateSigned',
    payload: { certificateChain: ecRoot, certificateType: 'ChargingStationCertificate' },
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
