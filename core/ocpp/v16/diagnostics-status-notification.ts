import type { OcppEvent } from '../event.ts';
import type { DiagnosticsStatusNotificationRequest } from '../generated/v16/diagnostics-status-notification-request.js';
import type { Tolerated } from './tolerated.ts';

/** Reads DiagnosticsStatusNotification.req (OCPP 1.6 section 6.23). */
export const toDiagnosticsReported = (
  wire: Tolerated<DiagnosticsStatusNotificationRequest>,
  raw: string,
): OcppEvent => ({ kind: 'diagnosticsReported', status: wire.status, raw });
