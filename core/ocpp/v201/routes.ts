import { validateAuthorizeRequest } from '../generated/v201/authorize-request.js';
import { validateBootNotificationRequest } from '../generated/v201/boot-notification-request.js';
import { validateClearedChargingLimitRequest } from '../generated/v201/cleared-charging-limit-request.js';
import { validateDataTransferRequest } from '../generated/v201/data-transfer-request.js';
import { validateFirmwareStatusNotificationRequest } from '../generated/v201/firmware-status-notification-request.js';
import { validateGetCertificateStatusRequest } from '../generated/v201/get-certificate-status-request.js';
import { validateGet15118EVCertificateRequest } from '../generated/v201/get15118evcertificate-request.js';
import { validateHeartbeatRequest } from '../generated/v201/heartbeat-request.js';
import { validateLogStatusNotificationRequest } from '../generated/v201/log-status-notification-request.js';
import { validateMeterValuesRequest } from '../generated/v201/meter-values-request.js';
import { validateNotifyChargingLimitRequest } from '../generated/v201/notify-charging-limit-request.js';
import { validateNotifyCustomerInformationRequest } from '../generated/v201/notify-customer-information-request.js';
import { validateNotifyDisplayMessagesRequest } from '../generated/v201/notify-display-messages-request.js';
import { validateNotifyEVChargingNeedsRequest } from '../generated/v201/notify-evcharging-needs-request.js';
import { validateNotifyEVChargingScheduleRequest } from '../generated/v201/notify-evcharging-schedule-request.js';
import { validateNotifyEventRequest } from '../generated/v201/notify-event-request.js';
import { validateNotifyMonitoringReportRequest } from '../generated/v201/notify-monitoring-report-request.js';
import { validateNotifyReportRequest } from '../generated/v201/notify-report-request.js';
import { validatePublishFirmwareStatusNotificationRequest } from '../generated/v201/publish-firmware-status-notification-request.js';
import { validateReportChargingProfilesRequest } from '../generated/v201/report-charging-profiles-request.js';
import { validateReservationStatusUpdateRequest } from '../generated/v201/reservation-status-update-request.js';
import { validateSecurityEventNotificationRequest } from '../generated/v201/security-event-notification-request.js';
import { validateSignCertificateRequest } from '../generated/v201/sign-certificate-request.js';
import { validateStatusNotificationRequest } from '../generated/v201/status-notification-request.js';
import { validateTransactionEventRequest } from '../generated/v201/transaction-event-request.js';
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
import { type Route, route, transactionRoute } from '../v2x/route.ts';
import { toSecurityReported } from '../v2x/security-event-notification.ts';
import { toCertificateRequested } from '../v2x/sign-certificate.ts';
import { toStatusReported } from '../v2x/status-notification.ts';
import { toTransactionEvents } from '../v2x/transaction-event.ts';
import type { Action } from './action.ts';

/** Every message of an OCPP 2.0.1 charger, with its validator and its reader. */
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
} as const satisfies Readonly<Record<Action, Route>>;
