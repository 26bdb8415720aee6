import { validateAuthorizeRequest } from '../generated/v21/authorize-request.js';
import { validateBatterySwapRequest } from '../generated/v21/battery-swap-request.js';
import { validateBootNotificationRequest } from '../generated/v21/boot-notification-request.js';
import { validateClearedChargingLimitRequest } from '../generated/v21/cleared-charging-limit-request.js';
import { validateClosePeriodicEventStreamRequest } from '../generated/v21/close-periodic-event-stream-request.js';
import { validateDataTransferRequest } from '../generated/v21/data-transfer-request.js';
import { validateFirmwareStatusNotificationRequest } from '../generated/v21/firmware-status-notification-request.js';
import { validateGetCertificateChainStatusRequest } from '../generated/v21/get-certificate-chain-status-request.js';
import { validateGetCertificateStatusRequest } from '../generated/v21/get-certificate-status-request.js';
import { validateGet15118EVCertificateRequest } from '../generated/v21/get15118evcertificate-request.js';
import { validateHeartbeatRequest } from '../generated/v21/heartbeat-request.js';
import { validateLogStatusNotificationRequest } from '../generated/v21/log-status-notification-request.js';
import { validateMeterValuesRequest } from '../generated/v21/meter-values-request.js';
import { validateNotifyChargingLimitRequest } from '../generated/v21/notify-charging-limit-request.js';
import { validateNotifyCustomerInformationRequest } from '../generated/v21/notify-customer-information-request.js';
import { validateNotifyDERAlarmRequest } from '../generated/v21/notify-deralarm-request.js';
import { validateNotifyDERStartStopRequest } from '../generated/v21/notify-derstart-stop-request.js';
import { validateNotifyDisplayMessagesRequest } from '../generated/v21/notify-display-messages-request.js';
import { validateNotifyEVChargingNeedsRequest } from '../generated/v21/notify-evcharging-needs-request.js';
import { validateNotifyEVChargingScheduleRequest } from '../generated/v21/notify-evcharging-schedule-request.js';
import { validateNotifyEventRequest } from '../generated/v21/notify-event-request.js';
import { validateNotifyMonitoringReportRequest } from '../generated/v21/notify-monitoring-report-request.js';
import { validateNotifyPriorityChargingRequest } from '../generated/v21/notify-priority-charging-request.js';
import { validateNotifyReportRequest } from '../generated/v21/notify-report-request.js';
import { validateNotifySettlementRequest } from '../generated/v21/notify-settlement-request.js';
import { validateOpenPeriodicEventStreamRequest } from '../generated/v21/open-periodic-event-stream-request.js';
import { validatePublishFirmwareStatusNotificationRequest } from '../generated/v21/publish-firmware-status-notification-request.js';
import { validatePullDynamicScheduleUpdateRequest } from '../generated/v21/pull-dynamic-schedule-update-request.js';
import { validateReportChargingProfilesRequest } from '../generated/v21/report-charging-profiles-request.js';
import { validateReportDERControlRequest } from '../generated/v21/report-dercontrol-request.js';
import { validateReservationStatusUpdateRequest } from '../generated/v21/reservation-status-update-request.js';
import { validateSecurityEventNotificationRequest } from '../generated/v21/security-event-notification-request.js';
import { validateSignCertificateRequest } from '../generated/v21/sign-certificate-request.js';
import { validateStatusNotificationRequest } from '../generated/v21/status-notification-request.js';
import { validateTransactionEventRequest } from '../generated/v21/transaction-event-request.js';
import { validateVatNumberValidationRequest } from '../generated/v21/vat-number-validation-request.js';
import { toTokenPresented } from '../v2x/authorize.ts';
import { toBooted } from '../v2x/boot-notification.ts';
import { toDataTransferred } from '../v2x/data-transfer.ts';
import { toFirmwareReported } from '../v2x/firmware-status-notification.ts';
import { toHeartbeat } from '../v2x/heartbeat.ts';
import {
  toContractRequested,
  toInformed,
  toNeedsReported,
  toRevocationAsked,
  toScheduleReported,
} from '../v2x/informed.ts';
import { toLogReported } from '../v2x/log-status-notification.ts';
import { toMetered } from '../v2x/meter-values.ts';
import { type Route, route, strictRoute, transactionRoute } from '../v2x/route.ts';
import { toSecurityReported } from '../v2x/security-event-notification.ts';
import { toCertificateRequested } from '../v2x/sign-certificate.ts';
import { toStatusReported } from '../v2x/status-notification.ts';
import { toTransactionEvents } from '../v2x/transaction-event.ts';
import type { Action } from './action.ts';
import { toChainStatusAsked } from './get-certificate-chain-status.ts';
import { toPaymentSettled } from './notify-settlement.ts';
import { toStreamOpened } from './open-periodic-event-stream.ts';
import { toScheduleAsked } from './pull-dynamic-schedule-update.ts';
import { toVatNumberAsked } from './vat-number-validation.ts';

