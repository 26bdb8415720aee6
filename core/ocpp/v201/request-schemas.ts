import { validateCancelReservationRequest } from '../generated/v201/cancel-reservation-request.js';
import { validateCancelReservationResponse } from '../generated/v201/cancel-reservation-response.js';
import { validateCertificateSignedRequest } from '../generated/v201/certificate-signed-request.js';
import { validateCertificateSignedResponse } from '../generated/v201/certificate-signed-response.js';
import { validateChangeAvailabilityRequest } from '../generated/v201/change-availability-request.js';
import { validateChangeAvailabilityResponse } from '../generated/v201/change-availability-response.js';
import { validateClearCacheRequest } from '../generated/v201/clear-cache-request.js';
import { validateClearCacheResponse } from '../generated/v201/clear-cache-response.js';
import { validateClearChargingProfileRequest } from '../generated/v201/clear-charging-profile-request.js';
import { validateClearChargingProfileResponse } from '../generated/v201/clear-charging-profile-response.js';
import { validateClearDisplayMessageRequest } from '../generated/v201/clear-display-message-request.js';
import { validateClearDisplayMessageResponse } from '../generated/v201/clear-display-message-response.js';
import { validateClearVariableMonitoringRequest } from '../generated/v201/clear-variable-monitoring-request.js';
import { validateClearVariableMonitoringResponse } from '../generated/v201/clear-variable-monitoring-response.js';
import { validateCostUpdatedRequest } from '../generated/v201/cost-updated-request.js';
import { validateCostUpdatedResponse } from '../generated/v201/cost-updated-response.js';
import { validateCustomerInformationRequest } from '../generated/v201/customer-information-request.js';
import { validateCustomerInformationResponse } from '../generated/v201/customer-information-response.js';
import { validateDataTransferRequest } from '../generated/v201/data-transfer-request.js';
import { validateDataTransferResponse } from '../generated/v201/data-transfer-response.js';
import { validateDeleteCertificateRequest } from '../generated/v201/delete-certificate-request.js';
import { validateDeleteCertificateResponse } from '../generated/v201/delete-certificate-response.js';
import { validateGetBaseReportRequest } from '../generated/v201/get-base-report-request.js';
import { validateGetBaseReportResponse } from '../generated/v201/get-base-report-response.js';
import { validateGetChargingProfilesRequest } from '../generated/v201/get-charging-profiles-request.js';
import { validateGetChargingProfilesResponse } from '../generated/v201/get-charging-profiles-response.js';
import { validateGetCompositeScheduleRequest } from '../generated/v201/get-composite-schedule-request.js';
import { validateGetCompositeScheduleResponse } from '../generated/v201/get-composite-schedule-response.js';
import { validateGetDisplayMessagesRequest } from '../generated/v201/get-display-messages-request.js';
import { validateGetDisplayMessagesResponse } from '../generated/v201/get-display-messages-response.js';
import { validateGetInstalledCertificateIdsRequest } from '../generated/v201/get-installed-certificate-ids-request.js';
import { validateGetInstalledCertificateIdsResponse } from '../generated/v201/get-installed-certificate-ids-response.js';
import { validateGetLocalListVersionRequest } from '../generated/v201/get-local-list-version-request.js';
import { validateGetLocalListVersionResponse } from '../generated/v201/get-local-list-version-response.js';
import { validateGetLogRequest } from '../generated/v201/get-log-request.js';
import { validateGetLogResponse } from '../generated/v201/get-log-response.js';
import { validateGetMonitoringReportRequest } from '../generated/v201/get-monitoring-report-request.js';
import { validateGetMonitoringReportResponse } from '../generated/v201/get-monitoring-report-response.js';
import { validateGetReportRequest } from '../generated/v201/get-report-request.js';
import { validateGetReportResponse } from '../generated/v201/get-report-response.js';
import { validateGetTransactionStatusRequest } from '../generated/v201/get-transaction-status-request.js';
import { validateGetTransactionStatusResponse } from '../generated/v201/get-transaction-status-response.js';
import { validateGetVariablesRequest } from '../generated/v201/get-variables-request.js';
import { validateGetVariablesResponse } from '../generated/v201/get-variables-response.js';
import { validateInstallCertificateRequest } from '../generated/v201/install-certificate-request.js';
import { validateInstallCertificateResponse } from '../generated/v201/install-certificate-response.js';
import { validatePublishFirmwareRequest } from '../generated/v201/publish-firmware-request.js';
import { validatePublishFirmwareResponse } from '../generated/v201/publish-firmware-response.js';
import { validateRequestStartTransactionRequest } from '../generated/v201/request-start-transaction-request.js';
import { validateRequestStartTransactionResponse } from '../generated/v201/request-start-transaction-response.js';
import { validateRequestStopTransactionRequest } from '../generated/v201/request-stop-transaction-request.js';
import { validateRequestStopTransactionResponse } from '../generated/v201/request-stop-transaction-response.js';
import { validateReserveNowRequest } from '../generated/v201/reserve-now-request.js';
import { validateReserveNowResponse } from '../generated/v201/reserve-now-response.js';
import { validateResetRequest } from '../generated/v201/reset-request.js';
import { validateResetResponse } from '../generated/v201/reset-response.js';
import { validateSendLocalListRequest } from '../generated/v201/send-local-list-request.js';
import { validateSendLocalListResponse } from '../generated/v201/send-local-list-response.js';
import { validateSetChargingProfileRequest } from '../generated/v201/set-charging-profile-request.js';
import { validateSetChargingProfileResponse } from '../generated/v201/set-charging-profile-response.js';
import { validateSetDisplayMessageRequest } from '../generated/v201/set-display-message-request.js';
import { validateSetDisplayMessageResponse } from '../generated/v201/set-display-message-response.js';
import { validateSetMonitoringBaseRequest } from '../generated/v201/set-monitoring-base-request.js';
import { validateSetMonitoringBaseResponse } from '../generated/v201/set-monitoring-base-response.js';
import { validateSetMonitoringLevelRequest } from '../generated/v201/set-monitoring-level-request.js';
import { validateSetMonitoringLevelResponse } from '../generated/v201/set-monitoring-level-response.js';
import { validateSetNetworkProfileRequest } from '../generated/v201/set-network-profile-request.js';
import { validateSetNetworkProfileResponse } from '../generated/v201/set-network-profile-response.js';
import { validateSetVariableMonitoringRequest } from '../generated/v201/set-variable-monitoring-request.js';
import { validateSetVariableMonitoringResponse } from '../generated/v201/set-variable-monitoring-response.js';
import { validateSetVariablesRequest } from '../generated/v201/set-variables-request.js';
import { validateSetVariablesResponse } from '../generated/v201/set-variables-response.js';
import { validateTriggerMessageRequest } from '../generated/v201/trigger-message-request.js';
import { validateTriggerMessageResponse } from '../generated/v201/trigger-message-response.js';
import { validateUnlockConnectorRequest } from '../generated/v201/unlock-connector-request.js';
import { validateUnlockConnectorResponse } from '../generated/v201/unlock-connector-response.js';
import { validateUnpublishFirmwareRequest } from '../generated/v201/unpublish-firmware-request.js';
import { validateUnpublishFirmwareResponse } from '../generated/v201/unpublish-firmware-response.js';
import { validateUpdateFirmwareRequest } from '../generated/v201/update-firmware-request.js';
import { validateUpdateFirmwareResponse } from '../generated/v201/update-firmware-response.js';
import type { Validator } from '../validator.ts';
import type { CentralAction } from './central-action.ts';

