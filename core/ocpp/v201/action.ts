/** The messages that an OCPP 2.0.1 charger sends. */
export type Action =
  | 'Authorize'
  | 'BootNotification'
  | 'ClearedChargingLimit'
  | 'DataTransfer'
  | 'FirmwareStatusNotification'
  | 'Get15118EVCertificate'
  | 'GetCertificateStatus'
  | 'Heartbeat'
  | 'LogStatusNotification'
  | 'MeterValues'
  | 'NotifyChargingLimit'
  | 'NotifyCustomerInformation'
  | 'NotifyDisplayMessages'
  | 'NotifyEVChargingNeeds'
  | 'NotifyEVChargingSchedule'
  | 'NotifyEvent'
  | 'NotifyMonitoringReport'
  | 'NotifyReport'
  | 'PublishFirmwareStatusNotification'
  | 'ReportChargingProfiles'
  | 'ReservationStatusUpdate'
  | 'SecurityEventNotification'
  | 'SignCertificate'
  | 'StatusNotification'
  | 'TransactionEvent';

/** The messages that only we send; a charger that sends one gets NotSupported. */
export const centralActions = [
  'CancelReservation',
  'CertificateSigned',
  'ChangeAvailability',
  'ClearCache',
  'ClearChargingProfile',
  'ClearDisplayMessage',
  'ClearVariableMonitoring',
  'CostUpdated',
  'CustomerInformation',
  'DeleteCertificate',
  'GetBaseReport',
  'GetChargingProfiles',
  'GetCompositeSchedule',
  'GetDisplayMessages',
  'GetInstalledCertificateIds',
  'GetLocalListVersion',
  'GetLog',
  'GetMonitoringReport',
  'GetReport',
  'GetTransactionStatus',
  'GetVariables',
  'InstallCertificate',
  'PublishFirmware',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'ReserveNow',
  'Reset',
  'SendLocalList',
  'SetChargingProfile',
  'SetDisplayMessage',
  'SetMonitoringBase',
  'SetMonitoringLevel',
  'SetNetworkProfile',
  'SetVariableMonitoring',
  'SetVariables',
  'TriggerMessage',
  'UnlockConnector',
  'UnpublishFirmware',
  'UpdateFirmware',
] as const;
