import { validateAdjustPeriodicEventStreamRequest } from '../generated/v21/adjust-periodic-event-stream-request.js';
import { validateAdjustPeriodicEventStreamResponse } from '../generated/v21/adjust-periodic-event-stream-response.js';
import { validateAFRRSignalRequest } from '../generated/v21/afrrsignal-request.js';
import { validateAFRRSignalResponse } from '../generated/v21/afrrsignal-response.js';
import { validateCancelReservationRequest } from '../generated/v21/cancel-reservation-request.js';
import { validateCancelReservationResponse } from '../generated/v21/cancel-reservation-response.js';
import { validateCertificateSignedRequest } from '../generated/v21/certificate-signed-request.js';
import { validateCertificateSignedResponse } from '../generated/v21/certificate-signed-response.js';
import { validateChangeAvailabilityRequest } from '../generated/v21/change-availability-request.js';
import { validateChangeAvailabilityResponse } from '../generated/v21/change-availability-response.js';
import { validateChangeTransactionTariffRequest } from '../generated/v21/change-transaction-tariff-request.js';
import { validateChangeTransactionTariffResponse } from '../generated/v21/change-transaction-tariff-response.js';
import { validateClearCacheRequest } from '../generated/v21/clear-cache-request.js';
import { validateClearCacheResponse } from '../generated/v21/clear-cache-response.js';
import { validateClearChargingProfileRequest } from '../generated/v21/clear-charging-profile-request.js';
import { validateClearChargingProfileResponse } from '../generated/v21/clear-charging-profile-response.js';
import { validateClearDERControlRequest } from '../generated/v21/clear-dercontrol-request.js';
import { validateClearDERControlResponse } from '../generated/v21/clear-dercontrol-response.js';
import { validateClearDisplayMessageRequest } from '../generated/v21/clear-display-message-request.js';
import { validateClearDisplayMessageResponse } from '../generated/v21/clear-display-message-response.js';
import { validateClearTariffsRequest } from '../generated/v21/clear-tariffs-request.js';
import { validateClearTariffsResponse } from '../generated/v21/clear-tariffs-response.js';
import { validateClearVariableMonitoringRequest } from '../generated/v21/clear-variable-monitoring-request.js';
import { validateClearVariableMonitoringResponse } from '../generated/v21/clear-variable-monitoring-response.js';
import { validateCostUpdatedRequest } from '../generated/v21/cost-updated-request.js';
import { validateCostUpdatedResponse } from '../generated/v21/cost-updated-response.js';
import { validateCustomerInformationRequest } from '../generated/v21/customer-information-request.js';
import { validateCustomerInformationResponse } from '../generated/v21/customer-information-response.js';
import { validateDataTransferRequest } from '../generated/v21/data-transfer-request.js';
import { validateDataTransferResponse } from '../generated/v21/data-transfer-response.js';
import { validateDeleteCertificateRequest } from '../generated/v21/delete-certificate-request.js';
import { validateDeleteCertificateResponse } from '../generated/v21/delete-certificate-response.js';
import { validateGetBaseReportRequest } from '../generated/v21/get-base-report-request.js';
import { validateGetBaseReportResponse } from '../generated/v21/get-base-report-response.js';
import { validateGetChargingProfilesRequest } from '../generated/v21/get-charging-profiles-request.js';
import { validateGetChargingProfilesResponse } from '../generated/v21/get-charging-profiles-response.js';
import { validateGetCompositeScheduleRequest } from '../generated/v21/get-composite-schedule-request.js';
import { validateGetCompositeScheduleResponse } from '../generated/v21/get-composite-schedule-response.js';
import { validateGetDERControlRequest } from '../generated/v21/get-dercontrol-request.js';
import { validateGetDERControlResponse } from '../generated/v21/get-dercontrol-response.js';
import { validateGetDisplayMessagesRequest } from '../generated/v21/get-display-messages-request.js';
import { validateGetDisplayMessagesResponse } from '../generated/v21/get-display-messages-response.js';
import { validateGetInstalledCertificateIdsRequest } from '../generated/v21/get-installed-certificate-ids-request.js';
import { validateGetInstalledCertificateIdsResponse } from '../generated/v21/get-installed-certificate-ids-response.js';
import { validateGetLocalListVersionRequest } from '../generated/v21/get-local-list-version-request.js';
import { validateGetLocalListVersionResponse } from '../generated/v21/get-local-list-version-response.js';
import { validateGetLogRequest } from '../generated/v21/get-log-request.js';
import { validateGetLogResponse } from '../generated/v21/get-log-response.js';
import { validateGetMonitoringReportRequest } from '../generated/v21/get-monitoring-report-request.js';
import { validateGetMonitoringReportResponse } from '../generated/v21/get-monitoring-report-response.js';
import { validateGetPeriodicEventStreamRequest } from '../generated/v21/get-periodic-event-stream-request.js';
import { validateGetPeriodicEventStreamResponse } from '../generated/v21/get-periodic-event-stream-response.js';
import { validateGetReportRequest } from '../generated/v21/get-report-request.js';
import { validateGetReportResponse } from '../generated/v21/get-report-response.js';
import { validateGetTariffsRequest } from '../generated/v21/get-tariffs-request.js';
import { validateGetTariffsResponse } from '../generated/v21/get-tariffs-response.js';
import { validateGetTransactionStatusRequest } from '../generated/v21/get-transaction-status-request.js';
import { validateGetTransactionStatusResponse } from '../generated/v21/get-transaction-status-response.js';
import { validateGetVariablesRequest } from '../generated/v21/get-variables-request.js';
import { validateGetVariablesResponse } from '../generated/v21/get-variables-response.js';
import { validateInstallCertificateRequest } from '../generated/v21/install-certificate-request.js';
import { validateInstallCertificateResponse } from '../generated/v21/install-certificate-response.js';
import { validateNotifyAllowedEnergyTransferRequest } from '../generated/v21/notify-allowed-energy-transfer-request.js';
import { validateNotifyAllowedEnergyTransferResponse } from '../generated/v21/notify-allowed-energy-transfer-response.js';
import { validateNotifyWebPaymentStartedRequest } from '../generated/v21/notify-web-payment-started-request.js';
import { validateNotifyWebPaymentStartedResponse } from '../generated/v21/notify-web-payment-started-response.js';
import { validatePublishFirmwareRequest } from '../generated/v21/publish-firmware-request.js';
import { validatePublishFirmwareResponse } from '../generated/v21/publish-firmware-response.js';
import { validateRequestBatterySwapRequest } from '../generated/v21/request-battery-swap-request.js';
import { validateRequestBatterySwapResponse } from '../generated/v21/request-battery-swap-response.js';
import { validateRequestStartTransactionRequest } from '../generated/v21/request-start-transaction-request.js';
import { validateRequestStartTransactionResponse } from '../generated/v21/request-start-transaction-response.js';
import { validateRequestStopTransactionRequest } from '../generated/v21/request-stop-transaction-request.js';
import { validateRequestStopTransactionResponse } from '../generated/v21/request-stop-transaction-response.js';
import { validateReserveNowRequest } from '../generated/v21/reserve-now-request.js';
import { validateReserveNowResponse } from '../generated/v21/reserve-now-response.js';
import { validateResetRequest } from '../generated/v21/reset-request.js';
import { validateResetResponse } from '../generated/v21/reset-response.js';
import { validateSendLocalListRequest } from '../generated/v21/send-local-list-request.js';
import { validateSendLocalListResponse } from '../generated/v21/send-local-list-response.js';
import { validateSetChargingProfileRequest } from '../generated/v21/set-charging-profile-request.js';
import { validateSetChargingProfileResponse } from '../generated/v21/set-charging-profile-response.js';
import { validateSetDefaultTariffRequest } from '../generated/v21/set-default-tariff-request.js';
import { validateSetDefaultTariffResponse } from '../generated/v21/set-default-tariff-response.js';
import { validateSetDERControlRequest } from '../generated/v21/set-dercontrol-request.js';
import { validateSetDERControlResponse } from '../generated/v21/set-dercontrol-response.js';
import { validateSetDisplayMessageRequest } from '../generated/v21/set-display-message-request.js';
import { validateSetDisplayMessageResponse } from '../generated/v21/set-display-message-response.js';
import { validateSetMonitoringBaseRequest } from '../generated/v21/set-monitoring-base-request.js';
import { validateSetMonitoringBaseResponse } from '../generated/v21/set-monitoring-base-response.js';
import { validateSetMonitoringLevelRequest } from '../generated/v21/set-monitoring-level-request.js';
import { validateSetMonitoringLevelResponse } from '../generated/v21/set-monitoring-level-response.js';
import { validateSetNetworkProfileRequest } from '../generated/v21/set-network-profile-request.js';
import { validateSetNetworkProfileResponse } from '../generated/v21/set-network-profile-response.js';
import { validateSetVariableMonitoringRequest } from '../generated/v21/set-variable-monitoring-request.js';
import { validateSetVariableMonitoringResponse } from '../generated/v21/set-variable-monitoring-response.js';
import { validateSetVariablesRequest } from '../generated/v21/set-variables-request.js';
import { validateSetVariablesResponse } from '../generated/v21/set-variables-response.js';
import { validateTriggerMessageRequest } from '../generated/v21/trigger-message-request.js';
import { validateTriggerMessageResponse } from '../generated/v21/trigger-message-response.js';
import { validateUnlockConnectorRequest } from '../generated/v21/unlock-connector-request.js';
import { validateUnlockConnectorResponse } from '../generated/v21/unlock-connector-response.js';
import { validateUnpublishFirmwareRequest } from '../generated/v21/unpublish-firmware-request.js';
import { validateUnpublishFirmwareResponse } from '../generated/v21/unpublish-firmware-response.js';
import { validateUpdateDynamicScheduleRequest } from '../generated/v21/update-dynamic-schedule-request.js';
import { validateUpdateDynamicScheduleResponse } from '../generated/v21/update-dynamic-schedule-response.js';
import { validateUpdateFirmwareRequest } from '../generated/v21/update-firmware-request.js';
import { validateUpdateFirmwareResponse } from '../generated/v21/update-firmware-response.js';
import { validateUsePriorityChargingRequest } from '../generated/v21/use-priority-charging-request.js';
import { validateUsePriorityChargingResponse } from '../generated/v21/use-priority-charging-response.js';
import type { Validator } from '../validator.ts';
import type { CentralAction } from './central-action.ts';

