import { validateAuthorizeRequest } from '../generated/v16/authorize-request.js';
import { validateBootNotificationRequest } from '../generated/v16/boot-notification-request.js';
import { validateDataTransferRequest } from '../generated/v16/data-transfer-request.js';
import { validateDiagnosticsStatusNotificationRequest } from '../generated/v16/diagnostics-status-notification-request.js';
import { validateFirmwareStatusNotificationRequest } from '../generated/v16/firmware-status-notification-request.js';
import { validateHeartbeatRequest } from '../generated/v16/heartbeat-request.js';
import { validateLogStatusNotificationRequest } from '../generated/v16/log-status-notification-request.js';
import { validateMeterValuesRequest } from '../generated/v16/meter-values-request.js';
import { validateSecurityEventNotificationRequest } from '../generated/v16/security-event-notification-request.js';
import { validateSignCertificateRequest } from '../generated/v16/sign-certificate-request.js';
import { validateSignedFirmwareStatusNotificationRequest } from '../generated/v16/signed-firmware-status-notification-request.js';
import { validateStartTransactionRequest } from '../generated/v16/start-transaction-request.js';
import { validateStatusNotificationRequest } from '../generated/v16/status-notification-request.js';
import { validateStopTransactionRequest } from '../generated/v16/stop-transaction-request.js';
import type { Action } from './action.ts';
import { toTokenPresented } from './authorize.ts';
import { toBooted } from './boot-notification.ts';
import { toDataTransferred } from './data-transfer.ts';
import { toDiagnosticsReported } from './diagnostics-status-notification.ts';
import { toFirmwareReported } from './firmware-status-notification.ts';
import { toHeartbeat } from './heartbeat.ts';
import { toLogReported } from './log-status-notification.ts';
import { toMetered } from './meter-values.ts';
import { type Route, route } from './route.ts';
import { toSecurityReported } from './security-event-notification.ts';
import { toCertificateRequested } from './sign-certificate.ts';
import { toSignedFirmwareReported } from './signed-firmware-status-notification.ts';
import { toSessionStarted } from './start-transaction.ts';
import { toStatusReported } from './status-notification.ts';
import { toSessionStopped } from './stop-transaction.ts';

/** Every message of an OCPP 1.6 charger, with its validator and its reader. */
export const routes = {
  Authorize: route(validateAuthorizeRequest, toTokenPresented),
  BootNotification: route(validateBootNotificationRequest, toBooted),
  DataTransfer: route(validateDataTransferRequest, toDataTransferred),
  DiagnosticsStatusNotification: route(
    validateDiagnosticsStatusNotificationRequest,
    toDiagnosticsReported,
  ),
  FirmwareStatusNotification: route(validateFirmwareStatusNotificationRequest, toFirmwareReported),
  Heartbeat: route(validateHeartbeatRequest, toHeartbeat),
  MeterValues: route(validateMeterValuesRequest, toMetered, 'metered'),
  StartTransaction: route(validateStartTransactionRequest, toSessionStarted, 'sessionStarted'),
  StatusNotification: route(validateStatusNotificationRequest, toStatusReported),
  StopTransaction: route(validateStopTransactionRequest, toSessionStopped, 'sessionStopped'),
  LogStatusNotification: route(validateLogStatusNotificationRequest, toLogReported),
  SecurityEventNotification: route(validateSecurityEventNotificationRequest, toSecurityReported),
  SignCertificate: route(validateSignCertificateRequest, toCertificateRequested),
  SignedFirmwareStatusNotification: route(
    validateSignedFirmwareStatusNotificationRequest,
    toSignedFirmwareReported,
  ),
} as const satisfies Readonly<Record<Action, Route>>;

/** The route of an action; undefined for a word that no OCPP 1.6 charger sends. */
export const routeOf = (action: string): Route | undefined =>
  Object.hasOwn(routes, action) ? routes[action as Action] : undefined;