/** The official schemas of each message that we send to a charger of OCPP 2.0.1, and of the answer to it. */
export const requestSchemas = {
  CancelReservation: [validateCancelReservationRequest, validateCancelReservationResponse],
  CertificateSigned: [validateCertificateSignedRequest, validateCertificateSignedResponse],
  ChangeAvailability: [validateChangeAvailabilityRequest, validateChangeAvailabilityResponse],
  ClearCache: [validateClearCacheRequest, validateClearCacheResponse],
  ClearChargingProfile: [validateClearChargingProfileRequest, validateClearChargingProfileResponse],
  ClearDisplayMessage: [validateClearDisplayMessageRequest, validateClearDisplayMessageResponse],
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
  GetDisplayMessages: [validateGetDisplayMessagesRequest, validateGetDisplayMessagesResponse],
  GetInstalledCertificateIds: [
    validateGetInstalledCertificateIdsRequest,
    validateGetInstalledCertificateIdsResponse,
  ],
  GetLocalListVersion: [validateGetLocalListVersionRequest, validateGetLocalListVersionResponse],
  GetLog: [validateGetLogRequest, validateGetLogResponse],
  GetMonitoringReport: [validateGetMonitoringReportRequest, validateGetMonitoringReportResponse],
  GetReport: [validateGetReportRequest, validateGetReportResponse],
  GetTransactionStatus: [validateGetTransactionStatusRequest, validateGetTransactionStatusResponse],
  GetVariables: [validateGetVariablesRequest, validateGetVariablesResponse],
  InstallCertificate: [validateInstallCertificateRequest, validateInstallCertificateResponse],
  PublishFirmware: [validatePublishFirmwareRequest, validatePublishFirmwareResponse],
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
  UpdateFirmware: [validateUpdateFirmwareRequest, validateUpdateFirmwareResponse],
} as const satisfies Readonly<
  Record<CentralAction, readonly [Validator<unknown>, Validator<unknown>]>
>;