/** Every message of an OCPP 2.1 charger, with its validator and its reader. */
export const routes = {
  Authorize: route(validateAuthorizeRequest, toTokenPresented),
  BootNotification: route(validateBootNotificationRequest, toBooted),
  ClearedChargingLimit: route(validateClearedChargingLimitRequest, toInformed),
  DataTransfer: route(validateDataTransferRequest, toDataTransferred),
  FirmwareStatusNotification: route(validateFirmwareStatusNotificationRequest, toFirmwareReported),
  Get15118EVCertificate: route(validateGet15118EVCertificateRequest, toContractRequested),
  GetCertificateStatus: route(validateGetCertificateStatusRequest, toRevocationAsked),
  Heartbeat: route(validateHeartbeatRequest, toHeartbeat),
  LogStatusNotification: route(validateLogStatusNotificationRequest, toLogReported),
  MeterValues: transactionRoute(validateMeterValuesRequest, toMetered),
  NotifyChargingLimit: route(validateNotifyChargingLimitRequest, toInformed),
  NotifyCustomerInformation: route(validateNotifyCustomerInformationRequest, toInformed),
  NotifyDisplayMessages: route(validateNotifyDisplayMessagesRequest, toInformed),
  NotifyEVChargingNeeds: route(validateNotifyEVChargingNeedsRequest, toNeedsReported),
  NotifyEVChargingSchedule: route(validateNotifyEVChargingScheduleRequest, toScheduleReported),
  NotifyEvent: route(validateNotifyEventRequest, toInformed),
  NotifyMonitoringReport: route(validateNotifyMonitoringReportRequest, toInformed),
  NotifyReport: route(validateNotifyReportRequest, toInformed),
  PublishFirmwareStatusNotification: route(
    validatePublishFirmwareStatusNotificationRequest,
    toFirmwareReported,
  ),
  ReportChargingProfiles: route(validateReportChargingProfilesRequest, toInformed),
  ReservationStatusUpdate: route(validateReservationStatusUpdateRequest, toInformed),
  SecurityEventNotification: route(validateSecurityEventNotificationRequest, toSecurityReported),
  SignCertificate: route(validateSignCertificateRequest, toCertificateRequested),
  StatusNotification: route(validateStatusNotificationRequest, (wire, raw) => [
    toStatusReported(wire, raw),
  ]),
  TransactionEvent: transactionRoute(validateTransactionEventRequest, toTransactionEvents),
  BatterySwap: route(validateBatterySwapRequest, toInformed),
  ClosePeriodicEventStream: route(validateClosePeriodicEventStreamRequest, toInformed),
  GetCertificateChainStatus: strictRoute(
    validateGetCertificateChainStatusRequest,
    toChainStatusAsked,
  ),
  NotifyDERAlarm: route(validateNotifyDERAlarmRequest, toInformed),
  NotifyDERStartStop: route(validateNotifyDERStartStopRequest, toInformed),
  NotifyPriorityCharging: route(validateNotifyPriorityChargingRequest, toInformed),
  NotifySettlement: route(validateNotifySettlementRequest, toPaymentSettled),
  OpenPeriodicEventStream: route(validateOpenPeriodicEventStreamRequest, toStreamOpened),
  PullDynamicScheduleUpdate: route(validatePullDynamicScheduleUpdateRequest, toScheduleAsked),
  ReportDERControl: route(validateReportDERControlRequest, toInformed),
  VatNumberValidation: strictRoute(validateVatNumberValidationRequest, toVatNumberAsked),
} as const satisfies Readonly<Record<Action, Route>>;