/** The official schemas of each message that we send to a charger of OCPP 2.1, and of the answer to it. */
export const requestSchemas = {
  AFRRSignal: [validateAFRRSignalRequest, validateAFRRSignalResponse],
  AdjustPeriodicEventStream: [
    validateAdjustPeriodicEventStreamRequest,
    validateAdjustPeriodicEventStreamResponse,
  ],
  CancelReservation: [validateCancelReservationRequest, validateCancelReservationResponse],
  CertificateSigned: [validateCertificateSignedRequest, validateCertificateSignedResponse],
  ChangeAvailability: [validateChangeAvailabilityRequest, validateChangeAvailabilityResponse],
  ChangeTransactionTariff: [
    validateChangeTransactionTariffRequest,
    validateChangeTransactionTariffResponse,
  ],
  ClearCache: [validateClearCacheRequest, validateClearCacheResponse],
  ClearChargingProfile: [validateClearChargingProfileRequest, validateClearChargingProfileResponse],
  ClearDERControl: [validateClearDERControlRequest, validateClearDERControlResponse],
  ClearDisplayMessage: [validateClearDisplayMessageRequest, validateClearDisplayMessageResponse],
  ClearTariffs: [validateClearTariffsRequest, validateClearTariffsResponse],
  ClearVariableMonitoring: [
    validateClearVariableMonitoringRequest,
    validateClearVariableMonitoringResponse,
  ],
  CostUpdated: [validateCostUpdatedRequest, validateCostUpdatedResponse],
  CustomerInformation: [validateCustomerInformationRequest, validateCustomerInformationResponse],
  DataTransfer: [validateDataTransferRequest, validateDataTransferResponse],
  DeleteCertificate: [validateDeleteCertificateRequest, validateDeleteCertificateResponse],
  GetBaseReport: [validateGetBaseReportRequest, validateGetBaseReportResponse],
  GetChargingProfiles: [validateGetChargingProfilesRequest, validateGetChargingProfilesResponse],
  GetCompositeSchedule: [validateGetCompositeScheduleRequest, validateGetCompositeScheduleResponse],
  GetDERControl: [validateGetDERControlRequest, validateGetDERControlResponse],
  GetDisplayMessages: [validateGetDisplayMessagesRequest, validateGetDisplayMessagesResponse],
  GetInstalledCertificateIds: [
    validateGetInstalledCertificateIdsRequest,
    validateGetInstalledCertificateIdsResponse,
  ],
  GetLocalListVersion: [validateGetLocalListVersionRequest, validateGetLocalListVersionResponse],
  GetLog: [validateGetLogRequest, validateGetLogResponse],
  GetMonitoringReport: [validateGetMonitoringReportRequest, validateGetMonitoringReportResponse],
  GetPeriodicEventStream: [
    validateGetPeriodicEventStreamRequest,
    validateGetPeriodicEventStreamResponse,
  ],
  GetReport: [validateGetReportRequest, validateGetReportResponse],
  GetTariffs: [validateGetTariffsRequest, validateGetTariffsResponse],
  GetTransactionStatus: [validateGetTransactionStatusRequest, validateGetTransactionStatusResponse],
  GetVariables: [validateGetVariablesRequest, validateGetVariablesResponse],
  InstallCertificate: [validateInstallCertificateRequest, validateInstallCertificateResponse],
  NotifyAllowedEnergyTransfer: [
    validateNotifyAllowedEnergyTransferRequest,
    validateNotifyAllowedEnergyTransferResponse,
  ],
  NotifyWebPaymentStarted: [
    validateNotifyWebPaymentStartedRequest,
    validateNotifyWebPaymentStartedResponse,
  ],
  PublishFirmware: [validatePublishFirmwareRequest, validatePublishFirmwareResponse],
  RequestBatterySwap: [validateRequestBatterySwapRequest, validateRequestBatterySwapResponse],
  RequestStartTransaction: [
    validateRequestStartTransactionRequest,
    validateRequestStartTransactionResponse,
  ],
  RequestStopTransaction: [
    validateRequestStopTransactionRequest,
    validateRequestStopTransactionResponse,
  ],
  ReserveNow: [validateReserveNowRequest, validateReserveNowResponse],
  Reset: [validateResetRequest, validateResetResponse],
  SendLocalList: [validateSendLocalListRequest, validateSendLocalListResponse],
  SetChargingProfile: [validateSetChargingProfileRequest, validateSetChargingProfileResponse],
  SetDERControl: [validateSetDERControlRequest, validateSetDERControlResponse],
  SetDefaultTariff: [validateSetDefaultTariffRequest, validateSetDefaultTariffResponse],
  SetDisplayMessage: [validateSetDisplayMessageRequest, validateSetDisplayMessageResponse],
  SetMonitoringBase: [validateSetMonitoringBaseRequest, validateSetMonitoringBaseResponse],
  SetMonitoringLevel: [validateSetMonitoringLevelRequest, validateSetMonitoringLevelResponse],
  SetNetworkProfile: [validateSetNetworkProfileRequest, validateSetNetworkProfileResponse],
  SetVariableMonitoring: [
    validateSetVariableMonitoringRequest,
    validateSetVariableMonitoringResponse,
  ],
  SetVariables: [validateSetVariablesRequest, validateSetVariablesResponse],
  TriggerMessage: [validateTriggerMessageRequest, validateTriggerMessageResponse],
  UnlockConnector: [validateUnlockConnectorRequest, validateUnlockConnectorResponse],
  UnpublishFirmware: [validateUnpublishFirmwareRequest, validateUnpublishFirmwareResponse],
  UpdateDynamicSchedule: [
    validateUpdateDynamicScheduleRequest,
    validateUpdateDynamicScheduleResponse,
  ],
  UpdateFirmware: [validateUpdateFirmwareRequest, validateUpdateFirmwareResponse],
  UsePriorityCharging: [validateUsePriorityChargingRequest, validateUsePriorityChargingResponse],
} as const satisfies Readonly<
  Record<CentralAction, readonly [Validator<unknown>, Validator<unknown>]>
>;
