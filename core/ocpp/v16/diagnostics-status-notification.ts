import type { OcppEvent } from '../event.ts';
import type { DiagnosticsStatusNotificationRequest } from '../generated/v16/diagnostics-status-notification-request.js';
import type { Forgiven } from './forgiven.ts';

/** Reads DiagnosticsStatusNotification.req (OCPP 1.6 section 6.23). */
export const toDiagnosticsReported = (
  wire: Forgiven<DiagnosticsStatusNotificationRequest>,
  raw: string,
): OcppEvent => ({ kind: 'diagnosticsReported', status: wire.status, raw });
